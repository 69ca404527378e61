// The text: a plain box with a bar of buttons. Vietnamese typing works in it as everywhere.
import { post } from "./api.js";
import { announce, h, newId, t } from "./dom.js";

const AROUND = { bold: "**", italic: "*" };
const BEFORE = { heading: "## ", quote: "> ", list: "- " };

export function body(draft) {
  const id = newId("text");
  const count = h("p", { class: "hint", id: `${id}-count` });
  const box = h("textarea", { id, rows: 18, class: "body", spellcheck: "true", lang: "vi", "aria-describedby": `${id}-count ${id}-faults`, ".value": draft.body,
    oninput: () => { draft.setBody(box.value); tell(); }, onkeydown: press, onpaste: paste });

  function tell() {
    const syllables = (box.value.replace(/!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|\{:[^}]*\}/g, "").match(/[\p{L}\p{N}]+(?:[.,:/]\p{N}+)*/gu) ?? []).length;
    count.textContent = t("text-count", { syllables, minutes: Math.max(1, Math.round(syllables / draft.known.syllablesAMinute)) });
  }

  /** Put a text in place of what is selected, so that undoing works. */
  function put(made, from = box.selectionStart, to = box.selectionEnd) {
    box.focus();
    box.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, made)) box.setRangeText(made, from, to, "end");
    draft.setBody(box.value);
    tell();
  }

  const chosen = () => box.value.slice(box.selectionStart, box.selectionEnd);

  function mark(kind) {
    const sign = AROUND[kind];
    const from = box.selectionStart;
    const words = chosen() || t(`text-${kind}`);
    put(`${sign}${words}${sign}`);
    box.setSelectionRange(from + sign.length, from + sign.length + words.length);
  }

  function wholeLines() {
    const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const end = box.value.indexOf("\n", box.selectionEnd);
    return [from, end < 0 ? box.value.length : end];
  }

  function start(kind) {
    const [from, to] = wholeLines();
    const lines = box.value.slice(from, to).split("\n");
    const has = lines.every((line) => line.startsWith(BEFORE[kind]));
    put(lines.map((line) => (has ? line.slice(BEFORE[kind].length) : BEFORE[kind] + line)).join("\n"), from, to);
  }

  function link() {
    const from = box.selectionStart;
    const words = chosen() || t("text-link-words");
    put(`[${words}](https://)`);
    const at = from + words.length + 3 + "https://".length;
    box.setSelectionRange(at, at);
  }

  /** Set something apart, in a paragraph of its own. */
  function apart(made) {
    const at = box.selectionEnd;
    const before = box.value.slice(0, at).replace(/\n+$/, "");
    put(`${before ? "\n\n" : ""}${made}\n\n`, before.length, at + /^\n*/.exec(box.value.slice(at))[0].length);
  }

  function press(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
    const act = { b: () => mark("bold"), i: () => mark("italic"), k: link }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Text from Word and web pages comes as HTML: it becomes our Markdown. */
  async function paste(event) {
    const html = event.clipboardData.getData("text/html");
    if (!html || !/<(p|div|h[1-6]|li|b|i|em|strong|a|br|table)\b/i.test(html)) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    const [from, to] = [box.selectionStart, box.selectionEnd];
    try {
      const told = await post("clean.json", { html });
      put(told.markdown.trim() || plain, from, to);
      announce(told.lost.length ? t("paste-lost", { lost: told.lost.join("; ") }) : t("paste-clean"), told.lost.length ? "bad" : "");
    } catch (error) {
      put(plain, from, to);
      throw error;
    }
  }

  const button = (kind, act, keys) => h("button", { type: "button", class: "tool wide", title: t(`text-${kind}`) + (keys ? ` (Ctrl+${keys})` : ""), "aria-keyshortcuts": keys ? `Control+${keys}` : null, onclick: act }, t(`text-${kind}`));
  tell();
  const whole = h("div", { class: "field text", "data-field": "body" }, h("label", { for: id }, t("field-body")),
    h("div", { class: "bar", role: "toolbar", "aria-label": t("text-bar") },
      button("bold", () => mark("bold"), "B"), button("italic", () => mark("italic"), "I"), button("heading", () => start("heading")), button("quote", () => start("quote")),
      button("list", () => start("list")), button("link", link, "K"), button("verse", () => apart(`${chosen() || t("text-verse")}\n{: .tho }`))),
    box, count, h("ul", { class: "faults", id: `${id}-faults` }));
  whole.insertPhoto = (name) => apart(`![](${name})`);
  return whole;
}
