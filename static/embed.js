// The element <dixit-article>: shows who said what in the article behind `src`, or in its own content, in a shadow
// tree. One reader's module serves all elements, and comes when the first is near. docs/embedding.md says how to use it.
const NAME = new URL(import.meta.url).searchParams.get("as") || "dixit-article";

let loaded;
const load = (needs) => {
  // The build names the folder after its content.
  loaded ??= import("./embed/embed-port.js").then((port) => port.start(needs));
  loaded.catch(() => (loaded = undefined)); // the next element asks again
  return loaded;
};
const near = new IntersectionObserver(
  (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && shown(target)),
  { rootMargin: "100% 0px" },
);
// Where it cannot be shown, the element says so by an event; nobody awaits this promise.
const shown = (element) => element.show().catch(() => {});
// Until the reader is here, an element without content of its own keeps room, so that nothing jumps.
const waiting = new CSSStyleSheet();
waiting.replaceSync(":host{display:block}:host([hidden]),[hidden]{display:none!important}.box.is-waiting{min-block-size:var(--dixit-reserve,100vh)}");
const GONE = 60_000; // milliseconds after which a reader whose element left the page ends
const SET_EARLY = ["src", "theme", "view", "comments", "uiLang", "store"];

export class DixitArticle extends HTMLElement {
  static observedAttributes = ["src", "lang", "theme", "ui-lang", "comments", "view"];
  #root = this.attachShadow({ mode: "open" });
  #box = Object.assign(document.createElement("div"), { className: "box is-waiting" });
  #ground = Object.assign(document.createElement("div"), { className: "root" });
  #slot = document.createElement("slot");
  #port; // once the module is here
  #reader; // the number of its reader, once there is one
  #begun = false;
  #document = null;
  #store;
  #ready = promised();
  #leaving;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [waiting];
    this.#box.append(this.#ground);
    this.#root.append(this.#box, this.#slot);
    // From outside, what is typed in our fields would not look typed in a field: the page would take it for its keys.
    for (const type of ["keydown", "keypress", "keyup"]) this.addEventListener(type, keepInside);
  }

  connectedCallback() {
    clearTimeout(this.#leaving);
    // What was set before this script ran hides what sets it.
    for (const name of SET_EARLY.filter((name) => Object.hasOwn(this, name))) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#box.hidden = this.#isOwn() && !this.#document;
    if (this.getAttribute("loading") === "eager") shown(this);
    else near.observe(this);
  }

  disconnectedCallback() {
    near.unobserve(this);
    this.#leaving = setTimeout(() => this.#end(), GONE);
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || this.#reader === undefined) return; // it is looked at when the reader begins
    if (name === "src" || name === "lang") this.#open();
    else if (name === "theme") this.#dress();
    else if (name === "ui-lang") this.#port.speak(this.#reader);
    else this.#port.ask(this.#reader, name, now ?? "");
  }

  // Begins now, wherever the element stands. Resolves once the article is there.
  async show() {
    near.unobserve(this);
    if (!this.#begun) {
      this.#begun = true;
      try {
        this.#port = await load(this.#needs());
        this.#dress();
        this.#reader = await this.#port.begin(this.#root, this.#ground, {
          host: this,
          told: (name, detail) => this.#told(name, detail),
          failed: (message) => this.#fail(message),
          store: () => this.#store,
        });
        for (const name of ["comments", "view"]) if (this.hasAttribute(name)) this.#port.ask(this.#reader, name, this.getAttribute(name));
        this.#open();
      } catch (error) {
        this.#begun = false;
        this.#fail(`Dixit could not start here: ${error.message}`);
      }
    }
    return this.#ready.promise;
  }

  get src() { return this.getAttribute("src") ?? ""; }
  set src(value) { this.setAttribute("src", value); }
  get theme() { return this.getAttribute("theme") ?? ""; }
  set theme(value) { this.setAttribute("theme", value); }
  get view() { return this.getAttribute("view") ?? "article"; }
  set view(value) { this.setAttribute("view", value); }
  get comments() { return this.getAttribute("comments") ?? "on"; }
  set comments(value) { this.setAttribute("comments", value); }
  get uiLang() { return this.getAttribute("ui-lang") ?? ""; }
  set uiLang(value) { this.setAttribute("ui-lang", value); }
  // What keeps comments instead of the browser: {load(key), save(key, comments)}; to be set before the article is shown.
  get store() { return this.#store; }
  set store(value) { this.#store = value; }

  // Resolves once the article is there, and rejects where it cannot be shown.
  get ready() { return this.#ready.promise; }
  get article() { return this.#document?.article ?? null; }
  get speakers() {
    return (this.#document?.analysis?.speakers ?? []).map(({ id, name, role, affiliation, kind }) => ({ id, name, role: role ?? null, affiliation: affiliation ?? null, kind }));
  }
  get quotations() {
    const { article, analysis } = this.#document ?? {};
    const text = ([block, start, end]) => [...(article.blocks[block]?.text ?? "")].slice(start, end).join("");
    return (analysis?.quotations ?? []).map(({ id, span, attribution }) => {
      const said = analysis.attributions[attribution];
      return { id, text: text(span), speaker: analysis.speakers[said?.speaker]?.id ?? null, confidence: said?.confidence ?? null };
    });
  }
  toJSON() { return structuredClone(this.#document); }
  collapseAll() { this.#ask("fold", "all"); }
  expandAll() { this.#ask("fold", "none"); }
  // Shows what has this id: a quotation, a statement or a speaker.
  goTo(id) { this.#ask("go", String(id).replace(/^#/, "")); }

  #ask(what, value) {
    this.show().then(() => this.#port.ask(this.#reader, what, value)).catch(() => {});
  }
  // Whether what is to be shown stands in the element itself.
  #isOwn() { return !this.hasAttribute("src") && (this.childElementCount > 0 || this.textContent.trim() !== ""); }
  // What will be asked to read the article and who said what in it; of a document of ours both are known.
  #needs() {
    const [path] = this.src.split(/[?#]/);
    if (/\.json$/.test(path) || this.querySelector(':scope > script[type="application/json"]')) return [];
    const isText = path ? /\.txt$/.test(path) : !this.childElementCount;
    return isText ? ["engine"] : ["engine", "import"];
  }
  #dress() { this.#port.dress(this.#ground, this.getAttribute("theme")); }

  #open() {
    if (this.#ready.settled) this.#ready = promised();
    const src = this.getAttribute("src");
    const canonical = document.querySelector("link[rel=canonical]")?.href || location.href.replace(/#.*$/, "");
    const from = src && resolved(src);
    const part = this.id || from;
    const key = this.getAttribute("key") || (part ? `${canonical}#${part}` : canonical);
    const page = from ? pageOf(from) : "";
    this.#box.hidden = this.#isOwn() && !this.#document;
    const language = this.getAttribute("lang") || undefined;
    if (from) return this.#port.open(this.#reader, "link", src, key, page, language);
    const data = this.querySelector(':scope > script[type="application/json"]');
    if (data) this.#port.open(this.#reader, "document", data.textContent.trim(), key, page, language);
    else if (this.childElementCount) this.#port.open(this.#reader, "fragment", this.innerHTML, key, page, language);
    else if (this.#isOwn()) this.#port.open(this.#reader, "text", this.textContent, key, page, language);
  }

  #told(name, detail) {
    if (name === "ready" || name === "document") this.#document = detail;
    if (name === "document") return;
    if (name === "error") return this.#fail(detail);
    if (name === "ready") {
      this.#box.hidden = false;
      this.#box.classList.remove("is-waiting");
      this.#slot.hidden = true;
      this.#ready.resolve(this);
      detail = { speakers: this.speakers.length, quotations: this.quotations.length };
    } else if (name === "view") {
      this.view = detail;
      detail = { view: detail };
    }
    this.#tell(name, detail);
  }

  // The element's own content stays in sight; where there is none, the reader says what is wrong, or this does.
  #fail(message) {
    const own = this.#isOwn();
    this.#box.hidden = own;
    this.#box.classList.remove("is-waiting");
    this.#slot.hidden = !own;
    if (!own && !this.#ground.textContent) this.#ground.textContent = message;
    this.#ready.reject(new Error(message));
    this.#tell("error", { message });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`dixit:${name}`, { bubbles: true, composed: true, detail }));
  }

  #end() {
    if (this.#reader !== undefined) this.#port.end(this.#reader);
    this.#reader = undefined;
    this.#begun = false;
    this.#box.classList.add("is-waiting");
  }
}

// Keys that were pressed in a field of ours, or meant something to us, are not the page's.
const keepInside = (event) => {
  const [origin] = event.composedPath();
  if (event.defaultPrevented || origin.matches?.("input, textarea, select")) event.stopPropagation();
};

// The viewer, beside this script.
const VIEWER = import.meta.url.replace(/[^/]*$/, "");
// The page of ours that shows the same: a published article's own, else the viewer's.
const pageOf = (from) => {
  if (/^https?:.*\/who-said-what\.json$/.test(from)) return from.replace(/[^/]*$/, "");
  return VIEWER && `${VIEWER}?src=${encodeURIComponent(from)}`;
};
// What is no address is so called by the reader.
const resolved = (src) => {
  try {
    return new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
};

// A promise, and what settles it; nobody needs to wait for it.
function promised() {
  const made = { settled: false };
  made.promise = new Promise((resolve, reject) => {
    for (const [name, settle] of Object.entries({ resolve, reject })) {
      made[name] = (value) => {
        made.settled = true;
        settle(value);
      };
    }
  });
  made.promise.catch(() => {});
  return made;
}

if (!customElements.get(NAME)) customElements.define(NAME, DixitArticle);
else console.warn(`Dixit: <${NAME}> is already an element of this page. Another name: import embed.js?as=x-article.`);
