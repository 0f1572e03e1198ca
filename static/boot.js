// Sets the theme before the first paint, then loads the reader and its language; says in words why it could not.
"use strict";
(() => {
  const root = document.documentElement;
  const stored = () => {
    try {
      return Object(JSON.parse(localStorage.getItem("dixit/1/settings")));
    } catch {
      return {}; // storage is blocked or the entry is broken: the defaults will do
    }
  };
  for (const [name, value] of Object.entries(stored())) {
    if (typeof value === "string" && /^(theme|size|width|lines|face|language|keys|rate)$/.test(name) && /^[a-z0-9-]{1,16}$/.test(value)) root.dataset[name] = value;
  }

  const ready = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  const fail = async (cause, detail) => {
    await ready;
    if (globalThis.dixit.fail) return globalThis.dixit.fail(cause, detail);
    // fault.js is missing too: the plain panel is in the page.
    document.getElementById("fault").hidden = false;
    document.getElementById("fault-cause").textContent = cause;
  };
  // The build writes: the reader's glue, its Wasm, that one's hash, the engine's folder, the languages of the interface.
  const named = () => document.querySelector("meta[name=dixit-reader]");
  const parts = () => named().content.split(" ");
  const folder = () => parts()[0].replace(/[^/]*$/, "");
  // In a page that holds everything in one file, its parts by name: see single.js.
  let held;
  const at = (path) => held?.get(path) ?? new URL(path, document.baseURI).href;

  // The language of the page's own words: English is in the reader, others are files beside it, named in `parts`.
  // A published page has words already, in this language.
  const own = root.dataset.ui;
  let [language, lines, plural, number] = ["en", ""];
  const meant = (choice) => {
    const known = ["en", ...parts()[4].split(",")];
    const wanted = [choice, own, ...navigator.languages].map((tag) => String(tag).split("-")[0]);
    return wanted.find((tag) => known.includes(tag)) ?? "en";
  };
  const fetched = async (tag) => {
    if (tag === "en") return "";
    const answer = await fetch(at(`${folder()}words/${tag}.json`));
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return Object.entries(await answer.json()).flat().join("\n");
  };
  let asked = 0;
  // Resolves to whether the words of the language that is asked for last are here.
  const speak = async (choice) => {
    const mine = (asked += 1);
    let tag = meant(choice);
    let words = "";
    try {
      words = await fetched(tag);
    } catch (error) {
      console.error(`The words of “${tag}” could not be fetched (${error.message}); the page is in English.`);
      tag = "en";
    }
    if (mine !== asked) return false;
    [language, lines] = [tag, words];
    plural = new Intl.PluralRules(tag);
    number = new Intl.NumberFormat(tag);
    root.lang = tag;
    root.dir = /^(ar|fa|he|ur)$/.test(tag) ? "rtl" : "ltr";
    return true;
  };

  // What the parts that come later look like; they wait for it. Without it they look plain and work.
  const styles = {};
  const sheet = (name) =>
    (styles[name] ??= new Promise((resolve) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: at(`${folder()}${name}.css`) });
      link.onload = resolve;
      link.onerror = () => {
        delete styles[name]; // the next part asks again
        link.remove();
        resolve();
      };
      document.head.append(link);
    }));
  // Comments do without the styles of other parts, not these without those of comments.
  const styled = (part) => Promise.all([sheet("comments"), /^split_(comments|writing|passages|markdown)/.test(part) || sheet("parts")]);

  // The page's only Trusted Types policy: it lets our workers start and nothing else. Made once, when first needed.
  let policy;
  const createScriptURL = (url) => {
    if (url.startsWith(location.origin + "/") && /\/(sw|engine-[0-9a-f]{16}\/(engine|import)-worker)\.js$/.test(url)) return url;
    throw new TypeError(`not a script of Dixit: ${url}`);
  };
  const trusted = (url) => {
    policy ??= globalThis.trustedTypes?.createPolicy("dixit", { createScriptURL });
    return policy ? policy.createScriptURL(url) : url;
  };

  const port = (name) => import(at(`${parts()[3]}${name}.js`));
  // What the reader's Wasm calls. The engine's folder is named after its content, so versions never mix.
  globalThis.dixit = {
    language: () => language,
    words: () => lines,
    at,
    // A file beside the engine's scripts, in a page that holds it; a query asks for a fresh copy, which there is none of.
    beside: (name) => held?.get(parts()[3] + name.replace(/^\.\/|\?.*$/g, "")),
    styled,
    trusted,
    // What is read aloud or commented on; some browsers cannot paint it.
    paint: (name, ranges) => {
      const painted = globalThis.CSS?.highlights;
      if (ranges.length) painted?.set(name, new Highlight(...ranges));
      else painted?.delete(name);
    },
    set: (name) => root.dataset[name],
    keep: (name, value) => {
      root.dataset[name] = value;
      if (value === "legible") styled();
      try {
        localStorage.setItem("dixit/1/settings", JSON.stringify({ ...stored(), [name]: value }));
        return true;
      } catch {
        return false;
      }
    },
    plural: (n) => plural.select(n),
    number: (n) => number.format(n),
    speak: async (choice) => (await speak(choice)) && dispatchEvent(new Event("dixit:words")),
    analyse: async (text, version) => (await port("engine")).analyse(text, version),
    read: async (...given) => (await port("import")).read(...given),
    // The browser's database, where comments are kept.
    vault: async (act, ...given) => (await import(at(`${folder()}vault.js`)))[act](...given),
    clipboard: async () => (await port("given")).clipboard(),
    opener: async () => (await port("given")).ofOpener(),
    // What a drop brings, where that is more than one file; it has to be asked while the drop happens.
    several: (data) => {
      const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      return entries.length > 1 || entries[0]?.isDirectory ? entries : undefined;
    },
    dropped: async (entries) => (await port("given")).files(entries),
  };

  // Fetches again what failed, to tell the causes apart.
  const causeOf = async (url, type, error) => {
    let answer;
    try {
      answer = await fetch(url);
    } catch {
      return navigator.onLine
        ? "A part of Dixit could not be fetched: the server did not answer, or the browser or an extension blocked it."
        : "You are offline, and a part of Dixit is not in this browser yet.";
    }
    if (answer.status === 404) return "A part of Dixit is missing on the server (404). The site may just have been updated.";
    if (!answer.ok) return `The server answered ${answer.status} instead of a part of Dixit.`;
    const got = answer.headers.get("content-type") ?? "no type";
    const wrong = type === "javascript" ? !/javascript|ecmascript/.test(got) : got.startsWith("text/");
    if (wrong) return `The server sent a part of Dixit as “${got}” instead of ${type}. Its settings need a change.`;
    if (/content security policy|unsafe-eval/i.test(error?.message)) return "This site's security policy forbids WebAssembly, which Dixit needs.";
    return "A part of Dixit arrived damaged, incomplete or in another version than the page. A reload often helps.";
  };

  // Once the page has nothing better to do.
  const goOffline = () => {
    const manifest = document.querySelector("link[data-offline]");
    const { serviceWorker } = navigator;
    if (!manifest || !serviceWorker || !isSecureContext) return;
    const start = async () => (await import(at(manifest.dataset.offline))).start(manifest.href);
    setTimeout(() => start().catch(() => {}), 3000);
  };

  const start = async () => {
    ready.then(goOffline);
    held = await globalThis.dixitHeld;
    if (!named()) await ready;
    // A page without the reader, or an article that is there without it.
    if (!named() || (own && !held && location.protocol === "file:")) return;
    if (!held && location.protocol === "file:") {
      return fail("This page was opened as a file, and browsers do not load programs from files. It has to be served: run “cargo xtask serve”, or put the folder on any web server.");
    }
    if (typeof WebAssembly !== "object") {
      return fail("This browser cannot run WebAssembly, or it is switched off (some strict or lockdown modes do that). Dixit needs it to work out who said what.");
    }
    const [glue, wasm, integrity] = parts();
    const bytes = fetch(at(wasm), { integrity });
    bytes.catch(() => {}); // awaited below; until then no “unhandled” rejection
    if (root.dataset.face === "legible") styled();
    // The engine comes along with the reader, which will ask for it once it has the article behind the link.
    const link = /[?&]src=([^&]*)/.exec(own ? "" : location.search)?.[1];
    if (link) port("engine").catch(() => {});
    // And what reads web pages, to which most links lead.
    if (link && !/\.(txt|json)$/.test(link)) {
      styled();
      port("import").then((importer) => importer.begin()).catch(() => {});
    }
    const words = speak(own ?? root.dataset.language);
    let [url, type] = [at(glue), "javascript"];
    try {
      const reader = await import(url);
      [url, type] = [at(wasm), "application/wasm"];
      const answer = await bytes;
      if (!answer.ok) throw new Error(`${answer.status}`);
      await words;
      await ready;
      await reader.default({ module_or_path: answer });
      if (own && root.dataset.language) globalThis.dixit.speak(root.dataset.language);
    } catch (error) {
      // Only an error that came out of the running module has its functions in the stack.
      if (/wasm-function/.test(error?.stack)) fail("Dixit met a fault in itself while starting.", error.message);
      else fail(await causeOf(url, type, error), String(error?.message ?? error));
    }
  };
  start();
})();
