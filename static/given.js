// What a reader gives that needs more than a file: folders that are dropped, and the page from which the bookmarklet was called.
import { problem } from "./port.js";

const MAX_FILES = 200;
const entriesOf = (folder) =>
  new Promise((resolve, reject) => {
    const reader = folder.createReader();
    const found = [];
    // A browser gives a folder in parts, and an empty part at the end.
    const next = () =>
      reader.readEntries((part) => (part.length && found.length < MAX_FILES ? (found.push(...part), next()) : resolve(found)), reject);
    next();
  });
const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

// Every file among `entries`, which the browser gave for a drop, and in the folders among them; hidden ones are left.
export const files = async (entries) => {
  const found = [];
  const waiting = [...entries];
  while (waiting.length && found.length < MAX_FILES) {
    const entry = waiting.shift();
    if (entry.name.startsWith(".")) continue;
    if (entry instanceof File) found.push(entry);
    else if (entry.isDirectory) waiting.unshift(...(await entriesOf(entry)).sort((a, b) => a.name.localeCompare(b.name)));
    else found.push(await fileOf(entry));
  }
  return found;
};

const LIMIT = 10_000; // milliseconds in which the page that opened this one answers
const MOST = 2_000_000; // characters; the importer counts bytes

// Asks the page that opened this one for itself: resolves to [its HTML, its address]. The address is the browser's word for
// the page's origin, with the path that the page gives; the rest of what it says is a page like any other, and read as one.
export const ofOpener = () =>
  new Promise((resolve, reject) => {
    const page = globalThis.opener;
    const failed = () => reject(problem("Unavailable", "the page did not answer"));
    if (!page) return failed();
    const timer = setTimeout(() => (removeEventListener("message", heard), failed()), LIMIT);
    const heard = ({ source, origin, data }) => {
      const isPage = source === page && data?.dixit === "page" && typeof data.html === "string" && typeof data.url === "string";
      if (!isPage || data.html.length > MOST) return;
      removeEventListener("message", heard);
      clearTimeout(timer);
      // What it says of its own address counts on its own site alone.
      const url = URL.canParse(data.url) && new URL(data.url).origin === origin ? data.url : origin;
      resolve([data.html, url]);
    };
    addEventListener("message", heard);
    page.postMessage({ dixit: "ready" }, "*"); // it says nothing; what comes back is sent to this origin alone
  });

// What the clipboard holds, where the browser lets us look: [HTML, text], either of them empty.
export const clipboard = async () => {
  const { clipboard } = navigator; // outside of secure contexts there is none
  try {
    for (const item of await clipboard.read()) {
      if (item.types.includes("text/html")) return [await (await item.getType("text/html")).text(), ""];
    }
  } catch {
    // Some browsers give the text alone.
  }
  return ["", await clipboard.readText()];
};
