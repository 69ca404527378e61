// Who and where: people, their consent, places, authors.
import { post } from "./api.js";
import { announce, h, t } from "./dom.js";
import { choice, day, field, group, records, text, ticks } from "./form.js";
import { picker } from "./pick.js";

const options = (draft, key, only) => Object.entries(draft.labels[key]).filter(([each]) => !only || only.includes(each));

export function honorees(draft, known) {
  const path = ["honorees"];
  const nameIn = (each) => (each.id ? known.honorees[each.id]?.name ?? each.id : each.name || each.called || t("person-new"));
  return records(draft, path, t("field-honorees"), (at, redraw) => {
    const each = draft.get(at);
    return h("div", { class: "inside" }, each.id ? registered(known.honorees[each.id]) : inline(draft, at, redraw),
      text(draft, [...at, "role"], t("field-role"), { example: t("role-example") }), consent(draft, [...at, "consent"], { kind: each.id ? known.honorees[each.id]?.kind : each.kind, isMinor: each.minor, paper: () => paperOf(draft, at[1]) }));
  }, {
    name: nameIn,
    add: (append) => picker("honoree", t("person-find"), (picked) => {
      if (picked.record) known.honorees[picked.value] = picked.record;
      append(picked.create ? { kind: "person", name: picked.create } : { id: picked.value });
    },
      { hint: t("person-hint"), create: (name) => t("person-create", { name }) }),
  });
}

const registered = (record) => h("p", { class: "record-about" }, record ? [record.about, t("person-registered")].filter(Boolean).join(" · ") : t("person-unknown"));

function inline(draft, at, redraw) {
  const minor = h("input", { type: "checkbox", ".checked": Boolean(draft.get([...at, "minor"])),
    onchange: ({ target }) => { draft.set([...at, "minor"], target.checked || undefined); redraw(); } });
  const register = h("button", { type: "button", class: "quiet small", onclick: async () => {
    const each = draft.get(at);
    const told = await post("honoree.json", each);
    const kept = Object.fromEntries(["role", "consent", "minor"].filter((key) => each[key]).map((key) => [key, each[key]]));
    draft.known.honorees[told.id] = told.record;
    draft.set(at, { id: told.id, ...kept });
    redraw();
    announce(t("person-made", { name: told.record.name }));
  } }, t("person-register"));
  const kind = choice(draft, [...at, "kind"], t("field-kind"), options(draft, "kind", ["person", "collective", "household"]), { none: false });
  kind.querySelector("select").addEventListener("change", redraw);
  const isPerson = draft.get([...at, "kind"]) === "person";
  return h("div", { class: "columns" }, kind,
    text(draft, [...at, "name"], t("field-name"), { example: t("name-example") }),
    text(draft, [...at, "called"], t("field-called"), { example: t("called-example") }),
    isPerson ? [text(draft, [...at, "born"], t("field-born"), { example: t("born-example") }), text(draft, [...at, "died"], t("field-died"), { example: t("died-example") }),
      text(draft, [...at, "ethnic_group"], t("field-ethnic_group"), {}),
      h("div", { class: "field", "data-field": `honorees[${at[1]}].minor` }, h("label", { class: "tick" }, minor, h("span", {}, t("minor"))), h("ul", { class: "faults" }))] : null,
    draft.get([...at, "name"]) ? h("div", { class: "field" }, register, h("p", { class: "hint" }, t("person-register-hint"))) : null);
}

// Who signs, as the printed forms call them.
const whoOf = (draft, each) => (each.id ? draft.known.honorees[each.id]?.name : each.name || each.called || "–");

/** The number of the form that was printed for somebody, who may be called as others are. */
function paperOf(draft, at) {
  const who = draft.front.honorees.map((each) => whoOf(draft, each));
  return draft.known.papers[who[at]]?.[who.slice(0, at).filter((each) => each === who[at]).length];
}

/** Forms were printed: whoever has said that they are signed gets the number of theirs. */
export function takePapers(draft, papers) {
  draft.known.papers = papers;
  for (const [at, each] of (draft.front.honorees ?? []).entries()) {
    if (each.consent?.basis !== "consent" || each.consent.record) continue;
    const input = document.querySelector(`[data-field="honorees[${at}].consent.record"] input`);
    if (!input) continue;
    input.value = paperOf(draft, at) ?? "";
    input.dispatchEvent(new Event("input"));
  }
}

/** Questions in plain words; their answers are the record. `paper` finds the number of the form. */
export function consent(draft, path, { kind, isMinor, isPhoto, paper } = {}) {
  const place = h("div", { class: "consent", "data-field": "" });
  place.dataset.field = group(path, "").dataset.field;
  const draw = () => {
    const told = draft.get(path) ?? {};
    const bases = h("div", { class: "ticks column" }, options(draft, "basis").map(([key]) => {
      const box = h("input", { type: "radio", name: place.dataset.field, value: key, ".checked": told.basis === key,
        onchange: () => { draft.set(path, key === "consent" ? { basis: key, by: isMinor ? ["child", "guardian"] : ["self"], scope: isPhoto ? ["photo"] : ["name"], ...(paper?.() ? { record: paper() } : {}) } : { basis: key }); draw(); box.focus?.(); } });
      return h("label", { class: "tick" }, box, h("span", {}, t(`basis-${key}`)));
    }));
    const more = [];
    if (told.basis === "consent") {
      const who = h("select", { onchange: ({ target }) => draft.set([...path, "by"], target.value.split(",")) },
        ["self", "child,guardian", "guardian"].map((key) => h("option", { value: key }, t(`by-${key.replace(",", "-")}`))));
      who.value = (told.by ?? []).join(",");
      more.push(field([...path, "by"], t("consent-by"), who),
        ticks(draft, [...path, "scope"], t("consent-scope"), draft.inner(draft.shape([...path, "scope"]).items).enum.map((key) => [key, draft.labels.scope[key] ?? key])),
        h("div", { class: "columns" }, text(draft, [...path, "record"], t("consent-record"), { example: t("record-example") }),
          day(draft, [...path, "date"], t("consent-date")), day(draft, [...path, "until"], t("consent-until"))));
    } else if (told.basis) {
      more.push(text(draft, [...path, "note"], t("consent-note"), { rows: 2, example: t(`note-${told.basis}`) }));
    }
    place.replaceChildren(h("fieldset", {}, h("legend", {}, t(isPhoto ? "consent-photo" : kind === "person" || !kind ? "consent-person" : "consent-group")), bases),
      ...more, isPhoto && told.basis ? h("button", { type: "button", class: "quiet small", onclick: () => { draft.set(path, undefined); draw(); } }, t("consent-none")) : "", h("ul", { class: "faults" }));
  };
  draw();
  return place;
}

export function places(draft) {
  return records(draft, ["places"], t("field-places"), (at) => h("div", { class: "columns" },
    text(draft, [...at, "as_printed"], t("field-as_printed"), { example: t("printed-example") }),
    text(draft, [...at, "village"], t("field-village"), { example: t("village-example") })), {
    name: (each, at) => `${at === 0 ? t("place-main") : t("place-other")}: ${draft.known.places[each.unit] ?? each.unit}`,
    add: (append) => picker("place", t("place-find"), (picked) => { draft.known.places[picked.value] = picked.present; append({ unit: picked.value, as_printed: picked.printed }); }, { hint: t("place-hint") }),
  });
}

export function authors(draft, known) {
  const record = async (at, redraw) => {
    const { name, did } = draft.get(at);
    const told = await post("author.json", { name });
    known.authors[told.id] = told.name;
    draft.set(at, { id: told.id, did });
    redraw();
    announce(t("person-made", { name: told.name }));
  };
  return records(draft, ["authors"], t("field-authors"), (at, redraw) => h("div", { class: "columns" }, choice(draft, [...at, "did"], t("field-did"), options(draft, "did"), { none: false }),
    draft.get(at).name ? h("div", { class: "field" }, h("button", { type: "button", class: "quiet small", "aria-label": `${t("author-register")}: ${draft.get(at).name}`, onclick: () => record(at, redraw) }, t("author-register")), h("p", { class: "hint" }, t("author-register-hint"))) : null), {
    name: (each) => (each.id ? known.authors[each.id] ?? each.id : each.name),
    add: (append) => picker("author", t("author-find"), (picked) => append(picked.create ? { name: picked.create, did: "text" } : { id: picked.value, did: "text" }),
      { hint: t("author-hint"), create: (name) => t("author-create", { name }) }),
  });
}
