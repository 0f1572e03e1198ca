// Calls the importer's modules: a small one, and one with what few articles need, which is fetched when such an article comes.
import { here } from "./port.js";

const load = async (name, query) => {
  const module = await import(here(`./${name}.js${query}`));
  await module.default({ module_or_path: here(`./${name}.wasm`) });
  return module;
};
const NEEDS_ALL = '{"refused":"needs-all"';

// Resolves to {version, read}. `onProgress` hears 1 once the importer is here, 2 when it reads, 3 when it is done.
export const importer = async (onProgress, query = "") => {
  const small = await load("dixit_import", query);
  let all;
  // Bytes, name, type, address, and whether they are a piece of a page: as `read` of import/wasm/src/lib.rs has them.
  const read = async (...given) => {
    onProgress(2);
    let answer = small.read(...given);
    if (answer.startsWith(NEEDS_ALL)) {
      onProgress(1);
      all ??= await load("dixit_import_all", query);
      onProgress(2);
      answer = all.read(...given);
    }
    onProgress(3);
    return answer;
  };
  return { version: small.format_version(), read };
};
