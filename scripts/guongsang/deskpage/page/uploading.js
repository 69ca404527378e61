// The site goes to where readers find it: what differs in words, one question, and how far it is.
// What is asked for goes on when the dialog is closed.
import { inTheWay } from "./actions.js";
import { get, post } from "./api.js";
import { announce, h, newId, t } from "./dom.js";

const WORKING = ["building", "comparing", "sending"];
const KINDS = ["added", "changed", "removed"];
const PAUSE = 400;
let box = null; // the dialog, while it is open
let following = false;

/** What stands in the menu of the list: a button, or who can make it one. */
export const uploadItem = ({ hasTargets }, item) => (hasTargets ? item("upload", openUpload)
  : h("p", { class: "hint" }, t("upload-none"), " ", h("a", { href: "/huong-dan/dua-len-mang/", target: "_blank" }, t("upload-guide"))));

async function openUpload() {
  const told = await get("upload.json");
  const head = newId("upload");
  const place = h("div");
  // The password is here as long as the dialog is open: between the plan and the sending.
  box = h("dialog", { "aria-labelledby": head, onclose: ({ target }) => { target.remove(); box = null; } },
    h("h2", { id: head, tabindex: -1 }, t("upload")), place);
  box.place = place;
  box.password = "";
  document.body.append(box);
  box.showModal();
  const names = Object.keys(told.targets);
  if (WORKING.includes(told.phase)) follow(told);
  else if (names.length === 1) await start({ targets: told.targets, target: names[0] });
  else draw({ ...told, phase: names.length ? "choosing" : "failed" });
}

/** Build and compare; or, with `path`, send what has been shown. */
async function start(told, path = "upload-plan.json", more = {}) {
  try {
    const begun = await post(path, { target: told.target, password: box?.password ?? "", ...more });
    follow({ ...begun, targets: told.targets, removedNumber: more.removed });
  } catch (error) {
    fault(error.message);
  }
}

async function follow(told) {
  draw(told);
  if (following) return;
  following = true;
  let now = told;
  try {
    while (WORKING.includes(now.phase)) {
      await new Promise((done) => setTimeout(done, PAUSE));
      now = { ...(await get("upload.json")), removedNumber: told.removedNumber };
      draw(now);
    }
  } finally {
    following = false;
  }
  if (!box) announce(now.phase === "done" ? said(now) : now.text ?? t("upload-waits"), now.phase === "failed" ? "bad" : "");
}

const said = ({ counts, size, isNothing }) => (isNothing ? t("upload-same") : t("upload-done", { ...counts, size: bytes(size) }));

function draw(told) {
  if (!box) return;
  const { place } = box;
  if (told.phase === "sending" && place.dataset.phase === "sending") return place.show(told);
  if (WORKING.includes(told.phase) && place.dataset.phase === told.phase) return undefined;
  place.dataset.phase = told.phase;
  const { inside, tools } = DRAWN[told.phase](told, place);
  const where = told.target && told.targets?.[told.target] && told.phase !== "choosing"
    ? h("p", { class: "hint" }, t("upload-where", { name: told.target, to: told.targets[told.target] })) : null;
  place.fault = h("p", { class: "bad", role: "alert" });
  place.replaceChildren(h("form", { onsubmit: (event) => { event.preventDefault(); tools.act?.(); } }, ...[where, inside].flat().filter(Boolean),
    place.fault, h("div", { class: "dialog-tools" }, ...tools.quiet.filter(Boolean), tools.act ? h("button", { type: "submit" }, tools.verb) : null)));
  (place.querySelector("input:not([type=radio])") ?? box.firstElementChild).focus();
  return undefined;
}

const DRAWN = {
  choosing: (told) => {
    const name = newId("target");
    const options = Object.entries(told.targets).map(([key, to], at) => h("label", { class: "tick" },
      h("input", { type: "radio", name, value: key, ".checked": at === 0 }), `${key} (${to})`));
    const act = () => start({ ...told, target: box.querySelector("input:checked").value });
    return { inside: h("fieldset", {}, h("legend", {}, t("upload-choose")), h("div", { class: "ticks column" }, options)),
      tools: { act, verb: t("upload-look"), quiet: [close(t("cancel"))] } };
  },
  building: (told) => working(told),
  comparing: (told) => working(told),
  sending: (told, place) => {
    const bar = h("progress", { "aria-label": t("upload-sending") });
    const line = h("p", {});
    place.show = ({ steps, total, sent, size, left }) => {
      if (!total) return;
      bar.max = size || total;
      bar.value = size ? sent : steps;
      const time = left === null ? null : left < 90 ? t("upload-left-seconds", { count: Math.max(1, Math.round(left)) }) : t("upload-left-minutes", { count: Math.round(left / 60) });
      line.textContent = [t("upload-progress", { steps, total, sent: bytes(sent), size: bytes(size) }), time].filter(Boolean).join(" · ");
    };
    place.show(told);
    const stop = h("button", { type: "button", class: "quiet", onclick: () => { stop.disabled = true; post("upload-stop.json", {}); } }, t("upload-stop"));
    return { inside: [h("p", { role: "status" }, t("upload-sending")), h("p", { class: "sent" }, bar), line, h("p", { class: "hint" }, t("upload-leave"))],
      tools: { quiet: [stop, close(t("upload-close"))] } };
  },
  password: (told) => {
    const id = newId("upload");
    const field = h("input", { type: "password", id, autocomplete: "off", required: true });
    return { inside: [told.text ? h("p", { class: "bad", role: "alert" }, told.text) : null,
      h("div", { class: "field" }, h("label", { for: id }, t("upload-password", told)), field, h("p", { class: "hint" }, t("upload-password-about")))],
      tools: { verb: t("upload-go-on"), quiet: [close(t("cancel"))], act: () => { box.password = field.value; again(told); } } };
  },
  planned: (told) => {
    if (told.isNothing) return { inside: h("p", { role: "status" }, t("upload-same")), tools: { quiet: [close(t("close"))] } };
    const id = newId("upload");
    const lists = KINDS.filter((kind) => told.counts[kind]).map((kind) => h("details", { class: "paths", open: kind === "removed" },
      h("summary", {}, t(`upload-${kind}`, { count: told.counts[kind] })),
      h("ul", { class: "report", tabindex: 0, "aria-label": t(`upload-${kind}`, { count: told.counts[kind] }) }, told[kind].map((path) => h("li", {}, path)),
        told.counts[kind] > told[kind].length ? h("li", {}, t("upload-more-paths", { count: told.counts[kind] - told[kind].length })) : null)));
    const many = told.many ? h("input", { type: "text", inputmode: "numeric", id, autocomplete: "off", required: true }) : null;
    return { inside: [lists.length ? lists : h("p", {}, t("upload-rest")), h("p", {}, t("upload-size", { size: bytes(told.size) })),
      many ? h("div", { class: "field" }, h("label", { for: id }, t("upload-many", { count: told.counts.removed })), many) : null],
      tools: { verb: t("upload"), quiet: [close(t("cancel"))], act: () => start(told, "upload-send.json", { removed: many?.value.trim() }) } };
  },
  done: (told) => {
    box.password = "";
    return { inside: [h("p", { role: "status" }, said(told)), told.notes.map((note) => h("p", {}, note))], tools: { quiet: [close(t("close"))] } };
  },
  failed: (told) => ({ inside: [h("p", { class: "bad", role: "alert" }, told.text), told.problems?.length ? inTheWay(told.problems) : null, (told.notes ?? []).map((note) => h("p", {}, note))],
    tools: told.target ? { verb: t(told.silent ? "upload-take-over" : "upload-again"), quiet: [close(t("close"))], act: () => again(told, told.silent) } : { quiet: [close(t("close"))] } }),
};

const again = (told, takeOver = false) => (told.isPlanned ? start(told, "upload-send.json", { takeOver, removed: told.removedNumber }) : start(told));

const working = ({ phase }) => ({ inside: [h("p", { role: "status" }, t(`upload-${phase}`)), h("p", { class: "sent" }, h("progress", { "aria-label": t(`upload-${phase}`) })), h("p", { class: "hint" }, t("upload-leave"))],
  tools: { quiet: [close(t("upload-close"))] } });

const close = (verb) => h("button", { type: "button", class: "quiet", onclick: () => box.close() }, verb);

function fault(text) {
  if (!box) return announce(text, "bad");
  if (!box.place.fault) return draw({ phase: "failed", text });
  box.place.fault.textContent = text;
  return undefined;
}

/** A size as people read it. */
function bytes(size) {
  const [unit, by] = size >= 1e6 ? ["MB", 1e6] : ["KB", 1e3];
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: by === 1e6 ? 1 : 0 });
  return `${format.format(Math.max(size / by, size ? 1 : 0))} ${unit}`;
}
