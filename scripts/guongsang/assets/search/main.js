import { makeCatalogue } from "./catalogue.js";
import { Library, Lost } from "./library.js";
import { findByTitle, findNames, findQuiet, findStories, newestFirst, readQuery } from "./rank.js";
import { element, showResults } from "./results.js";

// The page of the search: what was typed and chosen stands in the address, and the other way round.

const TITLES_AFTER = 120; // milliseconds without a key
const TEXTS_AFTER = 350;
const FACETS = { "chuyen-muc": "column", "linh-vuc": "field", "dia-phuong": "place", nam: "year", loai: "kind" };
const BY_LETTERS = new Intl.Collator("vi");
const ORDERS = { "": "Đúng nhất trước", moi: "Mới nhất trước", cu: "Cũ nhất trước" };

const form = document.getElementById("tim-kiem");
const input = document.getElementById("q");
const count = document.getElementById("so-ket-qua");
const box = document.getElementById("ket-qua");
const ways = document.getElementById("loi-khac");
const panel = document.getElementById("loc");
const library = new Library(form.dataset.root, makeCatalogue);
const pageTitle = document.title;
const asked = new URLSearchParams(location.search).get("q") || ""; // when the page was opened
let current = 0; // the number of the newest search: older ones are not shown any more
let timers = [];

/** Search for what the form says and show it. With `texts`, in whole stories too. */
async function search({ texts, shown = 0 }) {
  current += 1;
  const mine = current;
  const query = readQuery(input.value);
  if (!query.words.length && !chosenFacets().length) {
    showNothingAsked();
    return;
  }
  try {
    const result = await find(query, texts);
    // While a reader types, what is on the page stays until there is something better.
    if (mine !== current || !(texts || result.names.length || result.found.length)) return;
    show({ query, shown, ...result });
    if (texts) announce({ query, ...result });
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    if (mine === current) showFailure();
  }
}

/** What is found: {catalogue, names, found, isPartial, gaps}. */
async function find(query, texts) {
  const result = await findIn(await library.open(), query, texts);
  // Files of an older publication are gone: the contents tell the new ones.
  return library.hasNewLosses ? findIn(await library.reopen(), query, texts) : result;
}

async function findIn(catalogue, query, texts) {
  const names = findNames(query, catalogue.names);
  const quiet = findQuiet(query, catalogue.quiet);
  const { found, isPartial = false, unread = [] } = await findOf(catalogue, query, texts);
  return { catalogue, names, quiet, found, isPartial, gaps: tellGaps(catalogue, unread) };
}

async function findOf(catalogue, query, texts) {
  if (!query.words.length) {
    const found = catalogue.stories.map((story) => ({ story }));
    return { found: found.sort((a, b) => newestFirst(a.story, b.story)) };
  }
  if (texts) return findStories(query, catalogue, (uri) => library.shard(uri));
  return { found: findByTitle(query, catalogue.stories) };
}

/** What could not be searched, in words for readers. */
function tellGaps({ lostYears, isNameless }, unread) {
  const inTexts = unread.filter((year) => !lostYears.includes(year));
  return [
    lostYears.length && `các bài năm ${nameYears(lostYears)}`,
    inTexts.length && `một số từ trong nội dung bài năm ${nameYears(inTexts)}`,
    isNameless && "tên người, tên nơi và các danh mục",
  ].filter(Boolean);
}

/** "2011–2014, 2016": years that follow each other as a span. */
function nameYears(years) {
  const spans = [];
  for (const year of years.map(Number).sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.[1] === year - 1) last[1] = year;
    else spans.push([year, year]);
  }
  return spans.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(", ");
}

function show({ catalogue, query, names, quiet, found, isPartial, gaps, shown }) {
  fillFacets(found, catalogue);
  const kept = sortAsChosen(filterFound(found));
  const withNames = chosenFacets().length ? [] : names;
  panel.toggleAttribute("data-idle", !found.length);
  ways.hidden = kept.length + withNames.length > 0;
  box.classList.toggle("is-awaited", ways.hidden);
  showResults(box, {
    names: withNames,
    found: kept,
    query,
    catalogue,
    shown,
    more: (number) => history.replaceState({ shown: number }, ""),
  });
  if (isPartial && kept.length) box.prepend(element("p", { class: "results__note" }, tellPartly(query)));
  if (quiet.length) box.prepend(...groupQuiet(quiet).map((places) => noteQuiet(places, catalogue)));
  if (gaps.length) box.prepend(noteGaps(gaps));
  if (!kept.length && !withNames.length && !quiet.length) box.append(helpFor(query));
  document.title = query.text ? `“${query.text}” – ${pageTitle}` : pageTitle;
}

function tellPartly(query) {
  return `Không bài nào có đủ “${query.text.replace(/["“”]/g, "")}”; gần nhất:`;
}

/** Communes of which nothing is told yet, those with the same neighbours together. */
function groupQuiet(quiet) {
  const groups = new Map();
  for (const place of quiet) {
    const key = place.near.map(({ url }) => url).join(" ");
    groups.set(key, [...(groups.get(key) || []), place]);
  }
  return [...groups.values()];
}

/** Communes of ours of which nothing is told yet, and others of their former district. */
function noteQuiet(places, catalogue) {
  const [{ near }] = places;
  const told = places.map(({ name }) => name).join(", ");
  const made = element("p", { class: "results__note" }, `Chưa có bài nào ở ${told}.`);
  near.forEach(({ name: other, url, count }, at) => {
    made.append(at ? ", " : " Cùng huyện cũ: ");
    made.append(element("a", { href: catalogue.root + url }, other), ` (${count} bài)`);
  });
  if (near.length) made.append(".");
  return made;
}

function noteGaps(gaps) {
  const said = `Chưa tìm được ${gaps.join("; ")}: dữ liệu không tải được.`;
  return element("div", { class: "results__note" }, element("p", {}, said), retryButton());
}

function retryButton() {
  const button = element("button", { type: "button" }, "Thử lại");
  button.addEventListener("click", () => {
    library.forgetLosses();
    search({ texts: true });
  });
  return button;
}

function announce({ query, names, quiet, found, isPartial, gaps }) {
  const number = filterFound(found).length;
  const what = query.text ? ` cho “${query.text}”` : "";
  const pages = names.length && !chosenFacets().length ? ` và ${names.length} mục` : "";
  const stories = number ? `${number} bài` : "Không có bài nào";
  const lack = gaps.length ? " (chưa tìm được hết)" : "";
  const silent = quiet.map(({ name }) => `. Chưa có bài nào ở ${name}`).join("");
  const told = `${isPartial ? "Gần đúng: " : ""}${stories}${pages}${what}${lack}`;
  // Those who see read it below; a second line here would move what is there.
  count.replaceChildren(told, element("span", { class: "visually-hidden" }, silent));
}

function helpFor(query) {
  const made = element("div", { class: "empty" });
  made.append(element("p", {}, "Không tìm thấy bài nào. Bạn có thể thử:"));
  const tips = ["Bớt từ, hoặc chỉ gõ tên người, tên xã.", "Gõ không dấu cũng được; kiểm tra lại chính tả."];
  if (query.isPhrase) tips.push("Bỏ dấu ngoặc kép để tìm các từ đứng rời nhau.");
  made.append(element("ul", {}, ...tips.map((tip) => element("li", {}, tip))));
  if (chosenFacets().length) {
    const button = element("button", { type: "button" }, "Bỏ các mục lọc");
    button.addEventListener("click", () => {
      for (const id of Object.keys(FACETS)) setChoice(id, "");
      remember(true);
      search({ texts: true });
    });
    made.append(button);
  }
  return made;
}

/** Leave room for results from the first paint on, so that nothing jumps when they come. */
function awaitResults() {
  panel.removeAttribute("data-idle");
  ways.hidden = true;
  box.classList.add("is-awaited");
}

function showNothingAsked() {
  box.replaceChildren();
  box.classList.remove("is-awaited");
  count.textContent = "";
  panel.setAttribute("data-idle", "");
  ways.hidden = false;
  document.title = pageTitle;
}

function showFailure() {
  const said = "Không tải được dữ liệu tìm kiếm. Kiểm tra kết nối mạng rồi thử lại.";
  box.replaceChildren(element("div", { class: "empty" }, element("p", {}, said), retryButton()));
  box.classList.remove("is-awaited");
  count.textContent = said;
  ways.hidden = false;
}

// Facets: lists whose entries say how many stories each would leave.

function chosenFacets() {
  return Object.entries(FACETS)
    .map(([id, facet]) => [facet, choice(id)])
    .filter(([, key]) => key);
}

function choice(id) {
  const list = form.elements[id];
  return list.value || list.dataset.wanted || "";
}

/** Choose an entry, also one that the list does not have yet. */
function setChoice(id, key) {
  const list = form.elements[id];
  list.value = key;
  list.dataset.wanted = key;
}

function filterFound(found, except) {
  const chosen = chosenFacets().filter(([facet]) => facet !== except);
  return found.filter(({ story }) => chosen.every(([facet, key]) => story.facets[facet].includes(key)));
}

function fillFacets(found, { labels }) {
  for (const [id, facet] of Object.entries(FACETS)) {
    const counts = new Map();
    for (const { story } of filterFound(found, facet)) {
      for (const key of story.facets[facet]) counts.set(key, (counts.get(key) || 0) + 1);
    }
    fillList(id, counts, facet === "year" ? null : labels[facet]);
  }
  const chosen = chosenFacets().length;
  document.getElementById("loc-so").textContent = chosen ? `(${chosen})` : "";
}

/** Fill a list in the order of its labels; years have none, the newest comes first. */
function fillList(id, counts, labels) {
  const wanted = choice(id);
  if (wanted && !counts.has(wanted)) counts.set(wanted, 0);
  const label = (key) => labels?.get(key) || key;
  const known = [...counts.keys()].filter((key) => !labels || labels.has(key) || key === wanted);
  const keys = known.sort((a, b) =>
    labels ? BY_LETTERS.compare(label(a), label(b)) : b.localeCompare(a),
  );
  const options = keys.map((key) => new Option(`${label(key)} (${counts.get(key)})`, key));
  form.elements[id].replaceChildren(new Option("Tất cả", ""), ...options);
  setChoice(id, wanted);
}

function sortAsChosen(found) {
  const order = form.elements.xep.value;
  if (!order) return found;
  const sign = order === "moi" ? 1 : -1;
  return [...found].sort((a, b) => sign * newestFirst(a.story, b.story));
}

// The address.

function remember(asNew) {
  const address = new URL(location.href);
  address.search = "";
  if (input.value.trim()) address.searchParams.set("q", input.value.trim());
  for (const id of Object.keys(FACETS)) if (choice(id)) address.searchParams.set(id, choice(id));
  if (form.elements.xep.value) address.searchParams.set("xep", form.elements.xep.value);
  if (address.href === location.href) return;
  if (asNew) history.pushState({}, "", address);
  else history.replaceState({}, "", address);
}

function recall({ typed = "" } = {}) {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || typed;
  for (const id of Object.keys(FACETS)) setChoice(id, asked.get(id) || "");
  form.elements.xep.value = asked.get("xep") || "";
  if (chosenFacets().length || form.elements.xep.value) panel.open = true;
  const isAsked = Boolean(input.value.trim() || chosenFacets().length);
  if (isAsked) awaitResults();
  delete document.documentElement.dataset.asked; // of the first paint: from here on this script says
  return search({ texts: true, shown: history.state?.shown });
}

/** Who came with a question is one key away from the first answer, unless typing meanwhile. */
function leadToResults() {
  const isElsewhere = ![input, document.body].includes(document.activeElement);
  if (box.querySelector("a") && !isElsewhere) box.focus({ preventScroll: true });
}

// Keys.

function moveFocus(event) {
  const links = [...box.querySelectorAll("a, button")];
  const at = links.indexOf(document.activeElement);
  const inForm = document.activeElement === input;
  if (event.key === "Escape" && at >= 0) input.focus();
  else if (event.key === "ArrowDown" && (at >= 0 || inForm)) links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || input).focus();
  else return;
  event.preventDefault();
}

form.elements.xep.append(...Object.entries(ORDERS).map(([key, text]) => new Option(text, key)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  timers.forEach(clearTimeout);
  remember(true);
  search({ texts: true });
});
input.addEventListener("input", () => {
  timers.forEach(clearTimeout);
  timers = [
    setTimeout(() => search({ texts: false }), TITLES_AFTER),
    setTimeout(() => {
      remember(false);
      search({ texts: true });
    }, TEXTS_AFTER),
  ];
});
panel.addEventListener("change", (event) => {
  if (event.target.dataset.wanted !== undefined) setChoice(event.target.id, event.target.value);
  remember(true);
  search({ texts: true });
});
document.addEventListener("keydown", moveFocus);
addEventListener("popstate", () => recall());
addEventListener("online", () => library.forgetLosses());
library.open().catch(() => {}); // whoever is here will type: told again when they have
// What was typed while this was on its way is asked for at once.
recall({ typed: input.value }).then(() => input.value.trim() && input.value === asked && leadToResults());
