// What becomes of a story: ready, scheduled, corrected, retracted, moved, erased; each asks first.
import { get, post } from "./api.js";
import { announce, h, newId, t } from "./dom.js";
import { askDocx } from "./letters.js";
import { takePapers } from "./people.js";
import { askBulletin, askPoster } from "./printing.js";
import { askScript } from "./scripting.js";

export function actions({ story, draft, write }) {
  const place = h("div", { class: "actions" });

  // What is a warning in a draft may stop a story that is ready.
  const ready = async () => {
    const told = await post("check.json", { ...draft.sent, changes: { ...draft.changes, status: "ready" } }, { story: story.address });
    const errors = told.problems.filter(({ severity }) => severity === "error").length;
    await ask(t("ready-title"), {
      about: errors ? t("ready-errors", { count: errors }) : t("ready-about"),
      inputs: { by: { label: t("approved-by"), required: story.form.approval, value: draft.front.approved?.by ?? "" } },
      verb: t("ready"), act: ({ by }) => write({ status: "ready", ...(by ? { approved: { by, date: story.today } } : {}) }),
    });
  };
  const back = () => ask(t("draft-title"), { about: t("draft-about"), verb: t("to-draft"), act: () => write({ status: "draft" }) });
  const schedule = () => {
    const [date, time] = String(draft.front.publish_at ?? "").split(/[ T]/);
    return ask(t("schedule-title"), {
      about: t("schedule-about"), inputs: { date: { label: t("day"), type: "date", required: true, value: date || story.today }, time: { label: t("hour"), type: "time", required: true, value: time ?? "06:30" } },
      verb: t("schedule"), act: ({ date, time }) => write({ status: "ready", publish_at: `${date} ${time}` }),
      extra: draft.front.publish_at ? { verb: t("schedule-drop"), act: () => write({ publish_at: null }) } : null,
    });
  };
  /** Do what has a command of its own, with what is saved; then show the story as it is now. */
  const act = async (told) => {
    if (draft.isChanged && !(await write())) return false;
    const done = await post("act.json", told, { story: story.address });
    sessionStorage.deskSaid = done.in_text ? t(`corrected-${done.in_text}`) : t("done");
    location.search = `?bai=${done.address}`;
    return true;
  };
  const correct = () => ask(t("correct-title"), {
    about: t("correct-about"), inputs: { was: { label: t("correct-was"), required: true, rows: 2 }, now: { label: t("correct-now"), required: true, rows: 2 } },
    verb: t("correct"), act: ({ was, now }) => act({ act: "correct", was, now }),
  });
  const retract = () => ask(t("retract-title"), {
    about: t("retract-about"), inputs: { reason: { label: t("retract-reason"), required: true, rows: 2 } },
    verb: t("retract"), act: ({ reason }) => act({ act: "retract", reason }),
  });
  const rename = () => ask(t("rename-title"), {
    about: t("rename-about"), inputs: { slug: { label: t("rename-new"), required: true, value: story.address.split("/")[1] } },
    verb: t("rename"), act: ({ slug }) => act({ act: "rename", slug }),
  });
  const consent = async () => {
    if (draft.isChanged && !(await write())) return;
    const { forms, papers } = await post("act.json", { act: "consent" }, { story: story.address });
    takePapers(draft, papers);
    await ask(t("consent-title"), {
      about: [h("p", {}, t("consent-about")), h("ul", { class: "plain" }, forms.map(({ record, who }) => h("li", {}, h("strong", {}, record), ` ${who}`))),
        h("p", {}, h("a", { class: "button", href: `phieu?${new URLSearchParams({ story: story.address })}`, target: "_blank" }, t("consent-open")))],
      verb: t("close"),
    });
  };
  /** What is printed is what is saved. */
  const print = (what) => async () => { if (!draft.isChanged || (await write())) await what(); };
  const printStory = print(() => askBulletin({ address: story.address }));
  const poster = print(() => askPoster(story.address));
  const script = print(() => askScript(story.address));
  const docx = print(() => askDocx(story.address));
  /** Show what would go; only who types the story's address means it. */
  const erase = async () => {
    const about = { story: story.address };
    const { slug, report, left } = await get("erase.json", about);
    if (left) return ask(t("erase-title"), { about: [h("p", {}, t("erase-left")), inTheWay(left)], verb: t("close") });
    const told = {};
    await ask(t("erase-title"), {
      about: [h("p", {}, t("erase-about")), h("p", { class: "report", tabindex: 0 }, report)], bad: true,
      inputs: { slug: { label: t("erase-slug", { slug }), required: true, pattern: slug, title: slug } },
      verb: t("erase"), act: async ({ slug }) => { Object.assign(told, await post("erase.json", { slug }, about)); },
    });
    if (!told.report) return;
    draft.settle(draft.front, draft.body); // nothing of it is to be kept
    await ask(t("erase-done"), { about: [h("p", {}, t("erase-keep")), h("p", { class: "report", tabindex: 0 }, told.report)], verb: t("close") });
    location.search = "";
  };
  const restore = () => ask(t("restore-title"), { about: t("restore-about"), verb: t("restore"), act: () => write({ status: "draft", retracted: null }) });
  function settle() {
    const status = draft.front.status;
    const main = status === "draft" ? [["ready", ready], ["schedule", schedule]] : status === "ready" ? [["schedule", schedule], ["to-draft", back]] : [["restore", restore]];
    const more = [["consent", consent, status !== "retracted"], ["correct", correct, status === "ready"], ["retract", retract, status === "ready"], ["print-story", printStory, status === "ready"], ["poster", poster, status === "ready"], ["docx", docx, status === "ready"], ["script", script, status === "ready"], ["rename", rename, true], ["erase", erase, true]].filter(([key, , fits]) => fits);
    const menu = h("details", { class: "menu" }, h("summary", { class: "button quiet" }, t("more")), h("div", { class: "menu-in" },
      [...main.slice(1), ...more].map(([key, act]) => h("button", { type: "button", class: key === "erase" ? "quiet bad" : "quiet", onclick: () => { menu.open = false; act(); } }, t(key)))));
    menu.addEventListener("keydown", ({ key }) => { if (key === "Escape") { menu.open = false; menu.firstElementChild.focus(); } });
    menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false; });
    place.replaceChildren(...main.slice(0, 1).map(([key, act]) => h("button", { type: "button", class: "quiet", onclick: act }, t(key))), menu);
  }

  place.settle = settle;
  return place;
}

export const inTheWay = (left) => h("ul", { class: "faults" }, left.map(({ message, hint, path, line, story }) => h("li", { "data-severity": "error" },
  h("strong", {}, message), " ", hint, h("br"), story ? h("a", { href: `?bai=${story}` }, path) : h("code", {}, path), ` ${t("line", { line }).toLowerCase()}`)));

/** Ask in a dialog; what goes wrong is told in it. Settles when it is closed. */
export function ask(title, { about, inputs = {}, verb, act, extra, bad }) {
  const id = newId("ask");
  const fields = Object.entries(inputs).map(([key, { label, rows, ...more }]) => {
    const control = rows ? h("textarea", { rows, ...more, id: `${id}-${key}` }) : h("input", { type: "text", autocomplete: "off", ...more, id: `${id}-${key}` });
    return { key, control, row: h("div", { class: "field" }, h("label", { for: control.id }, label), control) };
  });
  const wrong = h("p", { class: "bad", role: "alert" });
  const run = async (does) => {
    wrong.textContent = "";
    try {
      if ((await does?.(Object.fromEntries(fields.map(({ key, control }) => [key, control.value.trim()])))) !== false) box.close();
    } catch (error) {
      wrong.textContent = error.message;
    }
  };
  const box = h("dialog", { "aria-labelledby": `${id}-head` }, h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); run(act); } },
    h("h2", { id: `${id}-head` }, title), typeof about === "string" ? h("p", {}, about) : about, fields.map(({ row }) => row), wrong,
    h("div", { class: "dialog-tools" }, act ? h("button", { type: "button", class: "quiet", onclick: () => box.close() }, t("cancel")) : null,
      extra ? h("button", { type: "button", class: "quiet", onclick: () => run(extra.act) }, extra.verb) : null,
      h("button", { type: "submit", class: bad ? "danger" : "" }, verb))));
  document.body.append(box);
  box.showModal();
  return new Promise((done) => box.addEventListener("close", () => { box.remove(); done(); }));
}

/** The file is another one by now: both versions side by side, and nothing is lost. */
export function compare({ theirs, take, keep }) {
  const side = (label, own, other) => {
    const there = new Set(other.split("\n"));
    return h("section", { "aria-label": label }, h("h3", {}, label), h("pre", { tabindex: 0 }, own.split("\n").map((line) => [there.has(line) ? line : h("mark", {}, line), "\n"])));
  };
  return ask(t("conflict-title"), {
    about: [h("p", {}, t("conflict-about")), h("div", { class: "sides" }, side(t("conflict-theirs"), theirs.theirs, theirs.mine), side(t("conflict-mine"), theirs.mine, theirs.theirs))],
    verb: t("conflict-keep"), act: () => keep(theirs.digest), extra: { verb: t("conflict-take"), act: take },
  });
}

/** A new story: its title is enough. */
export const askNew = () => ask(t("new-title"), {
  about: t("new-about"), inputs: { title: { label: t("field-title"), required: true, maxlength: 200 } }, verb: t("new"),
  act: async ({ title }) => {
    const told = await post("new.json", { title });
    announce(t("new-made"));
    location.search = `?bai=${told.address}`;
  },
});
