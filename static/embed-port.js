// What the reader's Wasm module calls where its readers are elements of another's page: see boot.js, which is the same
// for a page of its own. The page's globals, its root element and its address are left alone.
const at = (path) => new URL(path, import.meta.url).href;
const [LANGUAGES, INTEGRITY] = ["{languages}", "{integrity}"]; // written by the build
const SETTINGS = /^(size|width|lines|face|language|keys|rate|theme)$/;

const readers = new Map();
let [glue, sheet, current, n_readers] = [undefined, undefined, undefined, 0];

const stored = () => {
  try {
    return Object(JSON.parse(localStorage.getItem("dixit/1/settings")));
  } catch {
    return {}; // storage is blocked or the entry is broken: the defaults will do
  }
};
const chosen = () => Object.entries(stored()).filter(([name, value]) => SETTINGS.test(name) && /^[a-z0-9-]{1,16}$/.test(value));

// The reader's choices; its theme is the page's own, unless the element or the reader says otherwise.
export const dress = (ground, theme) => {
  for (const [name, value] of chosen()) ground.dataset[name] = value;
  if (theme) ground.dataset.theme = theme;
  else if (!stored().theme) delete ground.dataset.theme;
};

const lines = new Map(Object.entries({ en: "" }));
const words = async (tag) => {
  if (lines.has(tag)) return lines.get(tag);
  const answer = await fetch(at(`words/${tag}.json`));
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  lines.set(tag, Object.entries(await answer.json()).flat().join("\n"));
  return lines.get(tag);
};
// The language of the controls: the element's, the reader's choice, the page's, the browser's.
const meant = ({ host }) => {
  const known = ["en", ...LANGUAGES.split(",")];
  const page = host.parentElement?.closest("[lang]")?.lang;
  const wanted = [host.getAttribute("ui-lang"), stored().language, page, ...navigator.languages].map((tag) => String(tag).split("-")[0]);
  return wanted.find((tag) => known.includes(tag)) ?? "en";
};
const spoken = async (reader) => {
  const mine = (reader.asked = (reader.asked ?? 0) + 1);
  let language = meant(reader);
  try {
    reader.lines = await words(language);
  } catch (error) {
    console.error(`The words of “${language}” could not be fetched (${error.message}); Dixit speaks English.`);
    [language, reader.lines] = ["en", ""];
  }
  Object.assign(reader, { language, plural: new Intl.PluralRules(language), number: new Intl.NumberFormat(language) });
  reader.ground.lang = language;
  reader.ground.dir = /^(ar|fa|he|ur)$/.test(language) ? "rtl" : "ltr";
  return mine === reader.asked;
};
export const speak = async (number) => {
  const reader = readers.get(number);
  if ((await spoken(reader)) && readers.has(number)) ask(number, "words", "");
};

// The ranges that each of our readers has painted; others may paint under the same name.
const painted = new Map();
const paint = (name, ranges) => {
  const all = globalThis.CSS?.highlights;
  if (!all) return;
  const mine = `${current.number} ${name}`;
  const highlight = all.get(name) ?? new Highlight();
  for (const range of painted.get(mine) ?? []) highlight.delete(range);
  for (const range of ranges) highlight.add(range);
  painted.set(mine, ranges);
  if (highlight.size) all.set(name, highlight);
  else all.delete(name);
};

// Browsers differ in how they tell what is selected in a shadow tree.
const selection_in = (root) => {
  if (root.getSelection) return root.getSelection();
  const selection = getSelection();
  if (!selection?.getComposedRanges || root.contains(selection.anchorNode)) return selection;
  let [found] = selection.getComposedRanges({ shadowRoots: [root] });
  found ??= selection.getComposedRanges(root)[0];
  if (!found) return selection;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return { isCollapsed: range.collapsed, anchorNode: found.startContainer, anchorOffset: found.startOffset, getRangeAt: () => range, toString: () => range.toString() };
};

const FACES = [["400-normal", "normal", "400"], ["400-italic", "italic", "400"], ["600-normal", "normal", "500 700"]];
const fetchFace = () => {
  const name = "Atkinson Hyperlegible Next";
  if ([...document.fonts].some((face) => face.family.includes(name))) return;
  for (const [file, style, weight] of FACES) {
    document.fonts.add(new FontFace(name, `url(${at(`../fonts/atkinson-hyperlegible-next-latin-${file}.woff2`)})`, { style, weight, display: "swap" }));
  }
};

// For what is still on its way when its reader has ended, such as an answer of the network: nobody hears of it.
const gone = (reader) => {
  const nowhere = document.createElement("div");
  return { ...reader, host: nowhere, ground: nowhere, told() {}, failed() {}, store() {} };
};

const beside = { engine: () => import("../{engine}/engine.js"), import: () => import("../{engine}/import.js") };

// Bound to the module's imports, so that nothing of ours is a global of the page.
export const dixit = {
  enter: (number) => (current = readers.get(number) ?? gone(current)),
  language: () => current.language,
  words: () => current.lines,
  plural: (n) => current.plural.select(n),
  number: (n) => current.number.format(n),
  styled: async () => {},
  at,
  paint,
  selection_in,
  set: (name) => current.ground.dataset[name],
  // For all elements of the page, but for what its author has said of one.
  keep: (name, value) => {
    for (const { host, ground } of readers.values()) if (name !== "theme" || !host.hasAttribute("theme")) ground.dataset[name] = value;
    if (value === "legible") fetchFace();
    try {
      localStorage.setItem("dixit/1/settings", JSON.stringify({ ...stored(), [name]: value }));
      return true;
    } catch {
      return false;
    }
  },
  speak: () => setTimeout(() => readers.forEach((_, number) => speak(number))),
  page: () => current.host.getAttribute("page") || location.href.replace(/#.*$/, ""),
  tell: (name, detail) => {
    const { told } = current;
    queueMicrotask(() => told(name, JSON.parse(detail)));
  },
  has_store: () => Boolean(current.store()),
  load_comments: async (article) => JSON.stringify((await current.store().load(article)) ?? []),
  save_comments: (article, comments) => current.store().save(article, JSON.parse(comments)),
  watch_comments: (article, changed) => current.store().watch?.(article, () => changed()) ?? (() => {}),
  keeper: () => (current.store() ? "page" : framed() ? "frame" : "browser"),
  gave_up: (message) => readers.forEach(({ failed }) => failed(`Dixit met a fault in itself and stopped: ${message}`)),
  analyse: async (text, version) => (await beside.engine()).analyse(text, version),
  read: async (...given) => (await beside.import()).read(...given),
  vault: async (act, ...given) => (await import("./vault.js"))[act](...given),
  opener: async () => {},
  dropped: async () => [],
};

// Whether this is a frame on another's page, where browsers keep things apart.
const framed = () => {
  try {
    return top.location.origin !== location.origin;
  } catch {
    return true;
  }
};

// A link within the article: the browser looks for its end in the page around.
const onClick = (event) => {
  const link = event.composedPath()[0].closest?.('a[href^="#"]');
  const end = link && link.getRootNode().getElementById(link.hash.slice(1));
  if (!end) return;
  event.preventDefault();
  end.scrollIntoView();
};

// A length of the page's root, which authors set as they like, is none to measure by: lengths start from the size that
// the person at the browser chose.
const register = () => {
  try {
    CSS.registerProperty({ name: "--dixit-unit", syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch {} // another version of us was here
};

const styles = async () => {
  const answer = await fetch(at("embed.css"));
  if (!answer.ok) throw new Error(`the server answered ${answer.status} instead of the styles`);
  const made = new CSSStyleSheet();
  made.replaceSync(await answer.text());
  return made;
};

// Resolves to this module once the reader's is here. What it `needs` beside comes along with it.
export const start = async (needs) => {
  register();
  const bytes = fetch(at("reader.wasm"), { integrity: INTEGRITY });
  bytes.catch(() => {}); // awaited below
  for (const name of needs) beside[name]().then((module) => module.begin?.()).catch(() => {});
  [glue, sheet] = await Promise.all([import("./reader.js"), styles()]);
  const answer = await bytes;
  if (!answer.ok) throw new Error(`the server answered ${answer.status} instead of the program`);
  await glue.default({ module_or_path: answer });
  // A trap without a panic leaves the module's memory as unusable as one with it.
  addEventListener("error", ({ error }) => /wasm-function/.test(error?.stack) && error.stack.includes(at("./")) && dixit.gave_up(error.message));
  return { dress, speak, begin, open, ask, end };
};

// Begins a reader in the element `ground` of a shadow tree; resolves to its number.
const begin = async (root, ground, { host, told, failed, store }) => {
  const number = (n_readers += 1);
  const reader = { number, host, ground, told, failed, store };
  await spoken(reader);
  readers.set(number, reader);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  root.addEventListener("click", onClick);
  if (ground.dataset.face === "legible") fetchFace();
  glue.mount(number, root, ground);
  return number;
};
const open = (number, ...what) => glue.open(number, ...what);
const ask = (number, what, value) => glue.ask(number, what, value);
const end = (number) => {
  glue.unmount(number);
  const { ground } = readers.get(number);
  ground.getRootNode().removeEventListener("click", onClick);
  readers.delete(number);
};
