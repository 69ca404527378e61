// Stories on paper: a bulletin of a month, a quarter or some stories, and the poster of one.
import { ask } from "./actions.js";
import { get, post } from "./api.js";
import { fold, h, later, newId, t } from "./dom.js";

const MOST = 8; // stories that are offered at once

export const askPoster = (address) => print(t("poster"), { about: h("p", {}, t("poster-about")), wish: () => ({ act: "poster", story: address }) });

/** Of all `rows` what is chosen, or of one story alone. */
export async function askBulletin({ rows, address }) {
  let offer;
  try {
    offer = await get("print.json");
  } catch (error) {
    return ask(t("bulletin"), { about: error.message, verb: t("close") });
  }
  const what = address ? null : choose(offer.periods, rows.filter(({ state }) => state === "published"));
  const size = h("select", {}, ["a4", "a5"].map((key) => h("option", { value: key }, t(`print-on-${key}`))));
  const booklet = h("input", { type: "checkbox", onchange: () => { size.value = booklet.checked ? "a5" : "a4"; } });
  const title = h("input", { type: "text", maxlength: 120, autocomplete: "off", placeholder: offer.title });
  return print(t(address ? "print-story" : "bulletin"), {
    about: [what, field(t("print-size"), size), h("p", {}, h("label", { class: "tick" }, booklet, t("print-booklet"))), field(t("print-title"), title)],
    wish: () => ({ act: "bulletin", what: address ? [address] : what.read(), size: size.value, booklet: booklet.checked, title: title.value }),
  });
}

const print = (heading, told) => make(heading, { ...told, address: "print.json", verb: t("print"), wait: t("print-busy"), show: showMade });

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

const showMade = ({ files: [plain, folded], pages, stories, notes }) => ask(t("printed"), {
  about: [h("p", {}, t("printed-about", { pages, stories })), open(plain, t("printed-open")),
    folded ? [h("p", {}, t("printed-folded")), open(folded, t("printed-open-folded"), "quiet")] : null,
    notes.length ? h("ul", { class: "faults" }, notes.map((note) => h("li", {}, note))) : null,
    h("p", { class: "hint" }, t("printed-where", { path: plain }))],
  verb: t("close"),
});

export const open = (path, label, quiet = "") => h("p", {}, h("a", { class: `button ${quiet}`, href: path, target: "_blank" }, label));

export function field(label, control) {
  control.id = newId("print");
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}

/** A month, a quarter, or stories by name in the order in which they are ticked. */
function choose(periods, rows) {
  const option = ({ name, isQuarter, count, ...when }) => h("option", { value: name }, `${t(isQuarter ? "print-quarter" : "print-month", when)} · ${t("print-count", { count })}`);
  const group = (key, quarters) => {
    const found = periods.filter(({ isQuarter }) => isQuarter === quarters);
    return found.length ? h("optgroup", { label: t(key) }, found.map(option)) : null;
  };
  const which = h("select", { onchange: () => { pick.hidden = which.value !== ""; } },
    group("print-months", false), group("print-quarters", true), h("option", { value: "" }, t("print-chosen")));
  const chosen = new Map();
  const search = h("input", { type: "search", autocomplete: "off", oninput: later(() => draw(), 60), onkeydown: (event) => { if (event.key === "Enter") event.preventDefault(); } });
  const list = h("ul", { class: "plain send-list" });
  const pick = h("div", { hidden: which.value !== "" }, field(t("print-find"), search), list);
  const draw = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const fits = (row) => !chosen.has(row.address) && words.every((word) => fold([row.title, ...row.names, row.address].join(" ")).includes(word));
    const offered = [];
    for (const row of rows) if (offered.length < MOST && fits(row)) offered.push(row);
    list.replaceChildren(...[...chosen.values(), ...offered].map((row) => tick(row)));
    if (focused) list.querySelector(`input[value="${focused}"]`)?.focus();
  };
  const tick = (row) => {
    const box = h("input", { type: "checkbox", value: row.address, ".checked": chosen.has(row.address), onchange: () => {
      if (box.checked) chosen.set(row.address, row);
      else chosen.delete(row.address);
      draw();
    } });
    return h("li", {}, h("label", { class: "tick" }, box, h("span", {}, h("strong", {}, row.title), " ", h("small", {}, row.names.join(", ")))));
  };
  draw();
  const place = h("div", {}, field(t("print-which"), which), pick);
  place.read = () => {
    if (which.value) return [which.value];
    if (!chosen.size) throw new Error(t("print-choose"));
    return [...chosen.keys()];
  };
  return place;
}
