// Runs one engine over the articles again and again and answers how long each pass took.
// node engines.mjs compromise FOLDER | wasm MODULE, then a line of JSON, the articles, then a line for each pass.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [kind, place] = process.argv.slice(2);
const attribute = await { compromise, wasm }[kind](place);

let articles;
for await (const line of createInterface({ input: process.stdin })) {
  if (!articles) {
    articles = JSON.parse(line);
    console.log("ready");
    continue;
  }
  let found = 0;
  const start = process.hrtime.bigint();
  for (const article of articles) found += attribute(article);
  console.log(`${process.hrtime.bigint() - start} ${found}`);
}

// The least that gives quotation and speaker: each quotation's words, and the nearest person of its
// sentence, after it or else before it.
async function compromise(folder) {
  const entry = createRequire(`${folder}/`).resolve("compromise");
  const { default: nlp } = await import(pathToFileURL(entry));
  return (text) => {
    const doc = nlp(text);
    const people = new Map();
    for (const person of doc.people().fullPointer) {
      if (!people.has(person[0])) people.set(person[0], []);
      people.get(person[0]).push(person);
    }
    const found = [];
    doc.quotations().forEach((quotation) => {
      const [sentence, start, end] = quotation.fullPointer[0];
      const near = people.get(sentence) ?? [];
      const who = near.find((p) => p[1] >= end) ?? near.findLast((p) => p[2] <= start);
      found.push([quotation.text(), who && doc.update([who]).text()]);
    });
    return found.length;
  };
}

// Our module without wasm-bindgen's glue: a text in, the JSON of article and analysis out.
async function wasm(path) {
  const module = new WebAssembly.Module(readFileSync(path));
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => { throw new Error(`the engine called ${name}`); };
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  const { memory, __wbindgen_malloc: malloc, __wbindgen_free: free } = exports;
  const analyse = exports[Object.keys(exports).find((name) => name.startsWith("read_and_analyse"))];
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  const result = malloc(8, 4);
  return (text) => {
    const bytes = encoder.encode(text);
    const at = malloc(bytes.length, 1);
    new Uint8Array(memory.buffer).set(bytes, at);
    analyse(result, at, bytes.length);
    const [json, n] = new Uint32Array(memory.buffer, result, 2);
    const document = decoder.decode(new Uint8Array(memory.buffer, json, n));
    free(json, n, 1);
    return document.length;
  };
}
