// In a page that holds everything in one file: makes addresses of the parts in it, since a file on a disk cannot fetch others.
"use strict";
globalThis.dixitHeld = new Promise((resolve) => {
  const TYPES = { js: "text/javascript", wasm: "application/wasm", css: "text/css", json: "application/json" };
  const held = new Map();
  const unpacked = (part) => {
    const bytes = Uint8Array.from(atob(part.textContent), (c) => c.charCodeAt(0));
    part.remove(); // its text is not needed twice
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  const address = async (part) => {
    const { name } = part.dataset;
    const type = TYPES[name.split(".").pop()] ?? "text/plain;charset=utf-8";
    let whole = await unpacked(part)[type === TYPES.js ? "text" : "blob"]();
    // A script names those beside it, which come before it in the page.
    if (type === TYPES.js) whole = whole.replace(/(from\s*)"\.\/([\w-]+\.js)"/g, (_, from, other) => `${from}"${held.get(name.replace(/[^/]*$/, other))}"`);
    held.set(name, URL.createObjectURL(new Blob([whole], { type })));
  };
  addEventListener("DOMContentLoaded", async () => {
    for (const part of document.querySelectorAll("script[data-name]")) await address(part);
    resolve(held);
  });
});
