/** Shows who said what in the article behind `src`, or in its own content. */
export class DixitArticle extends HTMLElement {
  /** The address of the article: https, or http of the page's own origin or of this computer. */
  src: string;
  /** How the reader looks; "" is as the page does. */
  theme: Theme | "";
  /** The language of the controls; "" is the reader's choice, else the page's. The attribute is `ui-lang`. */
  uiLang: string;
  /** "off" hides the comments. */
  comments: "on" | "off" | "";
  /** What of the article is shown. */
  view: View;
  /** Keeps comments instead of the browser. Has to be set before the article is shown. */
  store?: CommentStore;
  /** Resolves once the article is there; rejects where it cannot be shown. */
  readonly ready: Promise<DixitArticle>;
  /** The article, once it is there. */
  readonly article: Article | null;
  /** Who speaks, in the order in which they come up. */
  readonly speakers: Speaker[];
  /** The quotations, in order. */
  readonly quotations: Quotation[];
  /** Begins now, wherever the element stands; else it begins when it is less than a screen away. */
  show(): Promise<DixitArticle>;
  collapseAll(): void;
  expandAll(): void;
  /** Shows the quotation, the statement or the speaker of this id. */
  goTo(id: string): void;
  /** The article and its analysis as a document, as `src` may name one. */
  toJSON(): unknown;
}

export type Theme = "light" | "dark" | "sepia" | "contrast" | "system";
export type View = "article" | "transcript" | "speakers";

export interface Article {
  id: string;
  title?: string;
  byline?: string;
  language?: string;
  source_url?: string;
  blocks: { kind: string; text: string }[];
}

export interface Speaker {
  /** `s-…` */
  id: string;
  name: string;
  role: string | null;
  affiliation: string | null;
  kind: "person" | "organization" | "group" | "unnamed";
}

export interface Quotation {
  /** `q-…` */
  id: string;
  /** With its marks. */
  text: string;
  /** The id of who said it; `null` where that is not known. */
  speaker: string | null;
  confidence: "high" | "medium" | "low" | null;
}

/** A comment, or a later version of one. */
export interface Comment {
  /** A ULID. */
  id: string;
  body: string;
  [field: string]: unknown;
}

/** Where a site keeps the comments of its readers. `article` is the address that they are kept under. */
export interface CommentStore {
  load(article: string): Comment[] | Promise<Comment[]>;
  /** New comments and new versions; each takes the place of the one of its `id`. Rejects where they are not kept. */
  save(article: string, comments: Comment[]): unknown;
  /** Calls `changed` after others have written; answers what ends that. */
  watch?(article: string, changed: () => void): () => void;
}

/** What each event has in `detail`. */
export interface DixitEvents {
  "dixit:ready": { speakers: number; quotations: number };
  "dixit:error": { message: string };
  /** A quotation was collapsed or expanded. */
  "dixit:quote": { id: string; open: boolean; speaker: string | null };
  /** A speaker was chosen, or let go. */
  "dixit:speaker": { id: string | null };
  /** A comment was written, changed, deleted or restored. */
  "dixit:comment": { id: string; deleted: boolean };
  "dixit:view": { view: View };
}

type DixitEventMap = { [Name in keyof DixitEvents]: CustomEvent<DixitEvents[Name]> };

declare global {
  interface HTMLElementTagNameMap {
    "dixit-article": DixitArticle;
  }
  interface HTMLElementEventMap extends DixitEventMap {}
  interface DocumentEventMap extends DixitEventMap {}
}
