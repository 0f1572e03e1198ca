// Asks the importer what article the bytes of a page, a feed or a document hold.
import { here, port } from "./port.js";

// How far it is shows as a bar below the words that say what is going on: see `data-progress` in reader.css.
const onProgress = (progress) => {
  if (!globalThis.dixit) return; // another's page is not ours to mark
  const { dataset } = document.documentElement;
  if (progress) dataset.progress = progress;
  else delete dataset.progress;
};
const inPage = async (query) => {
  const { importer } = await import(here("./import-calls.js"));
  const { version, read } = await importer(onProgress, query);
  return { version, ask: read };
};
// Above what 2 MB take in the slowest module that was measured.
const importer = port({ worker: "./import-worker.js", inPage, limitFor: () => 15_000, onProgress });

// Starts before there is anything to read.
export const { begin } = importer;

// Resolves to the JSON that `read` of import/wasm/src/lib.rs writes.
export const read = async (version, ...given) => {
  // "Cancel" on the page that waits, and the browser's way back from it.
  // After the page itself has heard it, or it would still wait for the answer.
  const onClick = ({ target }) => target.closest?.("[data-act=cancel]") && setTimeout(importer.cancel);
  addEventListener("click", onClick, true);
  addEventListener("popstate", importer.cancel);
  onProgress(1);
  try {
    return await importer.ask(version, ...given);
  } finally {
    removeEventListener("click", onClick, true);
    removeEventListener("popstate", importer.cancel);
    onProgress(0);
  }
};
