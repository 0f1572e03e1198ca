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
    const pagefind = await import(new URL(`${form.dataset.index}pagefind.js`, document.baseURI).href);
    // Its worker is none of those that the page's policy lets start.
    await pagefind.options({ baseUrl: "/", excerptLength: 30, noWorker: true });
    const { speaker = {} } = await pagefind.filters();
    const names = Object.keys(speaker).sort((a, b) => speaker[b] - speaker[a] || a.localeCompare(b));
    // A long list is slow to open; any name can be typed.
    const options = names.slice(0, 1000).map((name) => Object.assign(document.createElement("option"), { value: name }));
    document.getElementById("speakers").replaceChildren(...options);
    return { pagefind, names };
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

let asked = 0;
const search = async () => {
  const mine = (asked += 1);
  const fields = new FormData(form);
  const [query, said] = ["q", "speaker"].map((name) => String(fields.get(name) ?? "").trim());
  const address = new URLSearchParams({ ...(query && { q: query }), ...(said && { speaker: said }) });
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
  list.replaceChildren();
  more.hidden = true;
  if (!query && !said) return (status.textContent = "");
  status.textContent = words.searching;
  try {
    const { pagefind, names } = await opened();
    const meant = said.toLowerCase();
    const speakers = names.filter((name) => name.toLowerCase() === meant);
    const like = speakers.length ? speakers : names.filter((name) => name.toLowerCase().includes(meant));
    const none = { results: [] };
    // Without words, all articles in which somebody speaks, the newest first.
    const options = { ...(said && { filters: { speaker: { any: like } } }), ...(!query && { sort: { date: "desc" } }) };
    const { results } = said && !like.length ? none : await pagefind.search(query || null, options);
    if (mine !== asked) return;
    status.textContent = found(results.length);
    let shown = 0;
    const show = async () => {
      const next = results.slice(shown, (shown += STEP));
      const items = (await Promise.all(next.map((result) => result.data()))).map(item);
      if (mine !== asked) return;
      list.append(...items);
      more.hidden = shown >= results.length;
    };
    more.onclick = show;
    await show();
  } catch (error) {
    console.error(error);
    if (mine === asked) status.textContent = navigator.onLine ? words.failed : words.offline;
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
