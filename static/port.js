// The page's side of our Wasm modules: a worker, started when first needed; the same module in the page where no worker can start.
// The address of a file beside this one; in a page that holds everything in one file, of what it holds under that name.
export const here = (name) => globalThis.dixit?.beside?.(name) ?? new URL(name, import.meta.url).href;
const START_LIMIT = 30_000; // milliseconds, for a slow network

// On a page of ours that has the policy; in another's page, which may allow none, we make it.
let policy;
const trusted = (url) => {
  const ours = globalThis.dixit?.trusted;
  if (ours) return ours(url);
  policy ??= globalThis.trustedTypes?.createPolicy("dixit", { createScriptURL: (script) => script });
  return policy ? policy.createScriptURL(url) : url;
};

export const problem = (name, message) => Object.assign(new Error(message), { name });
const unavailable = (message) => problem("Unavailable", message);
const inTime = (promise, limit, onLate) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(onLate()), limit)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

// `worker` is a script; `inPage(n)` loads its module into the page, anew after `n` faults, and resolves to {version, ask};
// `limitFor(...values)` is how many milliseconds an answer may take; `onProgress(text)` hears how far it is.
export const port = ({ worker: script, inPage, limitFor, onProgress = () => {} }) => {
  let running;
  let faults = 0;
  let stop = () => {};

  // Resolves to {version, ask} once the worker has said that it is ready.
  const startWorker = () => {
    const worker = new Worker(trusted(here(script)), { type: "module" });
    const waiting = new Map();
    let nextId = 0;
    const end = (error) => {
      worker.terminate();
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      running = undefined; // the next question gets a fresh worker
      return error;
    };
    stop = () => end(problem("Cancelled", "it was cancelled"));
    const ask = (...values) => {
      const id = (nextId += 1);
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, values });
      const limit = limitFor(...values);
      const late = problem("Trapped", `it took longer than ${Math.round(limit / 1000)} seconds and was stopped`);
      return inTime(answer, limit, () => end(late));
    };
    const started = new Promise((resolve, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        const error = unavailable(event.message ?? "the browser did not start the worker");
        reject(error);
        if (waiting.size) end(error);
      };
      worker.onmessage = ({ data }) => {
        if ("ready" in data) return resolve({ version: data.ready, ask });
        if ("unavailable" in data) return reject(unavailable(data.unavailable));
        if ("progress" in data) return onProgress(data.progress);
        if ("trapped" in data) return end(problem("Trapped", data.trapped));
        waiting.get(data.id)?.resolve(data.answer);
        waiting.delete(data.id);
      };
    });
    return inTime(started, START_LIMIT, () => unavailable("the worker did not start in time")).catch((error) => {
      worker.terminate();
      throw error;
    });
  };
  const startInPage = async () => {
    // A module that has trapped is not used again: another query makes the browser load a fresh one.
    const { version, ask } = await inPage(faults ? `?after=${faults}` : "");
    const asked = async (...values) => {
      try {
        return await ask(...values);
      } catch (error) {
        faults += 1;
        running = undefined;
        throw problem("Trapped", String(error?.message ?? error));
      }
    };
    return { version, ask: asked };
  };
  const start = () =>
    new Promise((resolve) => resolve(startWorker())).catch(startInPage).catch((error) => {
      running = undefined;
      throw unavailable(String(error?.message ?? error));
    });

  return {
    // Starts before there is anything to ask; what goes wrong is said when there is.
    begin: () => void (running ??= start()).catch(() => {}),
    // Resolves to the answer of a module of this `version`. Rejects with an error named Unavailable (the module could
    // not be loaded), Trapped (it stopped in the middle) or Cancelled.
    ask: async (version, ...values) => {
      running ??= start();
      const module = await running;
      if (module.version === version) return module.ask(...values);
      throw unavailable(`the page reads format ${version} and ${script} writes ${module.version}: reload the page`);
    },
    // Ends what is being worked on.
    cancel: () => stop(),
  };
};
