// Photos: dropped, pasted or chosen; clean before they are written; focus, crops, words, consent.
import { PHOTO_TYPES, picture, post } from "./api.js";
import { announce, h, newId, t } from "./dom.js";
import { group, nameOf, text } from "./form.js";
import { consent } from "./people.js";

const CROPS = [[1, 1], [4, 3], [16, 9]];
const STEP = 0.02;

export function photos(draft, story, { insert, saveSoon }) {
  const list = h("div", { class: "photos" });
  const progress = h("ul", { class: "uploads", "aria-live": "polite" });
  const chooser = h("input", { type: "file", id: newId("photos"), accept: PHOTO_TYPES, multiple: true, class: "hidden-input",
    onchange: () => { take([...chooser.files]); chooser.value = ""; } });
  const zone = h("div", { class: "zone", ondragover: (event) => { event.preventDefault(); zone.dataset.over = ""; },
    ondragleave: () => delete zone.dataset.over, ondrop: drop }, h("p", {}, t("photos-drop")),
    h("label", { class: "button quiet", for: chooser.id }, t("photos-choose")), chooser, h("p", { class: "hint" }, t("photos-hint")));
  const whole = group(["photos"], t("field-photos"), list, progress, zone);

  const all = () => [draft.get(["cover"]), ...(draft.get(["photos"]) ?? [])].filter(Boolean);
  const put = (records) => {
    draft.set(["cover"], records[0]);
    draft.set(["photos"], records.length > 1 ? records.slice(1) : undefined);
  };
  const pathOf = (at) => (draft.get(["cover"]) ? (at === 0 ? ["cover"] : ["photos", at - 1]) : ["photos", at]);
  // A photo may be of anybody: of several forms that were printed, nobody knows which.
  const onlyPaper = () => { const all = Object.values(draft.known.papers).flat(); return all.length === 1 ? all[0] : undefined; };
  const redraw = () => list.replaceChildren(...all().map((_, at) => card(at)));

  function drop(event) {
    event.preventDefault();
    delete zone.dataset.over;
    take([...event.dataTransfer.files]);
  }

  async function take(files) {
    let before = all().at(-1);
    for (const file of files) {
      const bar = h("progress", { "aria-label": file.name });
      const row = h("li", {}, h("span", {}, file.name), bar);
      progress.append(row);
      try {
        const told = await post("photo", file, { story: story.address, name: file.name });
        const record = { src: told.name, alt: "" };
        if (before?.credit) record.credit = before.credit;
        if (before?.consent) record.consent = structuredClone(before.consent);
        put([...all(), record]);
        before = record;
        redraw();
        row.remove();
        saveSoon();
      } catch (error) {
        row.replaceChildren(h("strong", { class: "bad" }, `${file.name}: ${error.message}`), " ",
          h("button", { type: "button", class: "quiet small", onclick: () => row.remove() }, t("close")));
      }
    }
    announce(t("photos-taken"));
  }

  function card(at) {
    const path = pathOf(at);
    const photo = draft.get(path);
    const isCover = path[0] === "cover";
    const move = (to) => { const records = [...all()]; records.splice(to, 0, ...records.splice(at, 1)); put(records); redraw(); };
    const tool = (label, act, sign) => h("button", { type: "button", class: "quiet small", onclick: act, "aria-label": `${label}: ${photo.src}` }, sign ?? label);
    const details = h("details", { open: Boolean(photo.consent?.basis) }, h("summary", {}, t("photo-consent-ask")), consent(draft, [...path, "consent"], { isPhoto: true, paper: onlyPaper }));
    return h("article", { class: "photo", "data-field": nameOf(path) },
      h("h3", {}, isCover ? t("photo-cover") : t("photo-number", { number: draft.get(["cover"]) ? at : at + 1 }), " ", h("code", {}, photo.src)),
      h("div", { class: "photo-in" }, focus(draft, path, story),
        h("div", { class: "photo-words" },
          text(draft, [...path, "alt"], t("field-alt"), { rows: 2, example: t("alt-example"), hint: t("alt-hint") }),
          text(draft, [...path, "caption"], t("field-caption"), {}),
          text(draft, [...path, "credit"], t("field-credit"), { example: t("credit-example") }))),
      details,
      h("div", { class: "photo-tools" },
        isCover ? null : tool(t("photo-make-cover"), () => move(0)),
        at > 1 ? tool(t("move-up"), () => move(at - 1)) : null,
        isCover ? null : tool(t("photo-insert"), () => insert(photo.src)),
        tool(t("photo-remove"), () => { put(all().filter((_, each) => each !== at)); redraw(); })),
      h("ul", { class: "faults" }));
  }

  redraw();
  whole.take = take;
  return whole;
}

/** The picture: a click or the arrow keys set its focus; beside it, what each crop shows. */
function focus(draft, path, story) {
  const photo = draft.get(path);
  const src = picture(story.address, photo.src);
  const spot = h("span", { class: "spot" });
  const image = h("img", { src, alt: "", onload: show });
  const frame = h("button", { type: "button", class: "focus", "aria-label": t("focus", { name: photo.src }), title: t("focus-hint"), onclick: click, onkeydown: press }, image, spot);
  const crops = CROPS.map(([across, down]) => {
    const inside = h("img", { src, alt: "" });
    const box = h("span", { class: "crop" }, inside);
    box.style.aspectRatio = `${across} / ${down}`;
    return { box, inside, ratio: across / down, label: `${across}:${down}` };
  });
  const at = () => draft.get([...path, "focus"]) ?? [0.5, 0.5];

  function show() {
    const [x, y] = at();
    spot.style.left = `${x * 100}%`;
    spot.style.top = `${y * 100}%`;
    if (!image.naturalWidth) return;
    const own = image.naturalWidth / image.naturalHeight;
    for (const { inside, ratio } of crops) {
      const [width, height] = own > ratio ? [own / ratio, 1] : [1, ratio / own];
      const shift = (middle, size) => -Math.min(Math.max(middle * size - 0.5, 0), size - 1);
      Object.assign(inside.style, { width: `${width * 100}%`, height: `${height * 100}%`, left: `${shift(x, width) * 100}%`, top: `${shift(y, height) * 100}%` });
    }
  }

  function set(x, y) {
    const bound = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 100) / 100;
    draft.set([...path, "focus"], [bound(x), bound(y)]);
    show();
  }

  function click(event) {
    if (!event.detail) return; // Enter and the space bar have no place
    const box = image.getBoundingClientRect();
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  function press(event) {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = at();
    set(x + step[0], y + step[1]);
  }

  return h("div", { class: "looks", "data-field": nameOf([...path, "focus"]) }, frame,
    h("div", { class: "crops", "aria-hidden": "true" }, crops.map(({ box, label }) => h("figure", {}, box, h("figcaption", {}, label)))), h("ul", { class: "faults" }));
}
