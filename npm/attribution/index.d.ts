/** A piece of the text: `[start, end)` in UTF-16 code units, so that `text.slice(...span)` is the piece. */
export type Span = [start: number, end: number];

/** What the engine finds in one text. */
export interface Result {
  /**
   * BCP 47 tag told from the text. Those of the first line have word lists; in the others quotations go to the
   * nearest name, as guesses. `null` where it is none of these, and then read as English.
   */
  language:
    | "en" | "de" | "fr" | "mk"
    | "es" | "hr" | "it" | "nl" | "pl" | "pt" | "ru" | "sr" | "tr"
    | null;
  /** Every statement that is credited to somebody, in reading order. */
  attributions: Attribution[];
  /** Everybody who is credited, in order of first statement. */
  speakers: Speaker[];
}

/** Who said what, once. */
export interface Attribution {
  /** Derived from the words said, so that it stays when text around them changes. */
  id: string;
  /** `direct`: all in quotation marks; `mixed`: partly; `indirect`: not at all. */
  kind: "direct" | "mixed" | "indirect";
  /** The mention credited, such as "the mayor"; at most one, empty where none stands with the words. */
  source: Span[];
  /** The words that link, such as "said"; at most one, empty where there are none. */
  cue: Span[];
  /** What was said, quotation marks included; never empty. */
  content: Span[];
  /** The speaker's name in its fullest form; `null` where nobody could be named. */
  speaker: string | null;
  /** `id` of the speaker among `speakers`. */
  speaker_id: string | null;
  /** Why it is credited so. */
  why: Why;
  /** How sure it is; `low` is a guess, to be shown as a question. */
  confidence: "high" | "medium" | "low";
}

/** The rules that led to an attribution. */
export interface Why {
  /** What links the words to the source. */
  rule:
    | "cue-after"
    | "cue-after-inverted"
    | "cue-before"
    | "cue-inside"
    | "fragment"
    | "according-to"
    | "colon"
    | "continuing"
    | "running-on"
    | "nearby"
    | "attitude";
  /** How the source became a speaker. */
  resolution: "name" | "part-of-name" | "pronoun" | "description" | "unnamed" | "carried" | "nobody";
  /** Both in English words. */
  words: string;
}

/** Somebody who is credited with a statement. */
export interface Speaker {
  id: string;
  /** The fullest name that the text gives, without role; of a source that is never named its description. */
  name: string;
  kind: "person" | "organization" | "group" | "unnamed";
  /** The role as written beside the name, such as "mayor". */
  role: string | null;
  /** The organisation that the role names. */
  affiliation: string | null;
  /** Where the text mentions the speaker; pronouns only where they are sources. */
  mentions: Span[];
}

export interface Options {
  /** The headline, if it is known apart from the text; names in it help to tell the speakers. */
  title?: string | null;
}

/**
 * Finds who said what in `text`. Each line is a paragraph, and every line counts.
 * Runs at once and in this thread; a megabyte of text takes some tenths of a second.
 *
 * @throws TypeError where `text` or `title` is no string
 */
export function attribute(text: string, options?: Options): Result;
