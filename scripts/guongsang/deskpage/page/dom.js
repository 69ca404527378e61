// Elements without markup: what editors typed is text, never HTML.

/** Make an element: attributes, "on…" listeners, properties of other names with a leading dot. */
export function h(name, about = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(about ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key.startsWith(".")) made[key.slice(1)] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat(3).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

let texts = {};
export const setTexts = (told) => (texts = told);

/** Return a text of the table with its values filled in. */
export function t(key, values = {}) {
  if (!(key in texts)) throw new Error(`no text ${key}`);
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Small letters without marks, đ as d: "Đường ĐI" becomes "duong di". */
export const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");

/** Tell who cannot see what has just happened, and show it for a while to those who can. */
export function announce(text, kind = "") {
  const place = document.getElementById("news");
  place.dataset.kind = kind;
  place.textContent = text;
  clearTimeout(announce.timer);
  if (kind !== "bad") announce.timer = setTimeout(() => (place.textContent = ""), 6000);
}

let count = 0;
export const newId = (stem = "g") => `${stem}-${++count}`;

/** Call something once it has been quiet for a while; `flush` does not wait. */
export function later(act, wait) {
  let timer = null;
  const run = () => { timer = null; return act(); };
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  call.stop = () => { clearTimeout(timer); timer = null; };
  call.flush = () => {
    if (timer === null) return undefined;
    clearTimeout(timer);
    return run();
  };
  return call;
}
