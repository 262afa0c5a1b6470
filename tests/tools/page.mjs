// Opens pages in headless Chromium and prints what a script finds there, as JSON.
//
//   node page.mjs FOLDER SCRIPT.mjs [ARGUMENT]       (from Python: tools.browse(folder, script, argument))
//
// FOLDER is served on 127.0.0.1 at /, the packages of node_modules/ at /node_modules/. SCRIPT is a module:
//
//   export default async ({ page, open, argument, errors }) => {
//     await open("reiss-1937.html");                       // a path below FOLDER
//     await page.screenshot({ path: argument.to });        // `page` is puppeteer's
//     return page.evaluate(() => document.title);          // whatever JSON can hold
//   };
//
// ARGUMENT is JSON, or `-`: then it is read from stdin. Chromium is at $CHROMIUM (default /usr/bin/chromium).
// It reaches nothing but the served folder:
// any other request is refused, and it, like what is not found and every uncaught exception, is told in `errors`.
// Printed: {"value": …, "errors": […]}.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { dirname, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".xhtml": "application/xhtml+xml",
  ".xml": "application/xml",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};
const here = dirname(fileURLToPath(import.meta.url));
const [folder, script, given = "null"] = process.argv.slice(2);
const argument = JSON.parse(given === "-" ? await text(process.stdin) : given);

function served(root) {
  return createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    const base = path.startsWith("/node_modules/") ? here : root;
    const file = join(base, path);
    try {
      if (!file.startsWith(base + sep)) throw new Error("outside");
      const data = await readFile(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(data);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404);
      response.end();
    }
  });
}

const server = served(resolve(folder));
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"],
  protocolTimeout: 300_000,
});
try {
  const errors = [];
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(origin) || /^(data|blob|about):/.test(url)) return request.continue();
    errors.push(`request to ${url}`);
    return request.abort();
  });
  page.on("response", (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url().replace(origin, "/")}`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  const open = (path) => page.goto(new URL(path, origin).href, { waitUntil: "load" });
  const { default: run } = await import(pathToFileURL(resolve(script)).href);
  const value = await run({ page, open, argument, errors });
  process.stdout.write(JSON.stringify({ value: value ?? null, errors }));
} finally {
  await browser.close();
  server.close();
}
