// A manuscript with the photos that came beside it: dropped or chosen, read, asked about, a draft.
import { PHOTO_TYPES, isPhoto, post } from "./api.js";
import { ask } from "./actions.js";
import { h, newId, t } from "./dom.js";

/** Take files that are dropped anywhere on the list; returns how to stop. */
export function takeDrops() {
  const cover = h("div", { class: "cover", hidden: true }, h("p", {}, t("manuscript-here")));
  const isFiles = (event) => event.dataTransfer?.types.includes("Files") && !document.querySelector("dialog[open]");
  const over = (event) => { if (isFiles(event)) { event.preventDefault(); cover.hidden = false; } };
  const leave = (event) => { if (!event.relatedTarget) cover.hidden = true; };
  const drop = (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    cover.hidden = true;
    askManuscript([...event.dataTransfer.files]);
  };
  document.body.append(cover);
  const heard = { dragover: over, dragleave: leave, drop };
  for (const [name, act] of Object.entries(heard)) addEventListener(name, act);
  return () => {
    cover.remove();
    for (const [name, act] of Object.entries(heard)) removeEventListener(name, act);
  };
}

/** Ask for a manuscript, or take these files; then open the form of its draft. */
export function askManuscript(files = []) {
  let read = null; // what the program has found in the manuscript
  let reading = false;
  let making = false;
  let work = Promise.resolve();
  const rows = h("ul", { class: "uploads", "aria-live": "polite" });
  const found = h("div", { class: "found" });
  const title = h("input", { id: newId("title"), type: "text", autocomplete: "off", maxlength: 200 });
  const column = h("select", { id: newId("column") });
  const chooser = h("input", { type: "file", id: newId("manuscript"), multiple: true, class: "hidden-input", accept: `.docx,.docm,.dotx,.doc,.odt,.rtf,.html,.htm,.txt,.md,${PHOTO_TYPES}`,
    onchange: () => { take([...chooser.files]); chooser.value = ""; } });
  const zone = h("div", { class: "zone", ondragover: (event) => { event.preventDefault(); zone.dataset.over = ""; }, ondragleave: () => delete zone.dataset.over,
    ondrop: (event) => { event.preventDefault(); delete zone.dataset.over; take([...event.dataTransfer.files]); } },
    h("p", {}, t("manuscript-drop")), chooser, h("label", { class: "button quiet", for: chooser.id }, t("manuscript-choose")), h("p", { class: "hint" }, t("manuscript-hint")));
  if (files.length) take(files);
  return ask(t("manuscript-title"), { about: [zone, rows, found], verb: t("manuscript-make"), act: make });

  /** The manuscript first: photos belong to it. */
  function take(chosen) {
    const texts = chosen.filter((file) => !isPhoto(file));
    for (const file of texts) {
      if (read || reading) tell(file, t("manuscript-again"));
      else {
        reading = true;
        work = work.then(() => send(file, takeIn)).then(() => (reading = false));
      }
    }
    for (const file of chosen.filter(isPhoto)) work = work.then(() => send(file, addPhoto));
  }

  function tell(file, text) {
    const row = h("li", {}, h("strong", { class: "bad" }, `${file.name}: ${text}`), " ", h("button", { type: "button", class: "quiet small", onclick: () => row.remove() }, t("close")));
    rows.append(row);
  }

  /** Show how one file fares. */
  async function send(file, does) {
    const told = h("span", { class: "hint", "aria-live": "off" }, t("manuscript-reading"));
    const bar = h("progress", { "aria-label": file.name });
    const row = h("li", {}, h("span", {}, file.name), bar, told);
    const began = performance.now();
    const clock = setInterval(() => (told.textContent = t("manuscript-seconds", { seconds: Math.round((performance.now() - began) / 1000) })), 1000);
    rows.append(row);
    try {
      // Else a folder, or a file that is gone by now, looks like a program that does not answer.
      const content = await file.arrayBuffer().catch(() => { throw new Error(t("manuscript-gone")); });
      const text = await does(file.name, new Blob([content]));
      bar.remove();
      told.textContent = text;
    } catch (error) {
      row.remove();
      const text = error.message.startsWith(`${file.name}: `) ? error.message.slice(file.name.length + 2) : error.message;
      tell(file, text);
    } finally {
      clearInterval(clock);
    }
  }

  async function takeIn(name, content) {
    read = await post("manuscript", content, { name });
    title.value = read.title;
    column.replaceChildren(h("option", { value: "" }, t("manuscript-column-none")), ...Object.entries(read.columns).map(([key, name]) => h("option", { value: key }, name)));
    column.value = read.column;
    const ticks = (kind) => (Object.keys(read[kind]).length ? h("fieldset", {}, h("legend", {}, t(`manuscript-${kind}`)), h("div", { class: "ticks" },
      Object.entries(read[kind]).map(([key, name]) => h("label", { class: "tick" }, h("input", { type: "checkbox", name: kind, value: key, ".checked": true }), name)))) : null);
    const line = (key, values, shown) => (shown ? h("p", { class: "hint" }, t(key, values)) : null);
    found.replaceChildren(...[
      h("div", { class: "field" }, h("label", { for: title.id }, t("field-title")), title),
      h("div", { class: "field" }, h("label", { for: column.id }, t("field-column")), column),
      line("manuscript-photos", { count: read.photos }, read.photos),
      ticks("places"),
      ticks("honorees"),
      read.losses.length ? h("details", {}, h("summary", {}, t("manuscript-losses", { count: read.losses.length })), h("ul", {}, read.losses.map((each) => h("li", {}, each)))) : null,
    ].filter(Boolean));
    zone.classList.add("small-zone");
    title.focus();
    return t("manuscript-read");
  }

  async function addPhoto(name, content) {
    if (!read) throw new Error(t("manuscript-none"));
    await post("manuscript-photo", content, { sent: read.sent, name });
    return t("manuscript-photo");
  }

  function ticked(kind) {
    return [...found.querySelectorAll(`[name="${kind}"]:checked`)].map(({ value }) => value);
  }

  async function make() {
    if (reading) throw new Error(t("manuscript-wait"));
    await work; // photos
    if (!read) throw new Error(t("manuscript-none"));
    if (making) return false;
    making = true;
    const row = h("li", {}, h("span", {}, t("manuscript-making")), h("progress", { "aria-label": t("manuscript-making") }));
    rows.append(row);
    try {
      const told = await post("take-in.json", { sent: read.sent, title: title.value.trim(), column: column.value, places: ticked("places"), honorees: ticked("honorees") });
      sessionStorage.deskSaid = t("manuscript-made");
      location.search = `?bai=${told.address}`;
      return true;
    } finally {
      making = false;
      row.remove();
    }
  }
}
