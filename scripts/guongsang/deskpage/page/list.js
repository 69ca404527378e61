// All stories: found without marks, filtered, sorted. Only the rows in view are drawn.
import { askNew } from "./actions.js";
import { follow, get, picture } from "./api.js";
import { fold, h, later, t } from "./dom.js";
import { askManuscript, takeDrops } from "./manuscript.js";
import { listTools } from "./sending.js";

const AHEAD = 8; // rows drawn above and below what is seen
const STATES = ["draft", "scheduled", "published", "retracted", "broken"];
const letters = new Intl.Collator("vi");
const ORDERS = {
  newest: (a, b) => b.at - a.at,
  oldest: (a, b) => a.at - b.at,
  title: (a, b) => letters.compare(a.title, b.title),
  problems: (a, b) => b.errors - a.errors || b.warnings - a.warnings || b.at - a.at,
};
// What was looked for stays as long as the tab.
const wanted = { text: "", state: "all", column: "", order: "newest" };
const day = new Intl.DateTimeFormat("vi", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" });

/** `asked`: the list, where it has been asked for already. */
export async function showList(place, asked) {
  let told = open(await (asked ?? get("stories.json")));
  let rows = [];
  const search = h("input", { type: "search", id: "find", autocomplete: "off", value: wanted.text,
    placeholder: t("list-search-hint"), oninput: later(() => choose({ text: search.value }), 60) });
  const column = h("select", { id: "column", onchange: () => choose({ column: column.value }) });
  const order = h("select", { id: "order", onchange: () => choose({ order: order.value }) },
    Object.keys(ORDERS).map((key) => h("option", { value: key }, t(`order-${key}`))));
  const chips = h("div", { class: "chips", role: "group", "aria-label": t("list-filters") });
  const count = h("p", { class: "count", role: "status" });
  const list = h("ol", { class: "rows", role: "list", "aria-label": t("list-name"), onkeydown: move });
  const none = h("div", { class: "none", hidden: true }, h("p", {}, t("list-none")), h("p", {}, t("list-none-hint")),
    h("button", { type: "button", onclick: () => { search.value = ""; choose({ text: "", state: "all", column: "" }); } }, t("list-reset")));
  const tools = h("div", { class: "actions" });
  place.replaceChildren(
    h("header", { class: "top" },
      h("h1", {}, t("title")),
      h("a", { class: "button quiet", href: "/", target: "_blank" }, t("site")),
      h("button", { type: "button", class: "quiet", onclick: () => askManuscript() }, t("manuscript")),
      tools, h("button", { type: "button", onclick: askNew }, t("new"))),
    h("main", { class: "list" },
      h("div", { class: "tools" },
        h("div", { class: "field grow" }, h("label", { for: "find" }, t("list-search")), search),
        h("div", { class: "field" }, h("label", { for: "column" }, t("list-column")), column),
        h("div", { class: "field" }, h("label", { for: "order" }, t("list-order")), order)),
      chips, count, list, none));
  document.title = t("title");

  function take(fresh) {
    told = fresh;
    tools.replaceChildren(...listTools(told).filter(Boolean));
    const used = new Set(told.rows.map((row) => row.column));
    column.replaceChildren(h("option", { value: "" }, t("list-column-all")),
      ...Object.entries(told.columns).filter(([key]) => used.has(key)).map(([key, name]) => h("option", { value: key }, name)));
    column.value = wanted.column;
    order.value = wanted.order;
    choose({});
  }

  function choose(change) {
    Object.assign(wanted, change);
    const words = fold(wanted.text).split(/\s+/).filter(Boolean);
    const found = told.rows.filter((row) =>
      words.every((word) => folded(row).includes(word)) && (!wanted.column || row.column === wanted.column));
    drawChips(found);
    rows = found.filter((row) => isOf(row, wanted.state)).sort(ORDERS[wanted.order]);
    count.textContent = rows.length === told.rows.length ? t("list-all", { all: rows.length })
      : t("list-shown", { shown: rows.length, all: told.rows.length });
    none.hidden = rows.length > 0;
    list.replaceChildren();
    draw();
  }

  function drawChips(found) {
    const keys = ["all", ...STATES, "faulty", ...(told.hasGit ? ["unsent"] : [])];
    const focused = chips.contains(document.activeElement) ? document.activeElement.value : null;
    chips.replaceChildren(...keys.map((key) => {
      const number = found.filter((row) => isOf(row, key)).length;
      if (!number && key !== "all" && key !== wanted.state) return null;
      return h("button", { type: "button", value: key, "aria-pressed": String(key === wanted.state),
        onclick: () => choose({ state: key }) }, t(`state-${key}`), " ", h("span", { class: "number" }, number));
    }).filter(Boolean));
    chips.querySelector(`[value="${focused}"]`)?.focus();
  }

  function draw() {
    const height = rowHeight();
    list.style.height = `${rows.length * height}px`;
    const top = -list.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - AHEAD);
    const last = Math.min(rows.length, Math.ceil((top + innerHeight) / height) + AHEAD);
    const there = new Map([...list.children].map((each) => [Number(each.dataset.at), each]));
    for (const [at, each] of there) if ((at < first || at >= last) && !each.contains(document.activeElement)) each.remove();
    for (let at = first; at < last; at++) {
      if (there.has(at)) continue;
      const row = drawRow(rows[at], at, rows.length, told);
      row.style.transform = `translateY(${at * height}px)`;
      const next = [...list.children].find((each) => Number(each.dataset.at) > at);
      list.insertBefore(row, next ?? null);
    }
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = Number(event.target.closest("li")?.dataset.at) + step;
    if (!step || !(at >= 0 && at < rows.length)) return;
    event.preventDefault();
    const height = rowHeight();
    const y = list.getBoundingClientRect().top + at * height;
    if (y < 0 || y + height > innerHeight) scrollBy(0, y < 0 ? y - height : y + 2 * height - innerHeight);
    draw();
    list.querySelector(`li[data-at="${at}"] a`)?.focus({ preventScroll: true });
  }

  const redraw = () => { list.replaceChildren(); draw(); };
  addEventListener("scroll", draw, { passive: true });
  addEventListener("resize", redraw);
  take(told);
  const stopDrops = takeDrops();
  const stop = follow(told.version, async () => take(open(await get("stories.json"))));
  return () => {
    stop();
    stopDrops();
    removeEventListener("scroll", draw);
    removeEventListener("resize", redraw);
  };
}

/** Give the rows, which are sent without, the names of their fields. */
const open = (told) => ({ ...told, rows: told.rows.map((values) => {
  const row = {};
  for (let at = 0; at < values.length; at++) row[told.fields[at]] = values[at];
  return row;
}) });

// Of ten thousand it takes a while, and most lists are looked at without a question.
const folded = (row) => (row.folded ??= fold([row.title, ...row.names, row.address].join(" ")));

const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));

const isOf = (row, key) => key === "all" || row.state === key || (key === "unsent" && row.unsent) || (key === "faulty" && row.errors > 0);

function drawRow(row, at, size, told) {
  const problems = [row.errors ? h("span", { class: "bad" }, t("errors", { count: row.errors })) : null,
    row.warnings ? h("span", { class: "so-so" }, t("warnings", { count: row.warnings })) : null];
  const shot = row.photo ? h("img", { src: picture(row.address, row.photo), alt: "", loading: "lazy", decoding: "async",
    onerror: ({ target }) => target.replaceWith(noPicture(row, told)) }) : noPicture(row, told);
  return h("li", { "data-at": at, "aria-setsize": size, "aria-posinset": at + 1 },
    h("a", { href: `?bai=${row.address}`, "data-inside": true },
      h("span", { class: "shot" }, shot),
      h("span", { class: "what" }, h("span", { class: "name" }, row.title),
        h("span", { class: "about" }, [told.columns[row.column] ?? row.column, ...row.names].filter(Boolean).join(" · "))),
      h("span", { class: "how" },
        h("span", { class: "state", "data-state": row.state }, t(`state-${row.state}`)),
        row.unsent ? h("span", { class: "unsent" }, t("state-unsent")) : null, problems),
      h("span", { class: "when" }, row.at ? day.format(row.at * 1000) : "")));
}

/** In place of a cover: the cloth of the column, as lists for readers show it. */
function noPicture(row, told) {
  const [dye, ...threads] = told.cloth[row.column] ?? [0];
  const make = (name, about) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(about)) made.setAttribute(key, value);
    return made;
  };
  const drawn = make("svg", { class: `cloth cloth--${dye}`, viewBox: told.clothBox, "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" });
  drawn.append(...threads.map((d) => make("path", { d })));
  return drawn;
}
