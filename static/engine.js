// The page's side of the engine: a worker, started when first needed; the same module in the page where no worker can start.
const here = (name) => new URL(name, import.meta.url).href;
const WORKER = here("./engine-worker.js");
const START_LIMIT = 30_000; // milliseconds, for a slow network
const limitFor = (text) => 5_000 + text.length / 100; // far above what an article takes; 25 s for the largest
// The page's only Trusted Types policy: it lets this one worker start and nothing else. Made once, when first needed.
let policy;
const trusted = (script) => {
  const createScriptURL = (url) => {
    if (url === WORKER) return url;
    throw new TypeError(`not a script of Dixit: ${url}`);
  };
  policy ??= globalThis.trustedTypes?.createPolicy("dixit", { createScriptURL });
  return policy ? policy.createScriptURL(script) : script;
};

const problem = (name, message) => Object.assign(new Error(message), { name });
const unavailable = (message) => problem("Unavailable", message);
const inTime = (promise, limit, onLate) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(onLate()), limit)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

// Resolves to {version, analyse} once the worker has said that it is ready.
const startWorker = () => {
  const worker = new Worker(trusted(WORKER), { type: "module" });
  const waiting = new Map();
  let nextId = 0;
  const end = (error) => {
    worker.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    running = undefined; // the next text gets a fresh worker
    return error;
  };
  const ask = (text) => {
    const id = (nextId += 1);
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    worker.postMessage({ id, text });
    const seconds = Math.round(limitFor(text) / 1000);
    const late = problem("Trapped", `it took longer than ${seconds} seconds and was stopped`);
    return inTime(answer, limitFor(text), () => end(late));
  };
  const started = new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      const error = unavailable(event.message ?? "the browser did not start the worker");
      reject(error);
      if (waiting.size) end(error);
    };
    worker.onmessage = ({ data }) => {
      if ("ready" in data) return resolve({ version: data.ready, analyse: ask });
      if ("unavailable" in data) return reject(unavailable(data.unavailable));
      if ("trapped" in data) return end(problem("Trapped", data.trapped));
      waiting.get(data.id)?.resolve(data.json);
      waiting.delete(data.id);
    };
  });
  return inTime(started, START_LIMIT, () => unavailable("the worker did not start in time")).catch((error) => {
    worker.terminate();
    throw error;
  });
};

let faults = 0;
const startInPage = async () => {
  // A module that has trapped is not used again: another query makes the browser load a fresh one.
  const engine = await import(here(`./dixit_engine.js${faults ? `?after=${faults}` : ""}`));
  const { addLanguageOf } = await import(here("./engine-languages.js"));
  await engine.default({ module_or_path: here("./dixit_engine.wasm") });
  const analyse = async (text) => {
    try {
      await addLanguageOf(engine, text);
      return engine.read_and_analyse(text);
    } catch (error) {
      faults += 1;
      running = undefined;
      throw problem("Trapped", String(error?.message ?? error));
    }
  };
  return { version: engine.format_version(), analyse };
};

let running;
const start = () =>
  new Promise((resolve) => resolve(startWorker())).catch(() => startInPage()).catch((error) => {
    running = undefined;
    throw unavailable(String(error?.message ?? error));
  });

// Reads and analyses `text`; the answer is a document of format `version`. Rejects with an error named
// Unavailable (the module could not be loaded) or Trapped (it stopped in the middle).
export const analyse = async (text, version) => {
  running ??= start();
  const engine = await running;
  if (engine.version === version) return engine.analyse(text);
  throw unavailable(`the page reads format ${version} and the engine writes ${engine.version}: reload the page`);
};
