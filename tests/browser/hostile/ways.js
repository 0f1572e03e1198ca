// Every way into a page. Each takes rows `{ id, payload }`, brings their payloads in as a reader, a writer or another
// page would, waits until they are shown or refused, and looks. Answers `[id, fault]` pairs.
(() => {
  const find = (selector) => document.querySelector(selector);
  const task = () => new Promise((go) => setTimeout(go));
  const until = async (holds, what) => {
    const end = performance.now() + 10_000;
    for (let found; performance.now() < end; await task()) if ((found = holds())) return found;
    throw new Error(`waited in vain: ${typeof what === "function" ? what() : what}`);
  };
  const click = async (selector) => (await until(() => find(selector), selector)).click();
  const type = (field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const choose = (field, text, name = "file.json") => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    field.files = data.files;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const go = (address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  const forget = () => {
    localStorage.clear();
    sessionStorage.clear();
  };
  const start = async () => {
    forget();
    // An article that was only just shown takes its address a moment later.
    await repeated(() => go("./"), () => find("main.start [data-act=paste]"));
    forget();
  };
  // A page that has only just come may not listen yet.
  const repeated = async (act, holds) => {
    for (let k = 0; k < 20 && !holds(); k += 1) {
      act();
      for (let t = 0; t < 50 && !holds(); t += 1) await new Promise((go) => setTimeout(go, 10));
    }
    if (!holds()) throw new Error(`in vain: ${act}`);
  };
  const batches = (rows, size) => Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));

  let n = 0;
  const marker = () => `This is row ${(n += 1)} of the harbour's list, which the council has read.`;
  const shown = (words) => until(() => find(".body")?.textContent.includes(words), words);
  // Characters that no text has are a reason to refuse a file.
  const isAnswered = (words) => find(".body")?.textContent.includes(words) || find(".trouble, main.start [role=alert]");
  const shownOrRefused = (words) => until(() => isAnswered(words), words);
  const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const SAID = "“It is over, and we all of us know it,” said Ann Lee, the mayor.";
  const drop = (name, text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  };
  // One row a file: a row that is not closed swallows what comes after it.
  const file = (name, written) => async (rows, look) => {
    for (const { id, payload } of rows) {
      const words = marker();
      forget();
      drop(name, written(payload, words));
      await shownOrRefused(words);
      await task();
      look(id);
    }
  };

  const html = (payload, words) => `<!doctype html><html lang="en"><head><title>${escaped(payload)}</title>
    <meta name="author" content="${escaped(payload)}"><meta property="og:site_name" content="${escaped(payload)}">
    <link rel="canonical" href="${escaped(payload)}"></head><body><article><h1>${escaped(payload)}</h1>
    <p>${words}</p><p>${SAID} The council met on Monday, and it heard everybody who had come, for hours.</p>
    <p><a href="${escaped(payload)}">Read on</a>, said the paper, and see <img src="${escaped(payload)}" alt="${escaped(payload)}"></p>
    <p>It heard them again on Tuesday: ${payload}</p></article></body></html>`;
  const json = (payload, words) => {
    const text = `${words} ${payload}`;
    const all = [...text].length;
    const mark = (kind, more) => ({ start: 0, end: 4, kind, ...more });
    const block = (kind, more) => ({ kind, text: payload || "-", ...more });
    const speaker = { id: payload, name: payload, role: payload, affiliation: payload, kind: "person", mentions: [[0, 0, 4]] };
    return JSON.stringify({
      format: "dixit", version: 1,
      article: {
        id: payload, title: payload, byline: payload, site: payload, language: payload, direction: payload, source_url: payload,
        date: { iso: payload, written: payload },
        blocks: [
          { kind: "paragraph", text, marks: [mark("link", { url: payload }), mark(payload), mark("strong")] },
          block("heading", { level: 2 }), block("list-item"), block("ordered-item", { number: 3, depth: 1 }), block("quote"),
          block("preformatted"), block("image", { url: payload, credit: payload }), block("caption"), block("cell", { header: 1, first: 1 }), block(payload),
        ],
        related: [{ section: payload, title: payload, teaser: payload }],
        set_aside: [{ kind: "sharing", text: payload, before: 1 }],
        problems: [{ at: 0, message: payload }],
      },
      analysis: {
        quotations: [{ id: payload, span: [0, 0, all], depth: 0, attribution: 0 }],
        attributions: [{ id: payload, kind: "direct", content: [[0, 5, all]], source: [0, 0, 4], speaker: 0, rule: "cue-after", resolution: "name", confidence: "high" }],
        speakers: [speaker],
      },
    });
  };
  const jsonld = (payload, words) => JSON.stringify({
    "@context": "https://schema.org", "@type": "NewsArticle", headline: payload, alternativeHeadline: payload,
    author: [{ "@type": "Person", name: payload, url: payload }], publisher: { name: payload, url: payload }, url: payload, inLanguage: payload,
    datePublished: payload, image: payload, articleBody: `${words}\n\n${SAID}\n\n${payload}`,
  });
  const cdata = (text) => text.replaceAll("]]>", "]]]]><![CDATA[>").replace(/[^\t\n\r -\ud7ff\ue000-\uffff\u{10000}-\u{10ffff}]/gu, "");
  const feed = (payload, words) => `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title><![CDATA[${cdata(payload)}]]></title><link><![CDATA[${cdata(payload)}]]></link><item><title><![CDATA[${cdata(payload)}]]></title>
    <link><![CDATA[${cdata(payload)}]]></link><dc:creator><![CDATA[${cdata(payload)}]]></dc:creator>
    <content:encoded><![CDATA[<p>${words}</p><p>${SAID}</p><p>${cdata(payload)}]]></content:encoded></item></channel></rss>`;
  // The title of its own line, so that the marker stays a paragraph of the body.
  const markdown = (payload, words) => `---\ntitle: ${JSON.stringify(payload)}\nauthor: ${JSON.stringify(payload)}\ncanonical_url: ${JSON.stringify(payload)}\n---\n\n${words}\n\n${SAID}\n\n${payload}\n\n[Read on](${payload}) ![${payload}](${payload})\n`;

  const STATEMENTS = 25;
  const statement = (k) => `“Harbour rule ${k} is over by now and for ever,”`;
  const rules = (words) => `Harbour rules\n\n${words}\n\n${Array.from({ length: STATEMENTS }, (_, k) => `${statement(k)} said Ann Lee.`).join("\n\n")}`;
  const withRules = async () => {
    const words = marker();
    forget();
    drop("rules.txt", rules(words));
    await shown(words);
  };
  const withComments = async () => {
    await withRules();
    (await until(() => find(".comments-to-come, .comments"), "comments")).scrollIntoView({ behavior: "instant" });
    return until(() => find(".comments > .comment-box textarea"), "the comment box");
  };

  const frameAsks = ["theme", "view", "go", "fold"];

  const ways = {
    async pasted(rows, look) {
      for (const batch of batches(rows, 20)) {
        await start();
        const words = marker();
        await click("[data-act=paste]");
        type(await until(() => find(".start-form textarea"), "the field"), [`Harbour: ${batch[0].payload}`, words, SAID, ...batch.map(({ payload }) => payload)].join("\n\n").replaceAll("\0", ""));
        await repeated(() => find("[data-act=open-text]")?.click(), () => isAnswered(words));
        look(batch[0].id);
      }
    },
    async clipboard(rows, look) {
      for (const { id, payload } of rows) {
        await start();
        const words = marker();
        const data = new DataTransfer();
        data.setData("text/html", `<p>${words}</p><p>${SAID}</p><p>${payload}`);
        data.setData("text/plain", payload);
        const paste = () => document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        await repeated(paste, () => isAnswered(words));
        look(id);
      }
    },
    markdown: file("row.md", markdown),
    html: file("row.html", html),
    async feed(rows, look) {
      for (const { id, payload } of rows) {
        const words = marker();
        await start();
        drop("row.xml", feed(payload, words));
        await click("[data-act=entry]");
        look(id);
        await shown(words);
        look(id);
      }
    },
    json: file("row.json", json),
    jsonld: file("row.jsonld", jsonld),
    /** A new speaker's name, role and organisation, and the words that a correction is about. */
    async corrections(rows, look) {
      for (const batch of batches(rows, STATEMENTS)) {
        await withRules();
        await click(".correct-entry button");
        const field = await until(() => find("dialog.tool[open] input[type=file]"), "the file of corrections");
        const corrections = batch.map(({ payload }, k) => {
          const name = [...payload].slice(0, 200).join("") || "-";
          const now = { name, role: name, affiliation: name, kind: "person" };
          return { do: "credit", statements: [{ id: name, words: statement(k) }], to: { id: name, name, new: now } };
        });
        choose(field, JSON.stringify({ format: "dixit-corrections", version: 1, article: { id: batch[0].payload, title: batch[0].payload }, corrections }));
        await until(() => document.querySelectorAll("dialog.tool[open] .corrections > *, dialog.tool[open] .trouble").length, "corrections");
        look(batch[0].id);
        find("dialog.tool[open]").close();
        for (const view of [2, 3, 1]) {
          await click(`.views a:nth-child(${view})`);
          await task();
          look(batch[0].id);
        }
      }
    },
    async comment(rows, look) {
      for (const batch of batches(rows, 50)) {
        const field = await withComments();
        for (const [k, { id, payload }] of batch.entries()) {
          type(find(".comment-author"), [...payload].slice(0, 60).join(""));
          type(field, payload.trim() || "-");
          find(".comments > .comment-box .pri").click();
          await until(() => document.querySelectorAll(".comment-body").length > k, `comment ${id}`);
          await task();
        }
        look(batch[0].id);
      }
    },
    async "comment-import"(rows, look) {
      for (const batch of batches(rows, 100)) {
        await withComments();
        const here = Object.keys(localStorage).find((key) => key.startsWith("dixit/1/a/")).slice("dixit/1/a/".length);
        await click("[data-act=exchange]");
        const ulid = (k) => `01ARYZ6S41${String(k).padStart(16, "0")}`;
        const about = (exact) => [{ type: "TextQuoteSelector", exact, prefix: exact, suffix: exact }];
        const items = batch.map(({ payload }, k) => ({
          id: `urn:dixit:${ulid(k)}`, type: "Annotation", motivation: "commenting", creator: { type: "Person", name: payload },
          created: "2026-01-01T00:00:00.000Z", body: { type: "TextualBody", value: payload || "-", format: payload, language: payload },
          "dixit:article": { id: k % 5 ? here : payload, title: payload }, target: { source: payload, selector: k % 2 ? about(payload) : about("Harbour rule 3 is over") },
        }));
        choose(await until(() => find(".comments-file"), "the file of comments"), JSON.stringify({ "@context": "http://www.w3.org/ns/anno.jsonld", type: "AnnotationPage", items }));
        await click("[data-act=import]");
        await until(() => document.querySelectorAll(".comment-body").length >= Math.min(batch.filter((_, k) => k % 5).length, 20), "imported comments");
        look(batch[0].id);
      }
    },
    /** The address names what is opened, beside it and how: what it names is asked for, so requests are no fault. */
    async address(rows, look) {
      for (const { id, payload } of rows) {
        const part = encodeURIComponent(payload.replace(/[\ud800-\udfff]/g, "?"));
        go(`./?src=${part}`);
        await until(() => find(".trouble, .is-opening, .body, main.start"), "an answer");
        await task();
        look(id, true);
        go(`./?src=articles/harbour-vote.txt&view=${part}&speaker=${part}&corrections=${part}&article=${part}&text=${part}`);
        await until(() => find(".body"), "the sample");
        look(id, true);
      }
    },
    async fragment(rows, look) {
      go("./?src=articles/harbour-vote.txt");
      await until(() => find(".qt"), "the sample");
      for (const { id, payload } of rows) {
        for (const prefix of ["", "q-", "s-", "c-", ":~:text="]) location.hash = prefix + payload;
        await task();
        look(id);
      }
    },
    /** Attributes and methods of the element, and a document with its analysis behind it; `src` may fetch. */
    async attributes(rows, look) {
      const reply = (type, body) => `/reply?type=${type}&body=${encodeURIComponent(body)}`;
      const from = reply("text/plain", rules("We list them all."));
      for (const batch of batches(rows, 5)) {
        const elements = batch.flatMap(({ payload }) => {
          const named = document.createElement("dixit-article");
          named.setAttribute("src", payload);
          const dressed = document.createElement("dixit-article");
          dressed.setAttribute("src", from);
          for (const name of ["lang", "ui-lang", "theme", "view", "key", "page", "comments"]) dressed.setAttribute(name, payload);
          const held = document.createElement("dixit-article");
          held.setAttribute("src", reply("application/json", json(payload, marker())));
          return [named, dressed, held];
        });
        elements.forEach((e) => e.setAttribute("loading", "eager"));
        document.body.append(...elements);
        const silent = () => elements.filter((e) => !e.shadowRoot.querySelector(".body, [role=alert], .trouble"));
        await until(() => !silent().length, () => silent().map((e) => e.outerHTML).join());
        look(batch[0].id, true);
        elements.forEach((e, k) => {
          for (const name of ["view", "theme", "lang", "comments"]) e.setAttribute(name, batch[Math.floor(k / 3)].payload);
          e.goTo(batch[Math.floor(k / 3)].payload);
        });
        await task();
        look(batch[0].id, true);
        elements.forEach((e) => e.remove());
      }
    },
    async frame(rows, look) {
      const frame = Object.assign(document.createElement("iframe"), { src: "embed.html?src=articles/harbour-vote.txt", width: 900, height: 600 });
      document.body.append(frame);
      await until(() => frame.contentDocument.querySelector("dixit-article")?.shadowRoot.querySelector(".qt"), "the frame");
      const { port1, port2 } = new MessageChannel();
      let here = 0;
      port1.onmessage = () => (here += 1);
      frame.contentWindow.postMessage({ dixit: "hello", version: 1 }, location.origin, [port2]);
      await until(() => here, "a greeting");
      for (const { id, payload } of rows) {
        for (const ask of [...frameAsks, payload]) port1.postMessage({ ask, value: payload });
        port1.postMessage(payload);
        for (const data of [payload, { dixit: "hello", version: payload }, { ask: "view", value: payload }]) frame.contentWindow.postMessage(data, location.origin);
        await task();
        for (const found of frame.contentWindow.hostile.look()) hostile.fault(found);
        look(id);
      }
      frame.remove();
    },
    /** Entries that another tab has changed; `afterReload` is looked at once the page was loaded again. */
    async storage(rows, look) {
      for (const batch of batches(rows, 25)) {
        await withComments();
        const id = Object.keys(localStorage).find((key) => key.startsWith("dixit/1/a/")).slice("dixit/1/a/".length);
        for (const [k, { payload }] of batch.entries()) {
          const ulid = `01ARYZ6S41${String(k).padStart(16, "0")}`;
          const note = { v: 1, id: ulid, revision: ulid, author: payload, body: payload, created: 1, anchor: { exact: payload, prefix: payload, suffix: payload, start: 1, end: 9 } };
          const article = { v: 1, id: payload, title: payload, date: payload, voices: [payload], shares: [1], opened: 1, text: payload };
          const entries = {
            [`c/${id}/${ulid}`]: JSON.stringify(note), [`c/${id}/${payload}`]: payload, [`a/${payload}`]: JSON.stringify(article), [`a/x${k}`]: payload,
            [`r/${id}/${ulid}`]: JSON.stringify({ v: 1, id: ulid, do: "describe", speaker: { id: "s-ann-lee", name: "Ann Lee" }, now: { name: payload.slice(0, 200), role: payload.slice(0, 200), kind: "person" } }),
            [`d/${id}/new`]: payload, [`d/${id}/${payload}`]: payload, author: payload, "comment-order": payload,
            settings: JSON.stringify(Object.fromEntries(["theme", "size", "face", "width", "lines", "language", "keys", "rate", payload].map((name) => [name, payload]))),
          };
          for (const [name, value] of Object.entries(entries)) {
            const key = `dixit/1/${name}`;
            localStorage.setItem(key, value);
            dispatchEvent(new StorageEvent("storage", { key, newValue: value, storageArea: localStorage }));
          }
        }
        await task();
        look(batch[0].id);
      }
    },
    /** Odd strings, as comments and as an article: what is stored and given on is what was typed. */
    async strings(rows, look) {
      const same = (what, found, typed) => {
        const missing = typed.filter((words) => !found.includes(words));
        if (missing.length || found.length !== typed.length) hostile.fault(`${what}: ${found.length} of ${typed.length}, not ${JSON.stringify(missing)}`);
      };
      for (const batch of batches(rows, 40)) {
        const field = await withComments();
        const typed = [];
        for (const { text } of batch) {
          type(field, text);
          if (!field.value.trim()) continue;
          typed.push(field.value);
          find(".comments > .comment-box .pri").click();
          await until(() => document.querySelectorAll(".comment-body").length === typed.length, text);
        }
        const stored = Object.entries(localStorage).filter(([key]) => key.startsWith("dixit/1/c/")).map(([, value]) => JSON.parse(value).body);
        same("stored", stored, typed);
        const given = new Promise((go) => (URL.createObjectURL = (blob) => (blob.text().then(go), "about:blank#")));
        HTMLAnchorElement.prototype.click = () => {};
        await click("[data-act=exchange]");
        await click("[data-act=export]");
        same("given on", JSON.parse(await given).comments.map(({ body }) => body), typed);
        look(batch[0].id);

        for (const few of batches(batch, 5)) {
          await start();
          const words = marker();
          await click("[data-act=paste]");
          // A text with the character nul is refused.
          type(await until(() => find(".start-form textarea"), "the field"), ["Odd strings", words, ...few.map(({ text }) => text)].join("\n\n").replaceAll("\0", ""));
          const text = find(".start-form textarea").value;
          await repeated(() => find("[data-act=open-text]")?.click(), () => isAnswered(words));
          const kept = Object.entries(localStorage).filter(([key]) => key.startsWith("dixit/1/a/")).map(([, value]) => JSON.parse(value).text);
          // Of Markdown the document is kept, which has the words and not the signs.
          if (!kept[0]?.startsWith('{"format":"dixit"')) same("kept", kept, [text]);
          look(few[0].id);
        }
      }
    },
    /** JSON of every kind inside a document: opened, or refused with what is kept as it was. */
    async "json-article"(rows, look) {
      for (const row of rows) {
        // From an article, on which no refusal stands that is another row's.
        await withRules();
        const before = JSON.stringify(localStorage);
        const words = marker();
        drop("row.json", around({ format: "dixit", version: 1, article: { blocks: [{ kind: "paragraph", text: words }] } }, row));
        await shownOrRefused(words);
        judge(row, Boolean(find(".body")?.textContent.includes(words)), JSON.stringify(localStorage) === before);
        look(row.id);
      }
    },
    async "json-comments"(rows, look) {
      await withComments();
      await click("[data-act=exchange]");
      const field = await until(() => find(".comments-file"), "the file of comments");
      const article = { id: "another", title: "Another" };
      const comment = (k) => ({ v: 1, id: `01ARYZ6S41000000000000000${k}`, revision: `01ARYZ6S41000000000000000${k}`, body: "x", created: 1 });
      const file = (...comments) => ({ format: "dixit-comments", version: 1, article, comments });
      for (const row of rows) {
        choose(field, JSON.stringify(file(comment(1))));
        await until(() => find(".comments-files")?.textContent.includes("1 comment is new."), "a good file");
        const before = JSON.stringify(localStorage);
        choose(field, around(file(comment(1), comment(2)), row));
        await until(() => !find("[data-act=import]") || find(".comments-files").textContent.includes("2 comments are new."), row.id);
        judge(row, Boolean(find("[data-act=import]")), JSON.stringify(localStorage) === before);
        look(row.id);
      }
    },
    async "json-corrections"(rows, look) {
      await withRules();
      await click(".correct-entry button");
      const field = () => until(() => find("dialog.tool[open] input[type=file]"), "the file of corrections");
      const file = (name) => ({
        format: "dixit-corrections", version: 1,
        corrections: [{ do: "describe", speaker: { id: "s-ann-lee", name: "Ann Lee" }, now: { name, kind: "person" } }],
      });
      const stored = () => Object.entries(localStorage).filter(([key]) => key.startsWith("dixit/1/r/"));
      let k = 0;
      for (const row of rows) {
        choose(await field(), JSON.stringify(file(`Ann Lee ${(k += 1)}`)));
        await until(() => stored().some(([, value]) => value.includes(`"Ann Lee ${k}"`)) && !find("dialog.tool[open] .trouble"), "a good file");
        const before = JSON.stringify(localStorage);
        const name = `Ann Lee ${(k += 1)}`;
        choose(await field(), around(file(name), row));
        const isTaken = () => stored().some(([, value]) => value.includes(`"${name}"`));
        await until(() => isTaken() || find("dialog.tool[open] .trouble"), row.id);
        judge(row, isTaken(), JSON.stringify(localStorage) === before);
        look(row.id);
      }
    },
  };
  /** The bytes of a row as the value of a field that nobody knows. */
  const around = (object, { bytes, text }) => {
    const parts = [`${JSON.stringify(object).slice(0, -1)},"x":`, bytes ? new Uint8Array(bytes) : text, "}"];
    return new Blob(parts);
  };
  const judge = ({ id, kind }, isTaken, isUnchanged) => {
    if (kind === "accept" && !isTaken) hostile.fault(`${id} was refused`);
    if (kind === "reject" && isTaken) hostile.fault(`${id} was taken`);
    if (!isTaken && !isUnchanged) hostile.fault(`${id} was refused and changed what is stored`);
  };

  hostile.through = async (way, rows) => {
    const found = [];
    let at = "";
    const look = (id, mayFetch) => {
      at = id;
      for (const fault of hostile.look(mayFetch)) found.push([id, fault]);
    };
    try {
      await ways[way](rows, look);
    } catch (error) {
      found.push([`after ${at}`, String(error)]);
    }
    return found;
  };
})();
