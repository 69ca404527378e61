import { cutWords, fold } from "./words.js";

// What a result shows of its story. It is read from the published page, so that the search can never
// show what the page does not, and the page is there already when the reader opens it.

// In words; as much as there is room for, so that no mark is cut off.
const PASSAGE = matchMedia("(min-width: 48em)").matches ? 36 : 18;
const BEFORE = PASSAGE > 18 ? 8 : 4; // the first word of the query

/** The summary, paragraphs and picture of a page: a promise. */
export async function readPage(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const paragraphs = page.querySelectorAll(".story__body :is(p, li, h2, h3, h4, td)");
  return {
    summary: page.querySelector('meta[name="description"]')?.content || "",
    paragraphs: [...paragraphs].map((each) => each.textContent.replace(/\s+/g, " ").trim()),
    picture: readPicture(page.querySelector("article picture"), answer.url),
  };
}

function readPicture(picture, base) {
  const image = picture?.querySelector("img");
  if (!image) return null;
  const smallest = (srcset) => new URL((srcset || "").trim().split(/\s/)[0], base).href;
  const avif = picture.querySelector('source[type="image/avif"]');
  return {
    avif: avif && smallest(avif.getAttribute("srcset")),
    jpeg: smallest(image.getAttribute("srcset") || image.getAttribute("src")),
    classes: [...image.classList],
  };
}

/** The passage that says most about the query, with its words marked. */
export function choosePassage(page, query) {
  if (!query.words.length) return document.createTextNode(page.summary);
  let best = { worth: 0.5, text: page.summary };
  for (const text of [page.summary, ...page.paragraphs]) {
    const passage = bestPassage(text, query);
    if (passage.worth > best.worth) best = passage;
  }
  return markWords(best.text, query);
}

function bestPassage(text, query) {
  const pieces = cutWords(text);
  const wanted = new Map(query.words.map((word, at) => [word.fold, at]));
  const ats = pieces.map((piece, at) => (at % 2 ? wanted.get(fold(piece)) : undefined));
  let best = { worth: 0, start: 0 };
  for (let start = 1; start < pieces.length; start += 2) {
    if (ats[start] === undefined) continue;
    const worth = weighWindow(ats, start, Math.min(pieces.length, start + (PASSAGE - BEFORE) * 2));
    if (worth > best.worth) best = { worth, start };
  }
  return { worth: best.worth, text: cutPassage(pieces, best.start) };
}

/** Different words count, and more where they follow each other as in the query. */
function weighWindow(ats, start, end) {
  const seen = new Set();
  let pairs = 0;
  for (let at = start; at < end; at += 2) {
    if (ats[at] === undefined) continue;
    seen.add(ats[at]);
    if (at > start && ats[at - 2] === ats[at] - 1) pairs += 1;
  }
  return seen.size + Math.min(pairs, seen.size) * 2;
}

function cutPassage(pieces, start) {
  const from = Math.max(0, start - 1 - BEFORE * 2);
  const to = from + PASSAGE * 2;
  const text = pieces.slice(from % 2 ? from : Math.max(0, from - 1), to).join("").trim();
  return (from > 0 ? "…\u00a0" : "") + text.replace(/^[\s,.;:!?)–-]+/, "") + (to < pieces.length ? "\u00a0…" : "");
}

/** The text with the query's words in <mark>; scattered ones only where none follow each other. */
export function markWords(text, query) {
  const made = document.createDocumentFragment();
  const pieces = cutWords(text);
  const wanted = new Set(query.words.map((word) => word.fold));
  const folds = pieces.map((piece, at) => (at % 2 && wanted.has(fold(piece)) ? fold(piece) : null));
  const pairs = new Set(query.words.slice(1).map((word, at) => `${query.words[at].fold} ${word.fold}`));
  const isPaired = (at) =>
    pairs.has(`${folds[at]} ${folds[at + 2]}`) || pairs.has(`${folds[at - 2]} ${folds[at]}`);
  const hasPairs = folds.some((each, at) => each && isPaired(at));
  pieces.forEach((piece, at) => {
    const isMarked = folds[at] && (!hasPairs || isPaired(at));
    made.append(isMarked ? marked(piece) : piece);
  });
  made.normalize();
  joinMarks(made);
  return made;
}

function marked(text) {
  const element = document.createElement("mark");
  element.textContent = text;
  return element;
}

/** Make one mark of neighbours that only a space parts. */
function joinMarks(made) {
  for (const mark of [...made.querySelectorAll("mark")]) {
    const space = mark.nextSibling;
    const next = space?.nextSibling;
    if (space?.nodeType === Node.TEXT_NODE && space.data === " " && next?.nodeName === "MARK") {
      next.prepend(...mark.childNodes, " ");
      next.normalize();
      space.remove();
      mark.remove();
    }
  }
}
