// Runs in a folder into which the packed package was installed: see xtask/src/npm.rs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { attribute } from "dixit-attribution";

const folder = new URL("./node_modules/dixit-attribution/", import.meta.url);
const types = readFileSync(new URL("index.d.ts", folder), "utf8");
const cut = (text, spans) => spans.map((span) => text.slice(...span));

test("spans cut the text as JavaScript counts", () => {
  const text = "🎉 “𝔚e won,” said Ann Lee, the mayor.\r\n\r\nShe warned that it would rain.";
  const { language, attributions, speakers } = attribute(text);
  assert.equal(language, "en");
  assert.deepEqual(cut(text, attributions[0].content), ["“𝔚e won,”"]);
  assert.deepEqual(cut(text, attributions[0].cue), ["said"]);
  assert.deepEqual(cut(text, attributions[1].source), ["She"]);
  assert.deepEqual(attributions.map((a) => a.speaker), ["Ann Lee", "Ann Lee"]);
  assert.equal(attributions[1].speaker_id, speakers[0].id);
  assert.equal(speakers[0].role, "mayor");
});

test("a title helps to tell the speakers", () => {
  const speaker = (options) => attribute("“Go,” said Lee.", options).attributions[0].speaker;
  assert.equal(speaker({ title: "Ann Lee goes" }), "Ann Lee");
  for (const options of [undefined, {}, { title: null }, { title: "" }]) assert.equal(speaker(options), "Lee");
});

test("odd texts are read as they are", () => {
  assert.deepEqual(attribute(""), { language: null, attributions: [], speakers: [] });
  const text = "\ufeff\0\t\ud83d “Go,” said Ann Lee. \udc00";
  assert.deepEqual(cut(text, attribute(text).attributions[0].content), ["“Go,”"]);
  const long = "“Go,” said Ann Lee. ".repeat(20_000);
  assert.equal(attribute(long).attributions.length, 20_000);
});

test("the licences of the crates inside are there", () => {
  const licences = readFileSync(new URL("THIRD-PARTY-LICENSES.txt", folder), "utf8");
  assert.match(licences, /^wasm-bindgen \d.* \(MIT OR Apache-2\.0\)$/m);
  assert.match(licences, /Permission is hereby granted/);
});

test("what is no string is refused", () => {
  for (const wrong of [undefined, null, 3, {}, ["a"]]) assert.throws(() => attribute(wrong), TypeError);
  assert.throws(() => attribute("a", { title: 3 }), TypeError);
});

test("the types name every field, and no other", () => {
  const fields = (name) => {
    const [, body] = types.match(new RegExp(`interface ${name} {(.*?)\n}`, "s"));
    return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field).sort();
  };
  const result = attribute("“Go,” said Ann Lee.");
  const own = (object) => Object.keys(object).sort();
  assert.deepEqual(own(result), fields("Result"));
  assert.deepEqual(own(result.attributions[0]), fields("Attribution"));
  assert.deepEqual(own(result.attributions[0].why), fields("Why"));
  assert.deepEqual(own(result.speakers[0]), fields("Speaker"));
});

test("the types name the languages that are told", () => {
  const [, union] = types.match(/language:((?:\s*\|[^|;]+)+);/);
  const named = new Set([...union.matchAll(/"(\w+)"/g)].map(([, tag]) => tag));
  const texts = {
    de: "„Wir öffnen die Tore und gehen nicht nach Hause“, sagte Anna Berg, die Leiterin des Hafens.",
    mk: "„Ќе ги отвориме вратите на пладне и нема да одиме дома“, рече Ана Петрова, директорка на пристаништето.",
    es: "«Abriremos las puertas a mediodía y no nos iremos a casa», dijo Ana Ruiz, la directora de los muelles del puerto.",
    tr: "“Kapıları öğlen açacağız ve eve gitmeyeceğiz” dedi Ayşe Kaya, bu limanın müdürü, ve bir daha söyledi, ama geç de olsa.",
  };
  for (const [tag, text] of Object.entries(texts)) {
    assert.equal(attribute(text).language, tag);
    assert.ok(named.has(tag), tag);
  }
});

test("the example of the README is true", () => {
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  const [, text] = readme.match(/^const text = "(.*)";$/m);
  for (const { speaker, content, confidence } of attribute(text).attributions) {
    assert.ok(readme.includes(`// ${speaker} ${confidence} [ '${cut(text, content).join("', '")}' ]`));
  }
});

test("nothing but the package is in the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  assert.match(version, /^\d+\.\d+\.\d+/);
  for (const file of ["engine.js", "wasm.js"]) {
    const source = readFileSync(new URL(file, folder), "utf8");
    // Bundlers follow these and would look for a file that is not there.
    assert.ok(!source.includes("import.meta.url"), `${file} in ${fileURLToPath(folder)}`);
  }
});
