// The fault panel: plain HTML outside the reader's own tree, so that it works when the reader does not.
"use strict";
(() => {
  const part = (name) => document.getElementById(name);
  const stored = () => {
    const entries = {};
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (key.startsWith("dixit/1/")) entries[key] = localStorage.getItem(key);
    }
    return entries;
  };
  // What found no room there is in the database alone, which may never answer.
  const vaulted = () =>
    new Promise((resolve, reject) => {
      setTimeout(reject, 4_000); // milliseconds
      const opening = indexedDB.open("dixit");
      opening.onupgradeneeded = () => opening.transaction.abort(); // there was none
      opening.onerror = reject;
      opening.onsuccess = () => {
        const transaction = opening.result.transaction("entries");
        const store = transaction.objectStore("entries");
        const [keys, texts] = [store.getAllKeys(), store.getAll()];
        opening.result.close(); // once these are read
        transaction.oncomplete = () => resolve(Object.fromEntries(keys.result.map((key, n) => [key, texts.result[n]])));
      };
    });
  const say = (words) => (part("fault-said").textContent = words);
  const text = () => part("fault-text").textContent || part("reader").innerText;

  let shown = false;
  const fail = (cause, detail) => {
    if (shown) return; // the first cause is the one that tells
    shown = true;
    part("fault-cause").textContent = cause;
    part("fault-detail").textContent = detail ?? "";
    part("fault-detail").hidden = !detail;
    const reader = part("reader");
    const late = reader.querySelector(".is-late");
    if (late) late.remove();
    // An article on the page stays readable; where there is none yet, the raw text is open.
    part("fault-kept").hidden = part("fault-text").textContent === "";
    part("fault-kept").open = !reader.querySelector("article");
    part("fault-copy").hidden = text().trim() === "";
    part("fault").hidden = false;
    // The reader's state can no longer be trusted: nothing on the page may act on it and store the result.
    const stop = (event) => reader.contains(event.target) && event.stopImmediatePropagation();
    for (const type of ["click", "input", "change", "keydown", "submit", "beforematch", "drop", "paste"]) {
      addEventListener(type, stop, { capture: true });
    }
  };
  globalThis.dixit.fail = fail;

  part("fault-reload").addEventListener("click", () => location.reload());
  part("fault-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      say("The text is on the clipboard.");
    } catch {
      part("fault-text").textContent = text();
      part("fault-kept").hidden = false;
      part("fault-kept").open = true;
      getSelection().selectAllChildren(part("fault-text"));
      say("The browser did not allow copying. The text is selected below: copy it with the keyboard or the menu.");
    }
  });
  part("fault-save").addEventListener("click", async () => {
    const places = await Promise.allSettled([vaulted(), new Promise((resolve) => resolve(stored()))]);
    if (places.every(({ status }) => status === "rejected")) {
      return say("The browser does not let this page read its storage, so there is nothing to save.");
    }
    const entries = Object.assign({}, ...places.map(({ value }) => value));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(entries, null, 1)], { type: "application/json" }));
    link.download = "dixit-comments.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(`Saved ${Object.keys(entries).length} entries to dixit-comments.json.`);
  });

  // A panic says its message by an event of its own. A trap without one (a full stack is “memory access out of
  // bounds”) or an exception through the module reaches the window; both leave the module's state unusable.
  const cause = "Dixit met a fault in itself and stopped. Your stored comments are safe.";
  addEventListener("dixit:panic", (event) => fail(cause, event.detail));
  const onError = (error) => /wasm-function/.test(error?.stack) && fail(cause, error.message);
  addEventListener("error", (event) => onError(event.error));
  addEventListener("unhandledrejection", (event) => onError(event.reason));
})();
