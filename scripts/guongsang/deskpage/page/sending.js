// Sending stories and taking in those of others: what changed in words, one button, and where others
// changed the same, both versions side by side.
import { ask } from "./actions.js";
import { get, post, Refused } from "./api.js";
import { announce, h, newId, t } from "./dom.js";
import { askForm } from "./letters.js";
import { askBulletin } from "./printing.js";
import { askReport } from "./reporting.js";
import { uploadItem } from "./uploading.js";

/** The buttons of the list: send, and behind "more" what is seldom needed. */
export function listTools(told) {
  const unsent = told.rows.filter(({ unsent }) => unsent).length;
  const file = h("input", { type: "file", accept: ".zip,application/zip", class: "hidden-input", tabindex: -1, "aria-label": t("pack-take"),
    onchange: () => { const [pack] = file.files; file.value = ""; if (pack) takePack(pack); } });
  const menu = h("details", { class: "menu" }, h("summary", { class: "button quiet" }, t("more")), h("div", { class: "menu-in" },
    told.hasGit ? item("update", update) : null, item("pack-take", () => file.click()), item("bulletin", () => askBulletin(told)), item("report", askReport), item("nominate", askForm), uploadItem(told, item)));
  menu.addEventListener("keydown", ({ key }) => { if (key === "Escape") { menu.open = false; menu.firstElementChild.focus(); } });
  menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false; });
  return [told.hasGit && unsent ? h("button", { type: "button", class: "quiet", onclick: () => openSending([]) }, t("send"), h("span", { class: "number" }, unsent)) : null, menu, file];

  function item(key, act) {
    return h("button", { type: "button", class: "quiet", onclick: () => { menu.open = false; act(); } }, t(key));
  }
}

/** The button of a story: what is typed is saved first. */
export const storyTools = ({ story, draft, write }) => h("button", { type: "button", class: "quiet", onclick: async () => {
  if (draft.isChanged && !(await write())) return;
  await openSending([story.address], story.address);
} }, t("send"));

/** Show what can be sent; `wanted` is ticked. `address` is that of the story that is open. */
export async function openSending(wanted, address) {
  const told = await get("sending.json");
  if (told.reason) return cannot(told.text, address);
  if (!told.changes.some(({ id }) => !wanted.length || wanted.includes(id))) return cannot(t("send-none"), address);
  const ticked = new Set(wanted.length ? wanted : told.changes.map(({ id }) => id));
  for (const each of told.changes) if (wanted.includes(each.id)) for (const id of each.beside) ticked.add(id);
  const list = h("ul", { class: "plain send-list" });
  const who = told.introduced ? null : people();
  const approval = h("div");
  const draw = () => {
    const along = new Set(told.changes.filter(({ id }) => ticked.has(id)).flatMap(({ along }) => along));
    list.replaceChildren(...told.changes.map((each) => drawChange(each, ticked, along, draw)));
    const asking = told.changes.filter(({ id, wantsApproval }) => wantsApproval && ticked.has(id));
    if (Boolean(asking.length) !== Boolean(approval.firstChild)) approval.replaceChildren(...(asking.length ? [field(t("approved-by"), { required: true })] : []));
  };
  draw();
  await ask(t("send-title"), {
    about: [h("p", {}, t(told.review ? "send-about-review" : "send-about")), list, who, approval],
    verb: t("send"), extra: address ? { verb: t("pack"), act: () => savePack(address) } : null,
    act: async () => {
      const ids = told.changes.map(({ id }) => id).filter((id) => ticked.has(id));
      if (!ids.length) throw new Error(t("send-choose"));
      if (who?.isConnected) {
        await post("who.json", who.values());
        who.remove();
      }
      const by = approval.querySelector("input")?.value.trim();
      const approved = Object.fromEntries(told.changes.filter(({ id, wantsApproval }) => by && wantsApproval && ticked.has(id)).map(({ id }) => [id, by]));
      await deliver("send.json", { ids, approved }, address);
    },
  });
}

/** Send, or take in; what others changed as well is asked, as often as it takes. */
async function deliver(path, told, address) {
  announce(t("sending"));
  try {
    finish(await post(path, told), address);
  } catch (error) {
    announce("");
    if (!(error instanceof Refused) || error.told.reason !== "questions") throw error;
    await answer(error.told.questions, (choices) => deliver("send.json", { ids: [...new Set(error.told.questions.map(({ about }) => about))], ...told, choices: { ...told.choices, ...choices } }, address));
  }
}

async function finish(done, address) {
  const said = [done.review ? t("sent-review") : done.count === undefined ? null : t("sent"),
    done.taken ? t("updated", { count: done.taken }) : done.count === undefined ? t("updated-none") : null,
    done.kept ? t("updated-kept", { count: done.kept }) : null,
    ...Object.entries(done.moved ?? {}).map(([old, now]) => t("sent-moved", { old, now }))].filter(Boolean).join(" ");
  if (done.review) {
    await ask(t("sent-review"), { about: [h("p", {}, t(done.link ? "sent-review-about" : "sent-review-name", { name: done.review })),
      done.link ? h("p", {}, h("a", { class: "button", href: done.link, target: "_blank", rel: "noopener" }, t("sent-review-open"))) : null], verb: t("close") });
  }
  if (!address || document.querySelector('.saved[data-changed="true"]')) return announce(said);
  sessionStorage.deskSaid = said;
  const moved = done.moved?.[address];
  if (moved) location.search = `?bai=${moved}`;
  else location.reload();
}

function answer(questions, act) {
  const chosen = {};
  const blocks = questions.map((each) => {
    const name = newId("side");
    const option = (key) => h("label", { class: "tick" }, h("input", { type: "radio", name, value: key, onchange: () => (chosen[each.id] = key) }), t(`keep-${key}`));
    return h("fieldset", { class: "question" }, h("legend", {}, `${each.part} · ${each.about}`),
      h("div", { class: "sides" }, side(t("side-mine"), each.mine, each.theirs, photo(each, "mine")), side(t("side-theirs"), each.theirs, each.mine, photo(each, "theirs"))),
      h("div", { class: "ticks" }, each.choices.map(option)));
  });
  return ask(t("questions-title"), {
    about: [h("p", {}, t("send-questions")), blocks], verb: t("send"),
    act: () => {
      if (Object.keys(chosen).length < questions.length) throw new Error(t("questions-left"));
      return act(chosen);
    },
  });
}

/** One version; the words that the other one has not are marked. */
function side(label, own, other, photo) {
  const there = new Set((other ?? "").split(/\s+/));
  const inside = own === null ? h("em", {}, t("side-none")) : own === "" ? h("em", {}, t("side-file"))
    : own.split(/(\s+)/).map((word) => (!word.trim() || there.has(word) ? word : h("mark", {}, word)));
  return h("section", { "aria-label": label }, h("h3", {}, label),
    photo && own !== null ? h("img", { src: photo, alt: label }) : h("pre", { tabindex: 0 }, inside));
}

const photo = ({ id, isPhoto }, side) => isPhoto && `side?${new URLSearchParams({ id, side })}`;

function drawChange(each, ticked, along, redraw) {
  const isAlong = along.has(each.id) && !ticked.has(each.id);
  const box = h("input", { type: "checkbox", ".checked": ticked.has(each.id) || isAlong, disabled: isAlong, onchange: () => {
    if (box.checked) ticked.add(each.id);
    else ticked.delete(each.id);
    redraw();
  } });
  const photos = ["added", "changed", "removed"].map((key, n) => (each.photos[n] ? t(`photos-${key}`, { count: each.photos[n] }) : null));
  const about = [isAlong ? t("send-along") : t(`what-${each.what}`), each.keys.join(", "), ...photos].filter(Boolean).join(" · ");
  return h("li", {}, h("label", { class: "tick" }, box, h("span", {}, h("strong", {}, each.title), " ", h("small", {}, about),
    each.waiting ? h("small", { class: "so-so" }, ` ${t("send-waiting")}`) : null,
    each.errors ? h("small", { class: "bad" }, ` ${t("send-errors", { count: each.errors })}`) : null)));
}

function people() {
  const [name, mail] = [field(t("who-name"), { autocomplete: "name" }), field(t("who-mail"), { type: "email", autocomplete: "email" })];
  const box = h("div", { class: "columns" }, h("p", {}, t("who-about")), name, mail);
  box.values = () => ({ name: name.lastChild.value, mail: mail.lastChild.value });
  return box;
}

function field(label, about) {
  const id = newId("send");
  return h("div", { class: "field" }, h("label", { for: id }, label), h("input", { type: "text", id, ...about }));
}

const cannot = (text, address) => ask(t("send-title"), { about: text, verb: t("close"), extra: address ? { verb: t("pack"), act: () => savePack(address) } : null });

const update = async () => {
  try {
    await deliver("update.json", {});
  } catch (error) {
    await ask(t("update"), { about: error.message, verb: t("close") });
  }
};

/** Save a story with its photos as one file, for mail or Zalo. */
function savePack(address) {
  h("a", { href: `goi?${new URLSearchParams({ story: address })}`, download: `${address.split("/")[1]}.zip` }).click();
  announce(t("pack-made"));
}

async function takePack(pack) {
  try {
    const done = await post("take-pack", pack, { name: pack.name });
    sessionStorage.deskSaid = [t("pack-taken"), ...done.notes].join(" ");
    location.search = `?bai=${done.address}`;
  } catch (error) {
    await ask(t("pack-take"), { about: error.message, verb: t("close") });
  }
}
