// The radio script of a story: as it is read aloud, how long it lasts, where to look first.
import { h, t } from "./dom.js";
import { make, open, showFiles } from "./made.js";

export function askScript(address) {
  const words = h("input", { type: "checkbox" });
  return make(t("script"), {
    about: [h("p", {}, t("script-about")), h("p", {}, h("label", { class: "tick" }, words, t("script-words")))],
    wish: () => ({ story: address, words: words.checked }),
    address: "script.json", verb: t("script-make"), wait: t("print-busy"), show: showMade,
  });
}

const showMade = (made) => showFiles(made, h("p", {}, t("script-length", made)), open(made.files[0], t("script-open")),
  open(made.files[1], t("script-open-text"), "quiet"));
