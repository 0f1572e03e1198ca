// Runs the importer off the page's thread: the bytes of a page, a feed or a document come in, articles go out.
import { importer } from "./import-calls.js";

let running;
try {
  running = await importer((progress) => postMessage({ progress }));
  postMessage({ ready: running.version });
} catch (error) {
  postMessage({ unavailable: String(error?.message ?? error) });
}

onmessage = async ({ data: { id, values } }) => {
  try {
    postMessage({ id, answer: await running.read(...values) });
  } catch (error) {
    // After a trap the module's memory cannot be trusted: the page ends this worker.
    postMessage({ id, trapped: String(error?.message ?? error) });
  }
};
