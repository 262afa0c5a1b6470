// What a reader meets on pages of the `html` format: axe-core in each view, what the keyboard reaches, what is seen.
//
// argument: {pages: [path, …], thorough: [path, …]}: these are audited in every view and walked through with the keyboard.
// For each page: {page, faults: [what axe says, with the view], views: {"corrected author": words, …}, doubled: ids,
// broken: links, wide: pixels that a small screen lacks, keyboard: {calls, lost, silent}}
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const BESIDE = ".side, .call, .whose, .pb { display: none !important }";

const values = (page, name) => page.$$eval(`input[name=${name}]`, (all) => all.map((one) => one.value));
const scheme = (page, value) => page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);

async function audit(page, view) {
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${view}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

// The words of the text as they are seen, without the editors' numbers and notes.
const words = (page) =>
  page.evaluate((beside) => {
    const style = document.head.appendChild(document.createElement("style"));
    style.textContent = `${beside} article * { text-transform: none !important; font-variant: normal !important }`;
    const seen = document.querySelector("article")?.innerText ?? "";
    style.remove();
    return seen;
  }, BESIDE);

// Every call of a note is a tab stop; following it, its note is on the screen. Marked words explain themselves on focus.
async function keyboard(page) {
  const reached = new Set();
  let silent = 0;
  await page.evaluate(() => window.scrollTo(0, 0));
  for (let k = 0; k < 4000; k++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body || !e) return null;
      const tip = e.dataset.tip && e.closest("article") ? getComputedStyle(e, "::after").content : "none needed";
      return [e.id || "", tip];
    });
    if (!at) break;
    if (at[0]) reached.add(at[0]);
    silent += at[1] === "none" || at[1] === "normal" || at[1] === "";
  }
  const calls = await page.$$eval("article a.call", (all) =>
    all.filter((a) => a.checkVisibility()).map((a) => [a.id, a.hash.slice(1)]),
  );
  const lost = [];
  for (const [call, note] of calls) {
    if (!reached.has(call)) lost.push(`${call}: no tab stop`);
  }
  for (const [call, note] of calls.slice(0, 5)) {
    await page.focus(`[id="${call}"]`);
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => location.hash === `#${id}`, {}, note);
    const seen = await page.$eval(`[id="${note}"]`, (e) => {
      const box = e.getBoundingClientRect();
      return e.checkVisibility() && box.top >= -1 && box.top < innerHeight;
    });
    if (!seen) lost.push(`${call}: its note is not seen`);
  }
  return { calls: calls.length, lost, silent };
}

export default async ({ page, open, argument }) => {
  const answers = [];
  await page.setBypassCSP(true);
  for (const path of argument.pages) {
    const answer = { page: path, faults: [], views: {}, doubled: [], broken: [], wide: [] };
    await page.setViewport({ width: 1280, height: 900 });
    await scheme(page, "light");
    await open(path);
    await page.evaluate(axe);
    const thorough = argument.thorough.includes(path);
    const wordings = await values(page, "wording");
    const shown = await values(page, "shown");
    for (const wording of wordings.length ? wordings : [""]) {
      for (const show of shown.length ? shown : [""]) {
        for (const id of [wording, show]) if (id) await page.click(`#show-${id}`);
        const view = `${wording || "diplomatic"} ${show || "residue"}`;
        answer.views[view] = await words(page);
        if (thorough) answer.faults.push(...(await audit(page, view)));
      }
    }
    await scheme(page, "dark");
    answer.faults.push(...(await audit(page, "dark")));
    await page.setViewport({ width: 360, height: 740 });
    if (thorough) answer.faults.push(...(await audit(page, "dark, small")));
    answer.wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.setViewport({ width: 1280, height: 900 });
    Object.assign(answer, await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      const doubled = ids.filter((id, k) => ids.indexOf(id) !== k);
      const broken = [...document.querySelectorAll('a[href^="#"]')]
        .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.outerHTML.slice(0, 200));
      return { doubled, broken };
    }));
    if (thorough) {
      await open(path);
      answer.keyboard = await keyboard(page);
    }
    answers.push(answer);
  }
  return answers;
};
