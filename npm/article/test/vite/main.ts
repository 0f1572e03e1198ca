import { DixitArticle, type CommentStore, type Quotation } from "dixit-article";

const element = document.querySelector("dixit-article");
if (!(element instanceof DixitArticle)) throw new Error("not the element");
const store: CommentStore = { load: async () => [], save: async () => {} };
element.store = store;
element.addEventListener("dixit:ready", ({ detail }) => {
  const first: Quotation | undefined = element.quotations[0];
  document.title = `${detail.quotations} ${first?.speaker}`;
});
// @ts-expect-error: no such view
element.view = "poster";
element.view = "article";
