// Asks the engine's module who said what.
import { here, port, problem } from "./port.js";

const inPage = async (query) => {
  const engine = await import(here(`./dixit_engine.js${query}`));
  const { analysed } = await import(here("./engine-calls.js"));
  await engine.default({ module_or_path: here("./dixit_engine.wasm") });
  return { version: engine.format_version(), ask: (...values) => analysed(engine, ...values) };
};
// Far above what an article takes; 25 s for the largest.
const limitFor = (text) => 5_000 + text.length / 100;
const engine = port({ worker: "./engine-worker.js", inPage, limitFor });
// This script is fetched when there will be something to read.
engine.begin();

// What an article's document begins with: see `format` in engine/src/format.rs.
const DOCUMENT = '{"format":"dixit"';
const isSaid = ({ kind }) => !["preformatted", "image", "rule"].includes(kind);

// The document of an article that was read already, with who said what in it: the engine gets the words, a block a line.
const analysedDocument = async (text, version) => {
  let document;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw problem("Trapped", `the article file is damaged: ${error.message}`);
  }
  const { title, language, blocks } = document.article ?? {};
  if (document.version !== version || !Array.isArray(blocks)) return text; // refused in words by who reads it
  const lines = blocks.map((block) => (isSaid(block) ? String(block.text ?? "").replaceAll("\n", " ") : ""));
  const said = await engine.ask(version, lines.join("\n"), { title: String(title ?? ""), language: String(language ?? "") });
  return JSON.stringify({ ...document, analysis: JSON.parse(said).analysis });
};

// Reads and analyses `text`, or analyses the article whose document it is; the answer is a document of format `version`.
export const analyse = (text, version) => (text.startsWith(DOCUMENT) ? analysedDocument(text, version) : engine.ask(version, text));
