// A form made from the JSON Schema: one control for each kind of field, its problems right below it.
import { h, newId, t } from "./dom.js";

/** What is being edited: values by path, and who wants to know that one has changed. */
export class Draft {
  constructor(front, body, schema, changed) {
    this.was = structuredClone(front);
    this.wasBody = body;
    this.front = front;
    this.body = body;
    this.schema = schema;
    this.changed = changed;
  }

  get(path) {
    return path.reduce((value, key) => value?.[key], this.front);
  }

  /** Set a value; what is empty goes, as people leave it out of a file. */
  set(path, value) {
    const parents = path.slice(0, -1);
    let place = this.front;
    for (const [at, key] of parents.entries()) {
      place[key] ??= typeof path[at + 1] === "number" ? [] : {};
      place = place[key];
    }
    const key = path.at(-1);
    if (isEmpty(value) && !Array.isArray(place)) delete place[key];
    else place[key] = value;
    if (parents.length && isEmpty(place) && !Array.isArray(place)) this.set(parents, undefined);
    else this.changed();
  }

  setBody(text) {
    this.body = text;
    this.changed();
  }

  /** The top-level keys that differ from the file: null for one that goes. */
  get changes() {
    const keys = new Set([...Object.keys(this.was), ...Object.keys(this.front)]);
    const found = {};
    for (const key of keys)
      if (JSON.stringify(this.was[key]) !== JSON.stringify(this.front[key])) found[key] = this.front[key] ?? null;
    return found;
  }

  /** What goes to the program: only what was changed here, so that the rest may change elsewhere. */
  get sent() {
    return { changes: this.changes, body: this.body === this.wasBody ? null : this.body };
  }

  get isChanged() {
    return this.body !== this.wasBody || Object.keys(this.changes).length > 0;
  }

  /** From now on the file says this. */
  settle(front, body) {
    this.was = structuredClone(front);
    this.wasBody = body;
  }

  /** The schema of the field at a path. */
  shape(path) {
    let shape = this.schema;
    for (const key of path) shape = this.inner(typeof key === "number" ? shape.items : shape.properties?.[key]);
    return shape ?? {};
  }

  inner(shape) {
    let found = shape ?? {};
    const told = found;
    if (found.anyOf) found = found.anyOf.find((each) => each.type !== "null");
    if (found.allOf) found = found.allOf[0];
    if (found.$ref) found = this.schema.$defs[found.$ref.split("/").pop()];
    return { ...found, description: told.description ?? found.description };
  }
}

const isEmpty = (value) => value === undefined || value === null || value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

export const nameOf = (path) => path.reduce((name, key) => (typeof key === "number" ? `${name}[${key}]` : name ? `${name}.${key}` : key), "");

/** Return a field: its label, a control, what is said about it, room for its problems. */
export function field(path, label, control, { hint, wide = true } = {}) {
  const id = newId("f");
  const faults = `${id}-faults`;
  const inputs = control.matches("input, select, textarea") ? [control] : [...control.querySelectorAll("[data-main]")];
  for (const input of inputs) {
    input.id ||= id;
    input.setAttribute("aria-describedby", [hint ? `${id}-hint` : "", faults].join(" ").trim());
  }
  return h("div", { class: wide ? "field" : "field narrow", "data-field": nameOf(path) },
    h("label", { for: inputs[0]?.id ?? id }, label), control,
    hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null, h("ul", { class: "faults", id: faults }));
}

/** Return a fieldset for what has several controls. */
export const group = (path, label, ...inside) =>
  h("fieldset", { "data-field": nameOf(path) }, h("legend", {}, label), inside, h("ul", { class: "faults" }));

/** A text of one or of several lines. */
export function text(draft, path, label, { rows = 1, hint, example, ...more } = {}) {
  const shape = draft.shape(path);
  const about = { ".value": draft.get(path) ?? "", placeholder: example, maxlength: shape.maxLength ? shape.maxLength * 2 : null,
    oninput: ({ target }) => draft.set(path, target.value), ...more };
  const control = rows > 1 ? h("textarea", { rows, ...about }) : h("input", { type: "text", autocomplete: "off", ...about });
  return field(path, label, control, { hint });
}

export function choice(draft, path, label, options, { hint, none = true, wide } = {}) {
  const value = draft.get(path);
  const listed = options.some(([key]) => key === value) || !value ? options : [...options, [value, value]];
  const control = h("select", { onchange: ({ target }) => draft.set(path, target.value) },
    none ? h("option", { value: "" }, t("choose")) : null, listed.map(([key, name]) => h("option", { value: key }, name)));
  control.value = value ?? "";
  return field(path, label, control, { hint, wide });
}

/** Several of a few: each a box to tick. */
export function ticks(draft, path, label, options) {
  const chosen = draft.get(path) ?? [];
  const strange = chosen.filter((key) => !options.some(([each]) => each === key)).map((key) => [key, key]);
  const all = [...options, ...strange];
  const tick = () => draft.set(path, all.map(([key]) => key).filter((key) => boxes.get(key).checked));
  const boxes = new Map(all.map(([key]) => [key, h("input", { type: "checkbox", ".checked": chosen.includes(key), onchange: tick })]));
  return group(path, label, h("div", { class: "ticks" }, all.map(([key, name]) => h("label", { class: "tick" }, boxes.get(key), h("span", {}, name)))));
}

export function day(draft, path, label, { hint } = {}) {
  const control = h("input", { type: "date", ".value": draft.get(path) ?? "", onchange: ({ target }) => draft.set(path, target.value) });
  return field(path, label, control, { hint, wide: false });
}

/** A day, with an hour if somebody wants one. */
export function moment(draft, path, label, { hint } = {}) {
  const [date, time] = String(draft.get(path) ?? "").split(/[ T]/);
  const put = () => draft.set(path, [days.value, days.value && hours.value].filter(Boolean).join(" "));
  const days = h("input", { type: "date", "data-main": true, ".value": date ?? "", onchange: put });
  const hours = h("input", { type: "time", "aria-label": t("hour"), ".value": (time ?? "").slice(0, 5), onchange: put });
  return field(path, label, h("div", { class: "pair" }, days, hours), { hint, wide: false });
}

/** Words one after the other, each a line. */
export function lines(draft, path, label, { hint } = {}) {
  const control = h("textarea", { rows: 2, ".value": (draft.get(path) ?? []).join("\n"),
    oninput: ({ target }) => draft.set(path, target.value.split("\n").map((each) => each.trim()).filter(Boolean)) });
  return field(path, label, control, { hint });
}

/** A list of records: each drawn by `draw(path)`, with buttons to move and remove it. */
export function records(draft, path, label, draw, { add, name } = {}) {
  const place = h("div", { class: "records" });
  const list = () => draft.get(path) ?? [];
  const redraw = () => place.replaceChildren(...list().map((_, at) => h("div", { class: "record", "data-field": nameOf([...path, at]) },
    h("div", { class: "record-head" }, h("strong", {}, name?.(list()[at], at) ?? `${at + 1}`), h("span", { class: "record-tools" },
      at > 0 ? tool("↑", t("move-up"), () => move(at, at - 1)) : null,
      at < list().length - 1 ? tool("↓", t("move-down"), () => move(at, at + 1)) : null,
      tool("×", t("remove"), () => { draft.set(path, list().filter((_, each) => each !== at)); redraw(); }))),
    draw([...path, at], redraw), h("ul", { class: "faults" }))));
  const move = (from, to) => {
    const all = [...list()];
    all.splice(to, 0, ...all.splice(from, 1));
    draft.set(path, all);
    redraw();
  };
  const append = (record) => { draft.set(path, [...list(), record]); redraw(); };
  redraw();
  const made = group(path, label, place, add?.(append, redraw));
  made.redraw = redraw;
  made.append_ = append;
  return made;
}

const tool = (sign, label, act) => h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick: act }, sign);

/** Any field, as its schema says. */
export function generic(draft, path) {
  const shape = draft.shape(path);
  const label = path.length > 1 && path.at(-1) === "date" ? t("day") : t(`field-${path.at(-1)}`);
  const hint = path.length === 1 ? shape.description : undefined;
  if (shape.enum) return choice(draft, path, label, shape.enum.map((key) => [key, draft.labels?.[path.at(-1)]?.[key] ?? key]), { hint });
  if (shape.format === "date") return day(draft, path, label, { hint });
  if (shape.pattern?.includes("[ T]")) return moment(draft, path, label, { hint });
  if (shape.type === "integer") return number(draft, path, label);
  if (shape.type === "object") return group(path, label, h("div", { class: "inside" }, Object.keys(shape.properties).map((key) => generic(draft, [...path, key]))));
  if (shape.type === "array" && draft.inner(shape.items).type === "object")
    return records(draft, path, label, (at) => Object.keys(draft.shape(at).properties).filter((key) => key !== "consent").map((key) => generic(draft, [...at, key])),
      { add: (append) => h("button", { type: "button", class: "quiet small", onclick: () => append({}) }, t("add")) });
  if (shape.type === "array") return lines(draft, path, label, { hint });
  return text(draft, path, label, { hint });
}

function number(draft, path, label) {
  const control = h("input", { type: "number", min: 1, ".value": draft.get(path) ?? "",
    oninput: ({ target }) => draft.set(path, target.value === "" ? undefined : Number(target.value)) });
  return field(path, label, control, { wide: false });
}

/** Put problems beside their fields: at the field itself, or the nearest around it. */
export function showFaults(form, problems, loose) {
  for (const place of form.querySelectorAll(".faults")) place.replaceChildren();
  for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
  const rest = [];
  for (const found of problems) {
    const place = placeOf(form, found.field ?? "");
    if (!place) { rest.push(found); continue; }
    [...place.querySelectorAll(".faults")].at(-1)?.append(fault(found));
    if (found.severity === "error") place.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
    place.closest("details")?.setAttribute("data-faults", "");
  }
  loose.replaceChildren(...rest.map(fault));
}

function placeOf(form, name) {
  for (let path = name; path; path = path.replace(/(\.[^.[]+|\[\d+\])$|^[^.[]+$/, "")) {
    const found = form.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (found) return found;
  }
  return null;
}

export const fault = (found) => h("li", { "data-severity": found.severity },
  h("strong", {}, found.message), " ", found.hint, found.line > 1 && !found.field ? h("span", { class: "where" }, ` ${t("line", { line: found.line })}`) : null);
