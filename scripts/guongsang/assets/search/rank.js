import { spellings, titleLookup } from "./catalogue.js";
import { findHolders, makeTerm } from "./shards.js";
import { splitWords } from "./words.js";

// What is found, and in which order: exact marks first, phrases before scattered words, titles
// before texts, then by how rare the words are that a story has, then the newest.

const MOST_WORDS = 10; // looked up in texts; titles and names are compared with all
const MOST_NAMES = 6;
const NEARLY = 0.6; // of the words, where no story has all

/** What a reader typed. Words in quotes must stand together. */
export function readQuery(text) {
  const words = splitWords(text);
  const spaced = (form) => words.map((word) => word[form]).join(" ");
  return {
    text: text.trim(),
    words,
    fold: spaced("fold"),
    exact: spaced("exact"),
    isMarked: words.some((word) => word.exact !== word.fold),
    isPhrase: /^["“”].+["“”]$/.test(text.trim()),
    isUnfinished: /[\p{L}\p{N}]$/u.test(text),
  };
}

/** The people, places and lists of that name, the nearest first: {entry, spelling}. */
export function findNames(query, names) {
  if (!query.words.length) return [];
  const found = [];
  for (const entry of names) {
    let best;
    for (const spelling of spellings(entry)) {
      const rank = rankSpelling(query, spelling);
      if (rank > (best?.rank || 0)) best = { entry, spelling, rank };
    }
    if (best) found.push(best);
  }
  found.sort((a, b) => b.rank - a.rank || b.entry.count - a.entry.count);
  return found.slice(0, MOST_NAMES);
}

/** The communes of exactly that name, old or new, of which no story tells. */
export function findQuiet(query, places) {
  const isNamed = (spelling) =>
    !spelling.isDistrict && [spelling.fold, spelling.whole].includes(` ${query.fold} `);
  return query.words.length ? places.filter((place) => spellings(place).some(isNamed)) : [];
}

function rankSpelling(query, spelling) {
  const nearness = comparePhrase(query.fold, spelling.fold) || comparePhrase(query.fold, spelling.whole);
  if (!nearness || (spelling.isDistrict && nearness < 3)) return 0;
  const exact = query.isMarked && spelling.exact.includes(` ${query.exact} `) ? 10 : 0;
  const age = spelling.isDistrict ? 0 : spelling.isFormer ? 1 : 2;
  return exact + nearness * 3 + age;
}

/** 3: the same words; 2: begins with them; 1: has them in a row; the last may be unfinished. */
function comparePhrase(words, spaced) {
  if (spaced === ` ${words} `) return 3;
  if (spaced.startsWith(` ${words}`)) return 2;
  return spaced.includes(` ${words}`) ? 1 : 0;
}

/** The stories with these words in their titles, the best first. */
export function findByTitle(query, stories) {
  return sortFound(rankTitles(query, stories));
}

/**
 * The stories with these words anywhere: {found, isPartial, unread}, the last the years in whose texts
 * not all words could be looked up. `load` is that of `findHolders`.
 */
export async function findStories(query, catalogue, load) {
  const asked = findInTexts(query, catalogue, load);
  const found = rankTitles(query, catalogue.stories); // while the network is busy
  const texts = await asked;
  for (const [at, hit] of texts.hits) {
    const title = found.get(at);
    if (!title) found.set(at, hit);
    else found.set(at, { ...title, phrase: Math.max(title.phrase, hit.phrase), score: hit.score });
  }
  const isPartial = texts.isPartial && [...found.values()].every((hit) => !hit.title);
  return { found: sortFound(found), isPartial, unread: texts.unread };
}

function rankTitles(query, stories) {
  const found = new Map();
  if (!query.words.length) return found;
  const parts = query.words.map((word) => ` ${word.fold}`);
  for (const [at, story] of stories.entries()) {
    const title = titleLookup(story);
    if (!parts.every((part) => title.fold.includes(part))) continue;
    const near = comparePhrase(query.fold, title.fold);
    if (query.isPhrase && !near) continue;
    const isExact = query.isMarked && title.exact.includes(` ${query.exact} `);
    found.set(at, { story, title: near + 1, phrase: isExact ? 3 : near ? 2 : 0, score: 0 });
  }
  return found;
}

async function findInTexts(query, catalogue, load) {
  const words = distinct(query.words).slice(0, MOST_WORDS);
  const pairs = pairUp(query.words.slice(0, MOST_WORDS));
  if (!words.length || !catalogue.tiers.length) return { hits: new Map(), isPartial: false, unread: [] };
  const terms = [...words.map((word) => makeTerm([word])), ...pairs.map(makeTerm)];
  const holders = await Promise.all(
    catalogue.tiers.map((tier) => findHolders(tier, terms, load)),
  );
  const weights = terms.map((_, at) => weigh(holders.map((tier) => tier[at]), catalogue));
  const used = useWords(query, words, weights);
  const scored = catalogue.tiers.map((tier, at) => scoreTier(tier, holders[at], weights, words, used));
  const unread = catalogue.tiers.filter((_, at) => holders[at].includes(null));
  return { ...collectHits(query, catalogue, scored), unread: unread.flatMap((tier) => tier.years) };
}

function distinct(words) {
  return [...new Map(words.map((word) => [word.exact, word])).values()];
}

function pairUp(words) {
  return words.slice(1).map((word, at) => [words[at], word]);
}

/** How rare a term is: the logarithm of how many stories there are for each that has it. */
function weigh(tiers, catalogue) {
  const count = tiers.flat().reduce((sum, form) => sum + (form?.numbers.length || 0), 0);
  return count ? Math.log(1 + catalogue.stories.length / count) : 0;
}

/** Which words must be there: an unfinished last one that no story has is left out. */
function useWords(query, words, weights) {
  const used = words.map((_, at) => at);
  const last = words.length - 1;
  const isOpen = query.isUnfinished && last > 0 && weights[last] === 0;
  return isOpen ? used.slice(0, last) : used;
}

/**
 * Count for each story of a tier what it has: words and pairs, also with the very marks. `wanted` is
 * how many there could be: what could not be looked up there is asked of no story.
 */
function scoreTier(tier, holders, weights, words, used) {
  const size = tier.positions.length;
  const made = () => new Uint8Array(size);
  const counts = { words: made(), exactWords: made(), pairs: made(), exactPairs: made() };
  const score = new Float32Array(size);
  const wanted = { words: 0, pairs: 0 };
  for (const [at, forms] of holders.entries()) {
    const isWord = at < words.length;
    if (forms === null || (isWord && !used.includes(at))) continue;
    const [any, exact] = isWord ? ["words", "exactWords"] : ["pairs", "exactPairs"];
    const seen = made();
    wanted[any] += 1;
    for (const form of forms) {
      for (const number of form.numbers) {
        if (!seen[number]) {
          seen[number] = 1;
          counts[any][number] += 1;
          score[number] += weights[at] * (isWord ? 0.25 : 1);
        }
        if (form.exact) {
          counts[exact][number] += 1;
          score[number] += weights[at] * (isWord ? 0.05 : 0.2);
        }
      }
    }
  }
  return { positions: tier.positions, counts, score, wanted };
}

function collectHits(query, catalogue, scored) {
  const read = scored.filter(({ wanted }) => wanted.words > 0);
  const mosts = read.map((tier) => tier.counts.words.reduce(maximum, 0));
  const isPartial = read.every((tier, at) => mosts[at] < tier.wanted.words);
  const most = Math.max(1, ...mosts);
  const hits = new Map();
  for (const { positions, counts, score, wanted } of read) {
    const least = isPartial ? Math.max(most, Math.ceil(wanted.words * NEARLY)) : wanted.words;
    for (const [number, at] of positions.entries()) {
      if (at === undefined || counts.words[number] < least) continue;
      const phrase = rankPhrase(query, counts, number, wanted);
      if (query.isPhrase && phrase < (query.isMarked ? 3 : 2)) continue;
      hits.set(at, { story: catalogue.stories[at], title: 0, phrase, score: score[number] });
    }
  }
  return { hits, isPartial: isPartial && hits.size > 0 };
}

const maximum = (a, b) => Math.max(a, b);

/** 3: in a row with these marks; 2: in a row; 1: all words with these marks; 0: scattered. */
function rankPhrase(query, counts, number, wanted) {
  const hasWords = counts.exactWords[number] >= wanted.words;
  const inRow = counts.pairs[number] >= wanted.pairs && counts.words[number] >= wanted.words;
  const inExactRow = counts.exactPairs[number] >= wanted.pairs && hasWords;
  if (query.isMarked && inExactRow) return 3;
  if (inRow) return 2;
  return query.isMarked && hasWords ? 1 : 0;
}

function sortFound(found) {
  const hits = [...found.values()];
  for (const hit of hits) hit.rank = hit.phrase * 4 + hit.title;
  return hits.sort(
    (a, b) => b.rank - a.rank || b.score - a.score || newestFirst(a.story, b.story),
  );
}

/** Compare two stories by date, those of one day as the lists do. */
export function newestFirst(a, b) {
  return b.date - a.date || b.order - a.order;
}
