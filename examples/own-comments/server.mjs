// A site that keeps its readers' comments on a server of its own: `node server.mjs READER [PORT [FILE]]` serves
// index.html beside this script, the built reader in the folder READER, and the comments, which lie in FILE.
import { createServer } from "node:http";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, normalize } from "node:path";

const [reader, port = "8090", file = "comments.json"] = process.argv.slice(2);
const LARGEST = 1_000_000; // bytes of a request
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json", txt: "text/plain", woff2: "font/woff2" };

// By article, then by comment. A comment that is deleted stays, marked as deleted, so that others hear of it.
const kept = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
let writing = Promise.resolve();
const write = () =>
  (writing = writing.then(async () => {
    await writeFile(`${file}.new`, JSON.stringify(kept));
    await rename(`${file}.new`, file);
  }));

const body = async (request) => {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > LARGEST) throw Object.assign(new Error("too large"), { status: 413 });
    pieces.push(piece);
  }
  return JSON.parse(Buffer.concat(pieces).toString("utf8"));
};

const comments = async (request, article) => {
  const own = (kept[article] ??= {});
  if (request.method === "GET") return Object.values(own);
  // A real site asks here who writes, and refuses what is not theirs.
  for (const comment of await body(request)) {
    if (typeof comment?.id !== "string" || !/^[0-9A-Z]{26}$/.test(comment.id)) throw Object.assign(new Error("no comment"), { status: 400 });
    own[comment.id] = comment;
  }
  await write();
  return { kept: true };
};

const server = createServer(async (request, answer) => {
  const url = new URL(request.url, "http://localhost");
  try {
    if (url.pathname === "/comments") {
      const said = await comments(request, url.searchParams.get("article") ?? "");
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(said));
      return;
    }
    const path = normalize(decodeURIComponent(url.pathname));
    const place = path === "/" ? new URL("index.html", import.meta.url) : join(reader, path.replace(/^\/reader\//, "/"));
    const bytes = await readFile(place);
    answer.writeHead(200, { "content-type": TYPES[path === "/" ? "html" : path.split(".").pop()] ?? "application/octet-stream" }).end(bytes);
  } catch (error) {
    answer.writeHead(error.status ?? 404, { "content-type": "text/plain" }).end(error.message);
  }
});
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
