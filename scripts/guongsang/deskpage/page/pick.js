// Type without marks, see what matches, pick: the combobox of ARIA's practices.
import { get } from "./api.js";
import { h, later, newId, t } from "./dom.js";

/** Return a box that looks things up; `take` gets what was picked. Kinds are those of pick.json. */
export function picker(kind, label, take, { hint, extra = {}, create } = {}) {
  const id = newId("pick");
  let found = [];
  let at = -1;
  let asked = 0;
  const list = h("ul", { class: "offers", role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const input = h("input", { id, type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": `${id}-list`, placeholder: hint, oninput: later(() => look(), 80), onkeydown: press,
    onfocus: () => input.value && look(), onblur: () => setTimeout(close, 150) });

  async function look() {
    const mine = ++asked;
    const told = input.value.trim() || kind !== "place" ? (await get("pick.json", { kind, q: input.value, ...extra })).found : [];
    if (mine !== asked || document.activeElement !== input) return;
    found = create && input.value.trim() ? [...told, { create: input.value.trim(), label: create(input.value.trim()) }] : told;
    at = found.length ? 0 : -1;
    draw();
  }

  function draw() {
    list.replaceChildren(...found.map((each, n) => h("li", { role: "option", id: `${id}-${n}`, "aria-selected": String(n === at),
      onmousedown: (event) => { event.preventDefault(); choose(n); } },
      h("span", {}, each.label), each.about ? h("small", {}, each.about) : null)));
    if (!found.length && input.value.trim()) list.replaceChildren(h("li", { class: "nothing", role: "option", "aria-disabled": "true" }, t("pick-none")));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) return void look();
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (at >= 0 && !list.hidden) choose(at);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  }

  function choose(n) {
    // Who types faster than the list comes means what stands in the box now.
    const picked = found[n].create ? { ...found[n], create: input.value.trim() } : found[n];
    input.value = "";
    close();
    take(picked);
  }

  function close() {
    asked++;
    found = [];
    at = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  return h("div", { class: "pick" }, h("label", { for: id }, label), input, list);
}
