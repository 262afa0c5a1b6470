// Gives Web Annotations to Recogito's own annotators and tells where each of them finds its place.
// ARGUMENT: [{page, on: "tei" | "seed", items}]: annotations of one page. For "seed", `page` is a plain text.
// Answer: for each, {id: {quote, start, end}}: what is selected, and the paths or offsets that the annotator has for it.

const tei = (items) => {
  const annotator = TEIPlugin.TEIPlugin(RecogitoJS.createTextAnnotator(document.getElementById("text")));
  const { store } = annotator.state;
  for (const { id, target } of items) {
    const range = target.selector.find((s) => s.type === "RangeSelector");
    const { startSelector, endSelector } = range;
    store.addAnnotation({ id, bodies: [], target: { annotation: id, selector: [{ startSelector, endSelector }] } });
  }
  return Object.fromEntries(
    store.all().map(({ id, target: { selector: [s] } }) => [
      id,
      { quote: s.range.toString(), start: s.startSelector.value, end: s.endSelector.value },
    ]),
  );
};

const plain = async (path, items) => {
  const element = document.createElement("pre");
  element.textContent = await (await fetch(path)).text();
  document.body.append(element);
  const adapter = RecogitoJS.W3CTextFormat(path, element);
  const annotator = RecogitoJS.createTextAnnotator(element, { adapter });
  annotator.setAnnotations(items);
  return Object.fromEntries(
    annotator.state.store.all().map(({ id, target: { selector: [s] } }) => [
      id,
      { quote: s.range.toString(), start: s.start, end: s.end },
    ]),
  );
};

export default async ({ page, open, argument: sheets }) => {
  const answer = [];
  for (const sheet of sheets) {
    await open(sheet.on === "tei" ? sheet.page : "plain.html");
    await page.evaluate(() => (window.process = { env: {} }));
    const modules = "/node_modules/@recogito/";
    await page.addScriptTag({ url: `${modules}text-annotator/dist/text-annotator.umd.js` });
    await page.addScriptTag({ url: `${modules}text-annotator-tei/dist/text-annotator-tei.umd.js` });
    if (sheet.on === "tei") await page.waitForSelector("tei-tei");
    answer.push(await (sheet.on === "tei" ? page.evaluate(tei, sheet.items) : page.evaluate(plain, sheet.page, sheet.items)));
  }
  return answer;
};
