// Opens each page NAME.html of the format `tei` and tells what CETEIcean made of its edition.
// ARGUMENT: the names. Answer: {NAME: {…}}.

const look = () => {
  const text = document.querySelector("tei-text");
  const all = [...document.querySelectorAll("[data-origname]")];
  const seed = text.cloneNode(true);
  seed.querySelectorAll('[change~="#ed.words"]').forEach((e) => e.remove());
  const seen = (view) => {
    document.getElementById(view).click();
    return text.innerText;
  };
  const notes = [...text.querySelectorAll('tei-note[change~="#ed.words"]')];
  const shown = (e) => e.checkVisibility();
  const marks = (e) => ["::before", "::after"].map((name) => getComputedStyle(e, name).content);
  return {
    elements: all.map((e) => e.dataset.origname),
    unregistered: [...new Set(all.map((e) => e.localName))].filter((name) => !customElements.get(name)),
    text: text.textContent,
    seed: seed.textContent,
    hidden: ["tei-teiheader", "tei-standoff"].filter((name) => [...document.querySelectorAll(`${name} *`)].some(shown)),
    glosses: [...text.querySelectorAll("tei-note[type=gloss]")].map((e) => [e.innerText, ...marks(e)]),
    numbers: notes.filter((e) => e.checkVisibility()).map((e) => e.tabIndex),
    closed: notes.filter((e) => shown(e.querySelector(".words"))).length,
    opened: notes.filter(shown).map((e) => {
      e.focus();
      return e.querySelector(".words").innerText.trim() !== "" && shown(e.querySelector(".words"));
    }),
    source: (document.activeElement.blur(), seen("source")),
    corrected: seen("corrected"),
    signs: [...text.querySelectorAll("tei-g")].map((e) => [marks(e)[0], e.title, getComputedStyle(e).fontSize]),
    title: document.title,
    titles: Object.fromEntries([...text.querySelectorAll("[ref][title]")].map((e) => [e.getAttribute("ref"), e.title])),
  };
};

export default async ({ page, open, argument: names }) => {
  const answer = {};
  for (const name of names) {
    await open(`${name}.html`);
    await page.waitForSelector("tei-tei");
    await page.addScriptTag({ url: "/node_modules/axe-core/axe.min.js" });
    const violations = await page.evaluate(async () =>
      (await axe.run()).violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200)]),
    );
    answer[name] = { violations, ...(await page.evaluate(look)) };
  }
  return answer;
};
