// The radio script of a story: as it is read aloud, how long it lasts, where to look first.
import { ask } from "./actions.js";
import { h, t } from "./dom.js";
import { make, open } from "./printing.js";

export function askScript(address) {
  const words = h("input", { type: "checkbox" });
  return make(t("script"), {
    about: [h("p", {}, t("script-about")), h("p", {}, h("label", { class: "tick" }, words, t("script-words")))],
    wish: () => ({ story: address, words: words.checked }),
    address: "script.json", verb: t("script-make"), wait: t("print-busy"), show: showMade,
  });
}

const showMade = ({ files: [word, text], length, notes }) => ask(t("printed"), {
  about: [h("p", {}, t("script-length", { length })), open(word, t("script-open")), open(text, t("script-open-text"), "quiet"),
    notes.length ? h("ul", { class: "faults" }, notes.map((note) => h("li", {}, note))) : null,
    h("p", { class: "hint" }, t("printed-where", { path: word }))],
  verb: t("close"),
});
