// Shows the article of the page at ?src=, with who said what, by packages from npm: text first, quotations when
// compromise is there, which is fetched meanwhile.
import { Readability } from "@mozilla/readability";
import DOMPurify from "dompurify";

const src = new URL(new URLSearchParams(location.search).get("src"), location.href);
const answer = fetch(src);
const quotes = import("./quotes.js");
const html = await (await answer).text();

const page = new DOMParser().parseFromString(html, "text/html");
const base = page.head.appendChild(page.createElement("base"));
base.href = src.href;
// The serializer hands the elements over as they are: no text that is parsed a second time.
const { title, byline, content } = new Readability(page, { serializer: (element) => element }).parse();
const article = document.querySelector("article");
const heading = document.createElement("h1");
heading.textContent = title;
const by = document.createElement("p");
by.textContent = byline ?? "";
article.append(heading, by, DOMPurify.sanitize(content, { RETURN_DOM_FRAGMENT: true }));
document.title = title;

// The words are painted before the quotations are looked for.
await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
(await quotes).mark(article, document.querySelector("aside"));
