// The engine's Wasm comes inside wasm.js, so that it loads alike in Node, browsers and bundlers, without fetch or files.
import { attribute as attributeAsJson, initSync } from "./engine.js";
import { wasm } from "./wasm.js";

let ready = false;

export function attribute(text, options = {}) {
  const title = options.title ?? undefined;
  if (typeof text !== "string") throw new TypeError("attribute: text must be a string");
  if (title !== undefined && typeof title !== "string") throw new TypeError("attribute: title must be a string");
  if (!ready) {
    initSync({ module: Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0)) });
    ready = true;
  }
  return JSON.parse(attributeAsJson(text, title));
}
