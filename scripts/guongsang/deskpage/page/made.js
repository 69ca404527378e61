// Files that are made for the editor: asked about, made, and offered to be opened.
import { ask } from "./actions.js";
import { post } from "./api.js";
import { h, newId, t } from "./dom.js";

/** Ask, then show what was made at an address; setting thirty stories takes some seconds. */
export async function make(heading, { about, wish, address, verb, wait, show }) {
  const busy = h("div", { role: "status", class: "busy" });
  let isBusy = false;
  let made;
  await ask(heading, {
    about: [about, busy], verb, act: async () => {
      if (isBusy) return false;
      const told = wish();
      isBusy = true;
      busy.textContent = wait;
      try {
        made = await post(address, told);
      } finally {
        isBusy = false;
        busy.textContent = "";
      }
      if (!busy.isConnected) show(made); // closed meanwhile: it is made all the same
      return true;
    },
  });
  if (made) await show(made);
}

/** Offer files that were made: where the first lies, and what there is to say of them. */
export const showFiles = ({ files: [first], notes = [] }, ...about) => ask(t("printed"), {
  about: [...about, notes.length ? h("ul", { class: "faults" }, notes.map((note) => h("li", {}, note))) : null,
    h("p", { class: "hint" }, t("printed-where", { path: first }))],
  verb: t("close"),
});

export const open = (path, label, quiet = "") => h("p", {}, h("a", { class: `button ${quiet}`, href: path, target: "_blank" }, label));

export function field(label, control) {
  control.id = newId("print");
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}
