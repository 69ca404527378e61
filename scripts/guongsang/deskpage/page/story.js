// One story: the form beside its real page; problems beside their fields while one types.
import { follow, get, post, Refused } from "./api.js";
import { actions, ask, compare } from "./actions.js";
import { awards } from "./awards.js";
import { body } from "./body.js";
import { announce, h, later, t } from "./dom.js";
import { Draft, choice, generic, moment, records, showFaults, text, ticks } from "./form.js";
import { authors, honorees, places } from "./people.js";
import { showLost } from "./lost.js";
import { photos } from "./photos.js";
import { picker } from "./pick.js";
import { storyTools } from "./sending.js";

const TAB = (sessionStorage.desk ??= crypto.randomUUID());
const CHECK = 150; // milliseconds of quiet before unsaved text is checked
const KEEP = 1200; // and before it is kept in case of a crash
const MORE = ["updated", "tags", "follows", "attachments", "audio", "films", "aliases", "lang"];

export async function showStory(place, address) {
  const story = await get("story.json", { story: address, tab: TAB });
  if (!story.front) return showUnreadable(place, story);
  const draft = new Draft(story.front, story.body, story.form.schema, () => changed());
  draft.labels = story.form.labels;
  draft.known = story.form;
  let saving = null; // what is being saved: whoever saves meanwhile waits for it
  const checkSoon = later(check, CHECK);
  const keepSoon = later(keep, KEEP);

  const state = h("span", { class: "state" });
  const saved = h("span", { class: "saved", role: "status" });
  const save = h("button", { type: "button", onclick: () => write(), "aria-keyshortcuts": "Control+S" }, t("save"));
  const tryOut = h("button", { type: "button", class: "quiet", onclick: () => attempt() }, t("try"));
  const loose = h("ul", { class: "faults loose" });
  const counts = h("span", { class: "counts" });
  const form = h("form", { class: "story", "aria-label": t("form"), onsubmit: (event) => event.preventDefault() });
  const frame = h("iframe", { class: "page", title: t("page-of", { title: draft.front.title ?? "" }), src: `/${address}/` });
  const bar = actions({ story, draft, write });
  const title = h("h1", {}, draft.front.title ?? address);
  const tabs = h("div", { class: "views", role: "group", "aria-label": t("views") }, ["write", "page"].map((key) =>
    h("button", { type: "button", class: "quiet", value: key, "aria-pressed": String(key === "write"), onclick: () => view(key) }, t(`view-${key}`))));
  let isTried = false;
  let asked = 0;
  let given;
  place.replaceChildren(
    h("header", { class: "top" }, h("a", { class: "button quiet", href: "./", "data-inside": true, "aria-label": t("back") }, "←", h("span", { class: "wide-only" }, t("back"))), title, state, counts, saved, tabs, tryOut, save, storyTools({ story, draft, write }), bar),
    h("main", { class: "both", "data-view": "write" }, h("div", { class: "left" }, loose, form), frame));
  // The page that is tried may just load again, instead of the one that is to follow it.
  frame.addEventListener("load", () => { if (!isTried && frame.contentWindow.location.search.includes("xem-thu")) showSaved(); });
  draw();
  settle(story);
  check();
  if (story.kept) offerKept(story.kept);
  if (story.told.length) place.querySelector(".left").prepend(showLost(story));
  if (sessionStorage.deskSaid) announce(sessionStorage.deskSaid);
  delete sessionStorage.deskSaid;
  const stop = follow(story.version, () => {
    if (isTried && !draft.isChanged) showSaved();
    check();
  });
  const stay = (event) => { if (draft.isChanged) event.preventDefault(); };
  addEventListener("beforeunload", stay);
  addEventListener("keydown", keys);
  addEventListener("paste", pasted);
  return () => {
    stop();
    checkSoon.stop();
    keepSoon.flush();
    removeEventListener("beforeunload", stay);
    removeEventListener("keydown", keys);
    removeEventListener("paste", pasted);
  };

  function draw() {
    const written = body(draft);
    given = awards(draft, story.form);
    const shots = photos(draft, story, { insert: (name) => written.insertPhoto(name), saveSoon: () => write() });
    form.pasteFiles = shots.take;
    const named = (table) => Object.entries(story.form[table]).filter(([key, each]) => each.active || [draft.front.column, ...(draft.front[table] ?? [])].includes(key)).map(([key, each]) => [key, each.name]);
    const part = (key, ...inside) => h("section", { "aria-labelledby": `part-${key}` }, h("h2", { id: `part-${key}` }, t(`part-${key}`)), inside);
    form.replaceChildren(
      part("text", text(draft, ["title"], t("field-title"), { example: t("title-example") }), shots, written,
        text(draft, ["summary"], t("field-summary"), { rows: 3, hint: t("summary-hint") })),
      part("who", honorees(draft, story.form)),
      part("where", places(draft)),
      part("column", choice(draft, ["column"], t("field-column"), named("columns")), ticks(draft, ["fields"], t("field-fields"), named("fields")),
        ticks(draft, ["deeds"], t("field-deeds"), named("deeds")), moment(draft, ["date"], t("field-date"), { hint: t("date-hint") })),
      part("sources", authors(draft, story.form),
        records(draft, ["sources"], t("field-sources"), (at) => h("div", { class: "columns" }, text(draft, [...at, "title"], t("field-source-title"), {}), text(draft, [...at, "url"], t("field-url"), { example: "https://" })),
          { add: (append) => h("button", { type: "button", class: "quiet small", onclick: () => append({ title: "" }) }, t("source-add")), name: (each) => each.title || t("source-new") }),
        generic(draft, ["verified"])),
      h("details", { class: "rest" }, h("summary", {}, h("h2", {}, t("part-rest"))), series(), given, ...MORE.map((key) => generic(draft, [key]))));
  }

  function series() {
    const place = h("div", { class: "inside" });
    const redraw = () => {
      const id = draft.get(["series", "id"]);
      place.replaceChildren(id ? h("div", { class: "columns" }, choice(draft, ["series", "id"], t("field-series"), Object.entries(story.form.series)), generic(draft, ["series", "part"]))
        : picker("series", t("series-find"), ({ value, create }) => (create ? newSeries(create) : take(value)), { create: (name) => t("series-create", { name }) }));
      place.querySelector("select")?.addEventListener("change", ({ target }) => { if (!target.value) { draft.set(["series"], undefined); redraw(); } });
    };
    const take = (id) => { draft.set(["series"], { id, part: 1 }); redraw(); };
    const newSeries = (name) => ask(t("series-new"), {
      about: t("series-about"), inputs: { name: { label: t("field-series"), required: true, value: name }, description: { label: t("series-description"), rows: 2 } },
      verb: t("add"), act: async (record) => {
        const told = await post("series.json", record);
        story.form.series[told.id] = told.name;
        take(told.id);
      },
    });
    redraw();
    return place;
  }

  function changed() {
    title.textContent = draft.front.title || address;
    mark();
    given?.redraw();
    checkSoon();
    keepSoon();
  }

  function mark(text) {
    saved.textContent = text ?? t(draft.isChanged ? "unsaved" : "all-saved");
    saved.dataset.changed = draft.isChanged;
    save.disabled = !draft.isChanged || Boolean(saving);
  }

  function settle(told) {
    story.digest = told.digest;
    story.state = told.state;
    state.dataset.state = told.state;
    state.textContent = t(`state-${told.state}`);
    bar.settle();
    mark();
  }

  async function check() {
    const mine = ++asked;
    let told;
    try {
      told = await post("check.json", draft.sent, { story: address });
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw error;
      return announce(error.message, "bad"); // erased or moved meanwhile, here or elsewhere
    }
    if (mine !== asked) return; // answers may overtake each other: the newest question counts
    story.problems = told.problems;
    showFaults(form, told.problems, loose);
    const errors = told.problems.filter(({ severity }) => severity === "error").length;
    counts.replaceChildren(...[[errors, "errors", "bad"], [told.problems.length - errors, "warnings", "so-so"]]
      .filter(([count]) => count).map(([count, key, kind]) => h("button", { type: "button", class: `quiet small ${kind}`, onclick: next }, t(key, { count }))));
  }

  /** Go to the next field about which something is said. */
  function next() {
    const all = [...document.querySelectorAll(".left .faults li")];
    const after = all.find((each) => document.activeElement.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING && !each.closest("[data-field]")?.contains(document.activeElement)) ?? all[0];
    const folded = after?.closest("details");
    if (folded) folded.open = true;
    const home = after?.closest("[data-field]");
    (home?.querySelector("input, select, textarea, button") ?? after)?.focus();
    after?.scrollIntoView({ block: "center" });
  }

  /** Save, with other changes if the caller has some; returns whether all went well. */
  async function write(more = {}) {
    while (saving) {
      const isSaved = await saving.then(() => true, () => false);
      if (!isSaved) return false;
    }
    save.disabled = true;
    saved.textContent = t("saving");
    const [sent, front, text] = [draft.sent, structuredClone(draft.front), draft.body];
    saving = post("save.json", { changes: { ...sent.changes, ...more }, body: sent.body, digest: story.digest, tab: TAB }, { story: address });
    try {
      const told = await saving;
      saving = null;
      for (const each of [front, draft.front]) merge(each, structuredClone(more));
      draft.settle(front, text);
      settle(told);
      announce(told.notice ?? t("saved"), told.notice ? "bad" : "");
      check();
      return true;
    } catch (error) {
      saving = null;
      mark(t("not-saved"));
      if (error instanceof Refused && error.status === 409) await compare({ story, draft, theirs: error.told, take: reopen, keep: (digest) => { story.digest = digest; return write(more); } });
      else throw error;
      return false;
    }
  }

  /** Show what is typed as the page that it would be; nothing is saved. */
  async function attempt() {
    view("page");
    if (!draft.isChanged) return showSaved();
    const told = await post("try.json", draft.sent, { story: address });
    isTried = true;
    frame.src = told.page;
    announce(t("trying"));
  }

  function showSaved() {
    isTried = false;
    frame.src = `/${address}/`;
  }

  /** Keep what is typed outside the story, for when the browser or the program goes. */
  async function keep() {
    if (draft.isChanged) await post("keep.json", { ...draft.sent, digest: story.digest, tab: TAB }, { story: address });
  }

  async function reopen() {
    draft.settle(draft.front, draft.body);
    await post("forget.json", { tab: TAB }, { story: address });
    location.reload();
  }

  function offerKept(kept) {
    const box = h("div", { class: "offer", role: "region", "aria-label": t("kept-title") }, h("p", {}, t("kept", { when: new Date(kept.at * 1000).toLocaleString("vi") })),
      h("button", { type: "button", onclick: () => {
        merge(draft.front, kept.changes);
        draft.body = kept.body ?? draft.body;
        box.remove();
        draw();
        changed();
      } }, t("kept-take")),
      h("button", { type: "button", class: "quiet", onclick: async () => { box.remove(); await post("forget.json", { tab: kept.tab }, { story: address }); } }, t("kept-drop")));
    place.querySelector(".left").prepend(box);
  }

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (draft.isChanged) write();
  }

  function pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    form.pasteFiles(files);
  }

  function view(key) {
    place.querySelector("main").dataset.view = key;
    for (const each of tabs.children) each.setAttribute("aria-pressed", String(each.value === key));
  }
}

/** Put changed keys into a front matter; null takes one out. */
function merge(front, changes) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete front[key];
    else front[key] = value;
  }
}

function showUnreadable(place, story) {
  place.replaceChildren(h("header", { class: "top" }, h("a", { class: "button quiet", href: "./", "data-inside": true }, "← ", t("back")), h("h1", {}, story.address)),
    h("main", { class: "lost" }, h("h2", {}, t("unreadable")), h("p", {}, t("unreadable-hint", { path: story.path })), h("ul", { class: "faults" }, story.problems.map((found) =>
      h("li", { "data-severity": found.severity }, h("strong", {}, `${t("line", { line: found.line })}: ${found.message}`), " ", found.hint)))));
  return () => {};
}
