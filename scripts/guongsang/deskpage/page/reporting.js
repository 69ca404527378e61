// The report of a period: which, with which head, and its files once they are made.
import { ask } from "./actions.js";
import { get } from "./api.js";
import { h, t } from "./dom.js";
import { field, make, open, showFiles } from "./made.js";

const HEADS = ["state", "party"];
const KINDS = ["half", "year", "quarter", "month"];

export async function askReport() {
  let offer;
  try {
    offer = await get("report.json");
  } catch (error) {
    return ask(t("report"), { about: error.message, verb: t("close") });
  }
  const period = choose(offer.periods);
  const head = h("select", {}, HEADS.map((key) => h("option", { value: key }, t(`report-on-${key}`))));
  const sheets = h("input", { type: "checkbox" });
  return make(t("report"), {
    about: [h("p", {}, t("report-about")), period.place, field(t("report-head"), head), h("p", {}, h("label", { class: "tick" }, sheets, t("report-xlsx")))],
    wish: () => ({ period: period.read(), head: head.value, xlsx: sheets.checked }),
    address: "report.json", verb: t("report-make"), wait: t("report-busy"), show: showMade,
  });
}

/** A period that has stories, or any other by typing. */
function choose(periods) {
  const option = ({ name, words, count }) => h("option", { value: name }, `${words[0].toUpperCase()}${words.slice(1)} · ${t("print-count", { count })}`);
  const groups = KINDS.map((kind) => [kind, periods.filter((each) => each.kind === kind)]).filter(([, found]) => found.length);
  const typed = h("input", { type: "text", maxlength: 20, autocomplete: "off", placeholder: "2026-01..2026-09" });
  const other = h("div", {}, field(t("report-typed"), typed));
  const which = h("select", { onchange: () => { other.hidden = which.value !== ""; } },
    groups.map(([kind, found]) => h("optgroup", { label: t(`report-${kind}`) }, found.map(option))), h("option", { value: "" }, t("report-other")));
  other.hidden = which.value !== "";
  const read = () => {
    const told = which.value || typed.value.trim();
    if (!told) throw new Error(t("report-choose"));
    return told;
  };
  return { place: h("div", {}, field(t("report-which"), which), other), read };
}

const showMade = (made) => showFiles(made, h("p", {}, t("reported-about", made)), open(made.files[0], t("report-open")),
  made.files[1] ? open(made.files[1], t("report-open-xlsx"), "quiet") : null);
