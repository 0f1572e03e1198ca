// Runs the engine's module off the page's thread: a text comes in, the document of who said what goes out.
import init, * as engine from "./dixit_engine.js";
import { analysed } from "./engine-calls.js";

try {
  await init({ module_or_path: new URL("./dixit_engine.wasm", import.meta.url) });
  postMessage({ ready: engine.format_version() });
} catch (error) {
  postMessage({ unavailable: String(error?.message ?? error) });
}

onmessage = async ({ data: { id, values } }) => {
  try {
    postMessage({ id, answer: await analysed(engine, ...values) });
  } catch (error) {
    // After a trap the module's memory cannot be trusted: the page ends this worker.
    postMessage({ id, trapped: String(error?.message ?? error) });
  }
};
