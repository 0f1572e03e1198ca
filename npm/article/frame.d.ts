import type { Theme, View } from "dixit-article";

/** What the page can ask of a frame, `<iframe data-dixit>`, as its property `dixit`. */
export interface DixitFrame {
  collapseAll(): void;
  expandAll(): void;
  goTo(id: string): void;
  set theme(value: Theme);
  set view(value: View);
}

declare global {
  interface HTMLIFrameElement {
    dixit?: DixitFrame;
  }
}
