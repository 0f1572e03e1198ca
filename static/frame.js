// For pages with frames of Dixit, <iframe data-dixit src="…/embed.html?src=…">: makes each as high as its article, and
// lets the page hear and ask as it can of <dixit-article>. Offers a channel to each frame and listens to nothing else.
const EVENTS = ["ready", "error", "quote", "speaker", "comment", "view"];
const HIGHEST = 1_000_000; // pixels

const channels = new WeakMap();
const heard = (frame, data) => {
  if (typeof data !== "object" || data === null) return;
  if (Number.isInteger(data.height) && data.height >= 0 && data.height <= HIGHEST) frame.style.height = `${data.height}px`;
  if (EVENTS.includes(data.event)) frame.dispatchEvent(new CustomEvent(`dixit:${data.event}`, { bubbles: true, detail: data.detail }));
};
const greet = (frame) => {
  if (!frame.contentWindow || !frame.src) return;
  const { port1, port2 } = new MessageChannel();
  channels.get(frame)?.close();
  channels.set(frame, port1);
  port1.onmessage = ({ data }) => {
    if (channels.get(frame) === port1) heard(frame, data);
  };
  // A sandbox without an origin cannot be named; the greeting holds nothing but the channel.
  const named = !frame.hasAttribute("sandbox") || frame.sandbox.contains("allow-same-origin");
  const origin = named ? new URL(frame.src, document.baseURI).origin : "*";
  frame.contentWindow.postMessage({ dixit: "hello", version: 1 }, origin, [port2]);
};
const met = new WeakSet();
const meet = (frame) => {
  if (met.has(frame)) return;
  met.add(frame);
  const ask = (ask, value) => channels.get(frame)?.postMessage({ ask, value });
  frame.dixit = {
    collapseAll: () => ask("fold", "all"),
    expandAll: () => ask("fold", "none"),
    goTo: (id) => ask("go", String(id).replace(/^#/, "")),
    set theme(value) { ask("theme", value); },
    set view(value) { ask("view", value); },
  };
  frame.addEventListener("load", () => greet(frame));
};
const meetAll = () => document.querySelectorAll("iframe[data-dixit]").forEach(meet);
meetAll();
new MutationObserver(meetAll).observe(document, { subtree: true, childList: true });
// A frame may have been there before this script.
const greetAll = () => document.querySelectorAll("iframe[data-dixit]").forEach((frame) => channels.has(frame) || greet(frame));
if (document.readyState === "complete") greetAll();
else addEventListener("load", greetAll);
