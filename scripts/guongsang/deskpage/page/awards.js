// Awards: those of the story's people to tick, and a small form for one that is not recorded yet.
import { post } from "./api.js";
import { announce, h, t } from "./dom.js";
import { field, ticks } from "./form.js";
import { picker } from "./pick.js";

export function awards(draft, known) {
  const place = h("div", { class: "inside" });
  let drawn = null;

  const people = () => (draft.front.honorees ?? []).map(({ id }) => id).filter((id) => known.honorees[id]);

  /** Draw again if the story is about others now; what is being typed here stays otherwise. */
  function redraw(force) {
    const now = people().join(" ");
    if (now === drawn && !force) return;
    drawn = now;
    const all = people().flatMap((id) => Object.entries(known.honorees[id].awards));
    place.replaceChildren(...[
      all.length || draft.front.awards ? ticks(draft, ["awards"], t("field-awards"), all) : null,
      people().length ? h("div", {}, h("button", { type: "button", class: "quiet small", onclick: ({ target }) => begin(target.parentNode) }, t("award-add"))) : null,
    ].filter(Boolean));
  }

  function begin(home) {
    const record = { honoree: people()[0] };
    const chosen = h("div", { class: "inside" });
    const wrong = h("p", { class: "bad", role: "alert" });
    const input = (key, label, about) => field([], label, h("input", { type: "text", autocomplete: "off", oninput: ({ target }) => { record[key] = target.value.trim(); }, ...about }));
    const select = (options, put) => h("select", { onchange: ({ target }) => put(target.value) }, options.map(([key, name]) => h("option", { value: key }, name)));
    const late = h("input", { type: "checkbox", onchange: ({ target }) => { record.posthumous = target.checked; } });

    const find = () => {
      delete record.award;
      delete record.kind;
      chosen.replaceChildren(picker("award", t("award-find"), take, { hint: t("award-hint"), create: (name) => t("award-create", { name }) }));
    };
    function take({ value, label, create }) {
      if (create) record.kind = { name: create, form: Object.keys(draft.labels.form)[0], level: Object.keys(draft.labels.level)[0] };
      else record.award = value;
      const again = h("button", { type: "button", class: "quiet small", onclick: () => { find(); chosen.querySelector("input").focus(); } }, t("award-other"));
      chosen.replaceChildren(h("p", { class: "record-about" }, h("strong", {}, create ?? label), " ", again), create ? h("div", { class: "columns" },
        field([], t("award-form"), select(Object.entries(draft.labels.form), (key) => { record.kind.form = key; })),
        field([], t("award-level"), select(Object.entries(draft.labels.level), (key) => { record.kind.level = key; }))) : "");
      again.focus();
    }
    async function write() {
      const year = record.year === "" || record.year === undefined ? undefined : Number(record.year);
      try {
        const told = await post("award.json", { ...record, year });
        known.honorees[record.honoree] = told.record;
        draft.set(["awards"], [...(draft.front.awards ?? []), told.id]);
        redraw(true);
        announce(t("award-made"));
      } catch (error) {
        wrong.textContent = error.message;
      }
    }

    find();
    home.replaceChildren(h("fieldset", { class: "record" }, h("legend", {}, t("award-new")), h("div", { class: "stack" },
      people().length > 1 ? field([], t("award-whose"), select(people().map((id) => [id, known.honorees[id].name]), (id) => { record.honoree = id; })) : h("p", { class: "hint" }, t("award-of", { name: known.honorees[record.honoree].name })),
      chosen,
      h("div", { class: "columns" }, input("year", t("award-year"), { inputmode: "numeric", placeholder: "1985" }), input("decision", t("award-decision")), input("issuer", t("award-issuer"))),
      h("label", { class: "tick" }, late, h("span", {}, t("award-posthumous"))), wrong,
      h("div", { class: "photo-tools" }, h("button", { type: "button", class: "small", onclick: write }, t("award-write")),
        h("button", { type: "button", class: "quiet small", onclick: () => redraw(true) }, t("cancel"))))));
    chosen.querySelector("input").focus();
  }

  redraw();
  place.redraw = redraw;
  return place;
}
