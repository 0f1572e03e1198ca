// Runs the engine's module off the page's thread: a text comes in, the document of who said what goes out.
import init, { format_version, read_and_analyse } from "./dixit_engine.js";

try {
  await init({ module_or_path: new URL("./dixit_engine.wasm", import.meta.url) });
  postMessage({ ready: format_version() });
} catch (error) {
  postMessage({ unavailable: String(error?.message ?? error) });
}

onmessage = ({ data: { id, text } }) => {
  try {
    postMessage({ id, json: read_and_analyse(text) });
  } catch (error) {
    // After a trap the module's memory cannot be trusted: the page ends this worker.
    postMessage({ id, trapped: String(error?.message ?? error) });
  }
};
