// The page of a frame, embed.html: shows the article that its address names, and talks with the page around over a
// channel that the page around offers (frame.js). Nothing that comes another way is heard.
const fields = new URLSearchParams(location.search);
const article = document.createElement("dixit-article");
for (const name of ["src", "theme", "view", "lang", "ui-lang", "comments"]) {
  if (fields.get(name)) article.setAttribute(name, fields.get(name));
}
if (!article.hasAttribute("theme")) article.setAttribute("theme", "system");
if (URL.canParse(article.src, document.baseURI)) {
  const from = new URL(article.src, document.baseURI).href;
  article.setAttribute("key", from);
  article.setAttribute("page", new URL(`./?src=${encodeURIComponent(from)}`, import.meta.url).href);
}
article.setAttribute("loading", "eager");
document.body.append(article);

// What may be asked, and what of it is passed on.
const ASKED = {
  theme: (value) => /^(light|dark|sepia|contrast|system)$/.test(value) && (article.theme = value),
  view: (value) => /^(article|transcript|speakers)$/.test(value) && (article.view = value),
  go: (value) => /^[qas]-[\w-]{1,120}$/.test(value) && article.goTo(value),
  fold: (value) => (value === "all" ? article.collapseAll() : article.expandAll()),
};
const isAsked = (data) =>
  typeof data === "object" && data !== null && Object.hasOwn(ASKED, data.ask) && typeof data.value === "string";

// What is asked is done at once, but then nothing for a while: of a page that asks without end the last of each kind is
// done, and the article stays usable.
const REST = 100; // milliseconds
const wishes = new Map(); // the last of each kind, in their order
let rests = false;
const grant = () => {
  const due = [...wishes];
  wishes.clear();
  rests = due.length > 0;
  if (rests) setTimeout(grant, REST);
  for (const [ask, value] of due) ASKED[ask](value);
};
const wish = (ask, value) => {
  wishes.delete(ask);
  wishes.set(ask, value);
  if (!rests) grant();
};

let port; // to the page around
let around; // its origin
// Until there is something to be seen, the frame keeps the height that it has.
let isShown = false;
const tellHeight = () => isShown && port?.postMessage({ height: Math.ceil(article.getBoundingClientRect().height) });
new ResizeObserver(tellHeight).observe(article);
const show = () => {
  isShown = true;
  tellHeight(); // a browser may call no observer in a frame that is out of sight
};
for (const name of ["ready", "error"]) article.addEventListener(`dixit:${name}`, () => setTimeout(show)); // then it is drawn
for (const name of ["ready", "error", "quote", "speaker", "comment", "view"]) {
  article.addEventListener(`dixit:${name}`, ({ detail }) => port?.postMessage({ event: name, detail }));
}

addEventListener("message", ({ source, origin, data, ports }) => {
  if (parent === window || source !== parent || (around ?? origin) !== origin) return;
  if (data?.dixit !== "hello" || data.version !== 1 || ports.length !== 1) return;
  around = origin;
  port?.close();
  port = ports[0];
  port.onmessage = ({ data }) => isAsked(data) && wish(data.ask, data.value);
  port.postMessage({ dixit: "here", version: 1 });
  tellHeight();
  if (article.article) port.postMessage({ event: "ready", detail: { speakers: article.speakers.length, quotations: article.quotations.length } });
});
