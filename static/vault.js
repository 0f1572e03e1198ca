// The browser's IndexedDB: one database, one store, texts under their keys. It is opened for each use, so that nothing
// holds it: not a newer Dixit in another tab, nor a person who clears it.
"use strict";
const [DATABASE, STORE] = ["dixit", "entries"];
// The version of the layout. The entries carry versions of their own.
const LAYOUT = 1;
// How long it may take to open, in milliseconds.
const PATIENCE = 4_000;

// Whether it did not open in time: some browsers never answer, and later calls do not wait then.
let dead = false;

// Resolves to what the requests that `ask` makes of the store are answered, once all of it is committed.
const asked = async (mode, ask) => {
  if (!indexedDB) throw new DOMException("there is none", "SecurityError");
  if (dead) throw undefined;
  const opening = indexedDB.open(DATABASE, LAYOUT);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  let late;
  await new Promise((resolve, reject) => {
    late = setTimeout(() => reject(void (dead = true)), PATIENCE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => (dead ? opening.result.close() : resolve());
  }).finally(() => clearTimeout(late));
  const database = opening.result;
  try {
    const transaction = database.transaction(STORE, mode);
    const requests = ask(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return requests.map((request) => request.result);
  } finally {
    database.close();
  }
};

// The entries whose keys begin with `prefix`: keys and texts by turns. No key of ours holds a character above U+FFFE.
export const load = async (prefix) => {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const [keys, texts] = await asked("readonly", (store) => [store.getAllKeys(range), store.getAll(range)]);
  return keys.flatMap((key, n) => [key, texts[n]]);
};

// Keeps the entries `puts`, keys and texts by turns, and removes those under `removals`: all of it or nothing.
export const write = (puts, removals) =>
  asked("readwrite", (store) => {
    for (let n = 0; n < puts.length; n += 2) store.put(puts[n + 1], puts[n]);
    for (const key of removals) store.delete(key);
    return [];
  });
