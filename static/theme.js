// Sets what the reader chose before the first paint, on pages whose other scripts wait: see boot.js, which does the rest.
try {
  for (const [name, value] of Object.entries(JSON.parse(localStorage.getItem("dixit/1/settings")))) {
    if (/^(theme|size|width|lines|face)$/.test(name) && /^[a-z0-9-]{1,16}$/.test(value)) document.documentElement.dataset[name] = value;
  }
} catch {} // nothing was chosen, or storage is blocked
