import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { CommentStore, DixitArticle, Theme, View } from "dixit-article";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "dixit-article": DetailedHTMLProps<HTMLAttributes<DixitArticle>, DixitArticle> & {
        src?: string;
        theme?: Theme;
        view?: View;
        comments?: "on" | "off";
        "ui-lang"?: string;
        loading?: "eager" | "lazy";
        store?: CommentStore;
      };
    }
  }
}
