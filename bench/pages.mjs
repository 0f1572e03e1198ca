// Reads the articles of pages with Mozilla's Readability on jsdom, as programs do that have no browser.
// node pages.mjs FOLDER PAGES: FOLDER has both packages, PAGES a folder for each page. A line of JSON a page.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, pages] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

const read = (html) => {
  // Broken styles of the pages are no matter here.
  const dom = new JSDOM(html, { url: "http://fakehost/test/page.html", virtualConsole: new VirtualConsole() });
  return new Readability(dom.window.document).parse() ?? {};
};
const sources = readdirSync(pages).sort().map((name) => [name, readFileSync(`${pages}/${name}/source.html`, "utf8")]);
for (const [name, html] of sources) {
  read(html); // once to warm up
  const start = process.hrtime.bigint();
  const { title = null, byline = null, lang = null, textContent = "" } = read(html);
  const nanoseconds = Number(process.hrtime.bigint() - start);
  console.log(JSON.stringify({ name, title, byline, lang, text: textContent, nanoseconds }));
}
