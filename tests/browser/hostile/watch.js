// What no input may do to a page: run, break the policy, ask other hosts, be more than the model has, leave the
// article's box. Runs before anything else of a page; `hostile.look()` answers what was seen since the last look.
(() => {
  const faults = [];
  const fault = (what) => faults.push(String(what).slice(0, 300));
  // Live rows call one of these; what came back from a frame of ours is asked in the page around.
  for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox"]) {
    window[name] = (...args) => fault(`ran ${name}(${args})`);
  }
  addEventListener("securitypolicyviolation", (e) => fault(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`), true);
  const prototype = Object.getOwnPropertyNames(Object.prototype).join();

  const words = (text) => new Set(text.trim().split(/\s+/));
  // The elements and attributes that the reader makes, everywhere.
  const TAGS = words(`a abbr article aside b bdi blockquote br button caption circle clipPath code datalist dd defs
    details dialog div dixit-article dl dt em fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 header hr i
    img input kbd label legend li line main mark nav ol optgroup option output p path pattern pre progress q rect
    s section select slot small span strong sub summary sup svg table tbody td text textarea tfoot th thead
    time title tr u ul use`);
  // Those of them that an article's own text can become, with the reader's marks and tools in it.
  const OF_ARTICLES = words(`a abbr b bdi blockquote br button circle code div em figcaption figure g h2 h3 h4 h5 h6 hr i img li line
    ol p path pre q rect s small span strong sub sup svg table tbody td text th thead tr u ul use`);
  const ATTRIBUTES = words(`accept action alt autocapitalize autocomplete charset checked class colspan content crossorigin cx cy d
    datetime dir disabled download draggable enterkeyhint fill for form height hidden href hreflang id inert inputmode integrity
    is kind lang list loading max maxlength media method min multiple name open part placeholder popover preload preserveaspectratio r
    readonly referrerpolicy rel role rows rowspan rx ry scope selected shape sizes spellcheck src start step stroke
    tabindex target title transform type value viewbox width x x1 x2 xlink:href xmlns y y1 y2`);
  const OF_THE_ELEMENT = words("comments key lang loading page src theme ui-lang view");
  const NAMES = 4; // pixels by which the colour of a name is wider than its words
  const SAFE = words("http: https: mailto: blob:");

  const of = (e) => `<${e.localName}> in ${e.closest("[class]")?.getAttribute("class")}`;
  const lookAt = (e, article, box) => {
    if (!TAGS.has(e.localName) || (article && !OF_ARTICLES.has(e.localName))) return fault(`element outside the model: ${of(e)}`);
    for (const { name, value } of e.attributes) {
      const known = ATTRIBUTES.has(name.toLowerCase()) || /^(aria|data)-[a-z-]+$/.test(name) || (e.localName === "dixit-article" && OF_THE_ELEMENT.has(name));
      if (!known || name.startsWith("on") || name === "style") fault(`attribute outside the model: ${name}=${value} of ${of(e)}`);
      if (article && (name === "id" || name === "name") && !/^([qasch]|part|note)-/.test(value)) fault(`unprefixed ${name}: ${value} of ${of(e)}`);
    }
    const address = e.localName === "a" ? e : e.localName === "img" ? new URL(e.src, location) : undefined;
    // The one script that is an address is ours, to be dragged to the bookmarks bar.
    const isBookmarklet = e.matches("main.start > * > [data-act=bookmarklet]") && e.href.startsWith(`javascript:(()=>{const d="${location.origin}/`);
    if (address?.href && !SAFE.has(address.protocol) && !isBookmarklet) fault(`address: ${address.href} of ${of(e)}`);
    if (e.target === "_blank" && !/noopener/.test(e.rel)) fault(`opener: ${of(e)}`);
    if (e.localName === "img" && (e.loading !== "lazy" || e.referrerPolicy !== "no-referrer")) fault(`picture: ${of(e)}`);
    // The badges of speakers stand beside the text that they belong to; tables and code scroll in boxes of their own.
    if (!article || e.closest(".badges, .why, .sheet *, pre *")) return;
    if (e.namespaceURI === "http://www.w3.org/1999/xhtml" && getComputedStyle(e).position === "fixed") fault(`fixed: ${of(e)}`);
    const { left, right, top, bottom, width, height } = e.getBoundingClientRect();
    const isOut = left < box.left - NAMES || right > box.right + NAMES || top < box.top - NAMES || bottom > box.bottom + NAMES;
    if (width > 1 && height > 1 && isOut) {
      fault(`outside the article's box: ${of(e)} ${[left, right, top, bottom].map(Math.round)}, ${[box.left, box.right, box.top, box.bottom].map(Math.round)}`);
    }
  };
  const walk = (root) => {
    const bodies = [...root.querySelectorAll(".body")];
    const boxes = new Map(bodies.map((b) => [b, b.closest("article").getBoundingClientRect()]));
    // The page around an embedded article is its host's own; what is said without scripts, and
    // the document that a published page carries, are data.
    const ours = root !== document || !window.isHost;
    for (const e of root.querySelectorAll(root === document ? "body *:not(noscript:is(body > *, .site-page > *), body > script[type='application/json'])" : "*")) {
      const body = e.closest(".body");
      if (ours) lookAt(e, body && body !== e ? body : null, boxes.get(body));
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };

  let read = 0;
  window.hostile = {
    fault,
    /** What was seen since the last look; requests to others only where the input may not ask for them. */
    look(mayFetch = false) {
      walk(document);
      const asked = performance.getEntriesByType("resource");
      for (const { name } of asked.slice(read)) {
        const own = name.startsWith(`${location.origin}/`) || /^(data|blob):/.test(name);
        if (!mayFetch && !own && !(window.served ?? []).some((from) => name.startsWith(from))) fault(`asked ${name}`);
      }
      read = asked.length;
      if (Object.getOwnPropertyNames(Object.prototype).join() !== prototype || {}.x !== undefined) fault("a changed prototype");
      return faults.splice(0);
    },
  };
  performance.setResourceTimingBufferSize(100_000);
})();
