// What did not come through when a story was taken in, until somebody has seen it.
import { post } from "./api.js";
import { h, t } from "./dom.js";

const LEAST = 12; // letters that find a place

export function showLost(story) {
  const box = h("section", { class: "offer lost-words", "aria-label": t("told-title") }, h("h2", {}, t("told-title")),
    h("ul", {}, story.told.map(({ message, where }) => h("li", {}, h("span", {}, message),
      find(story.body, where) ? h("button", { type: "button", class: "quiet small", onclick: () => go(where) }, t("told-go")) : null))),
    h("button", { type: "button", onclick: async () => { await post("told.json", {}, { story: story.address }); box.remove(); } }, t("told-seen")));
  return box;
}

/** Choose the words in the text, and show them. */
function go(where) {
  const body = document.querySelector("textarea.body");
  const found = find(body.value, where);
  if (!found) return;
  body.focus();
  body.setSelectionRange(found.at, found.at + found.length);
  // A box without lines of its own scrolls with the form: its letters are as far down as they are many.
  const left = body.closest(".left");
  const part = found.at / Math.max(1, body.value.length);
  left.scrollTop += body.getBoundingClientRect().top - left.getBoundingClientRect().top + body.offsetHeight * part - left.clientHeight / 3;
}

/** Where words stand in a text, or the first of them: what is told of a picture begins with its name. */
function find(text, where) {
  for (const words of [where, where.slice(where.indexOf(", ") + 2)])
    for (let length = words.length; length >= LEAST; length = Math.floor(length / 2)) {
      const at = text.indexOf(words.slice(0, length));
      if (at >= 0) return { at, length };
    }
  return null;
}
