// Finds quotations and the person nearest to each, as ../engines.mjs does, and marks them.
import nlp from "compromise";

// In the article's blocks of text, with a list of who speaks in `list`.
export const mark = (article, list) => {
  const speakers = new Map();
  for (const block of article.querySelectorAll("p, li, blockquote:not(:has(p))")) {
    for (const { text, speaker } of said(block.textContent)) {
      if (wrap(block, text, speaker) && speaker) speakers.set(speaker, (speakers.get(speaker) ?? 0) + 1);
    }
  }
  const rows = [...speakers].map(([name, n]) => {
    const row = document.createElement("li");
    row.textContent = `${name} (${n})`;
    return row;
  });
  const names = document.createElement("ul");
  names.append(...rows);
  list.append(names);
};

const said = (text) => {
  // What has no mark has no quotation.
  if (!/["“«„]/.test(text)) return [];
  const doc = nlp(text);
  const people = Map.groupBy(doc.people().fullPointer, ([sentence]) => sentence);
  const found = [];
  doc.quotations().forEach((quotation) => {
    const [sentence, start, end] = quotation.fullPointer[0];
    const near = people.get(sentence) ?? [];
    const who = near.find((p) => p[1] >= end) ?? near.findLast((p) => p[2] <= start);
    found.push({ text: quotation.text().trim(), speaker: who && doc.update([who]).text().trim() });
  });
  return found;
};

// Puts a mark around the text, where it stands in one piece; answers whether it does.
const wrap = (block, text, speaker) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(text);
    if (at < 0 || walker.currentNode.parentNode.localName === "mark") continue;
    const node = walker.currentNode.splitText(at);
    node.splitText(text.length);
    const around = document.createElement("mark");
    if (speaker) around.dataset.speaker = speaker;
    node.replaceWith(around);
    around.append(node);
    return true;
  }
  return false;
};
