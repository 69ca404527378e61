// Stories on paper: a bulletin of a month, a quarter or some stories, and the poster of one.
import { ask } from "./actions.js";
import { get } from "./api.js";
import { fold, h, later, t } from "./dom.js";
import { field, make, open, showFiles } from "./made.js";

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

const showMade = (made) => showFiles(made, h("p", {}, t("printed-about", made)), open(made.files[0], t("printed-open")),
  made.files[1] ? [h("p", {}, t("printed-folded")), open(made.files[1], t("printed-open-folded"), "quiet")] : null);

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
