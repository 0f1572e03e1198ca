// The search page of a published site: asks the index, and shows what it answers as elements, never as HTML.
const form = document.querySelector("form.search");
const [list, status, more] = [".cards", ".found", ".more"].map((name) => document.querySelector(name));
const site = form.dataset.site;
const words = JSON.parse(form.dataset.words);
const plural = new Intl.PluralRules(document.documentElement.lang);
const found = (n) => (words.found[plural.select(n)] ?? words.found.other).replace("{}", n);
const STEP = 20;

const element = (tag, className, ...children) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};
// Pagefind marks what it found with <mark>, and escapes nothing else that it was given.
const excerpt = (text) =>
  text.split(/(<mark>.*?<\/mark>)/).map((part) => {
    const found = /^<mark>(.*)<\/mark>$/.exec(part);
    return found ? element("mark", "", plain(found[1])) : plain(part);
  });
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#x27": "'" };
const plain = (text) => text.replace(/&(lt|gt|amp|quot|#39|#x27);/g, (_, name) => NAMED[name]);

let index;
const opened = () =>
  (index ??= (async () => {
    // A large archive has several indexes; the last is that of the newest articles.
    const open = async (_, n) => {
      const index = await import(new URL(`${form.dataset.index}${form.dataset.indexes - n}/pagefind.js`, document.baseURI).href);
      // Its worker is none of those that the page's policy lets start.
      await index.options({ baseUrl: "/", excerptLength: 30, noWorker: true });
      return { index, filters: await index.filters() };
    };
    const parts = await Promise.all(Array.from({ length: form.dataset.indexes }, open));
    const heard = new Map();
    for (const { filters } of parts) {
      for (const [name, n] of Object.entries(filters.speaker ?? {})) heard.set(name, (heard.get(name) ?? 0) + n);
    }
    const names = [...heard.keys()].sort((a, b) => heard.get(b) - heard.get(a) || a.localeCompare(b));
    // A long list is slow to open; any name can be typed.
    const options = names.slice(0, 1000).map((name) => Object.assign(document.createElement("option"), { value: name }));
    document.getElementById("speakers").replaceChildren(...options);
    return { indexes: parts.map(({ index }) => index), names };
  })().catch((error) => {
    index = undefined; // the next question asks again
    throw error;
  }));

const item = ({ url, meta, excerpt: words }) => {
  const link = element("a", "", plain(meta.title ?? url));
  link.href = site + url.replace(/^\//, "");
  const parts = [element("h2", "", link), element("p", "teaser", ...excerpt(words))];
  if (meta.date) parts.unshift(element("p", "kicker", plain(meta.date)));
  if (meta.voices) parts.push(element("p", "heard", plain(meta.voices)));
  return element("li", "", ...parts);
};

// Whether what was found has a word of the question, or one that begins alike, as other forms of it do.
const has = async (result, query) => {
  if (!result) return false;
  const { excerpt: text, meta } = await result.data();
  const marked = [...text.matchAll(/<mark>(.*?)<\/mark>/g)].map((mark) => plain(mark[1]));
  const found = [...marked, ...plain(meta.title ?? "").split(/\s+/)].map((word) => word.toLowerCase());
  const starts = query.toLowerCase().split(/\s+/).map((word) => word.slice(0, 4));
  return starts.some((start) => found.some((word) => word.startsWith(start)));
};

let nAsked = 0;
const search = async () => {
  const mine = (nAsked += 1);
  const fields = new FormData(form);
  const [query, said] = ["q", "speaker"].map((name) => String(fields.get(name) ?? "").trim());
  const address = new URLSearchParams({ ...(query && { q: query }), ...(said && { speaker: said }) });
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
  list.replaceChildren();
  more.hidden = true;
  if (!query && !said) return (status.textContent = "");
  status.textContent = words.searching;
  try {
    const { indexes, names } = await opened();
    const name = said.toLowerCase();
    const speakers = names.filter((known) => known.toLowerCase() === name);
    const like = speakers.length ? speakers : names.filter((known) => known.toLowerCase().includes(name));
    // Without words, all articles in which somebody speaks, the newest first.
    const options = { ...(said && { filters: { speaker: { any: like } } }), ...(!query && { sort: { date: "desc" } }) };
    const wanted = said && !like.length ? [] : indexes;
    const answers = await Promise.all(wanted.map((index) => index.search(query || null, options)));
    // An index that does not have a word looks for its beginning instead: that counts only where no other has the word.
    const meant = query && answers.length > 1 ? await Promise.all(answers.map((answer) => has(answer.results[0], query))) : [];
    const good = answers.filter((_, n) => meant[n]);
    const results = (good.length ? good : answers).flatMap((answer) => answer.results);
    if (query) results.sort((a, b) => b.score - a.score);
    if (mine !== nAsked) return;
    status.textContent = found(results.length);
    let shown = 0;
    const show = async () => {
      const next = results.slice(shown, (shown += STEP));
      const items = (await Promise.all(next.map((result) => result.data()))).map(item);
      if (mine !== nAsked) return;
      list.append(...items);
      more.hidden = shown >= results.length;
    };
    more.onclick = show;
    await show();
  } catch (error) {
    console.error(error);
    if (mine === nAsked) status.textContent = navigator.onLine ? words.failed : words.offline;
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
form.addEventListener("focusin", () => opened().catch(() => {}), { once: true });
const asks = new URLSearchParams(location.search);
for (const name of ["q", "speaker"]) form.elements[name].value = asks.get(name) ?? "";
if (asks.get("q") || asks.get("speaker")) search();
