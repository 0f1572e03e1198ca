// Calls the engine's module, and first gives it the data of a text's language, which lies beside it; the module itself carries English.
import { here } from "./port.js";

const LIMIT = 3_000; // milliseconds, well within what engine.js waits; the text is analysed without the data then

// A language that cannot be had, or has no data, is passed over: its quotations are found without it.
const addLanguageOf = async (engine, text) => {
  const tag = engine.missing_language(text);
  if (!tag) return;
  try {
    const answer = await fetch(here(`./lang/${tag}.txt`), { signal: AbortSignal.timeout(LIMIT) });
    if (answer.ok) engine.add_language(tag, await answer.text());
  } catch (error) {
    console.warn(`no data for language ${tag}: ${error}`);
  }
};

// The document of a text; or, where `article` has the title and the language of one whose blocks are its lines, of that.
export const analysed = async (engine, text, article) => {
  await addLanguageOf(engine, text);
  return article ? engine.analyse_lines(article.title, article.language, text) : engine.read_and_analyse(text);
};
