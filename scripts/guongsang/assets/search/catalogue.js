import { Lost } from "./library.js";
import { slug, splitWords } from "./words.js";

// Everything that has a page, by name: read from the files that guongsang/search/names.py makes.

/**
 * Titles and names, all that the library has of them: {root, stories, names, quiet, isNameless, labels,
 * tiers, lostYears}.
 */
export async function makeCatalogue(contents, library) {
  const [names, ...years] = await Promise.all([
    library.data(contents.names, readNames),
    ...contents.years.map(({ year, stories, titles }) =>
      library.data(titles, (data) => readStories(year, stories, data)),
    ),
  ]);
  const positions = new Map();
  const all = [];
  for (const [at, { year, stories }] of contents.years.entries()) {
    const start = all.length;
    const place = (_, number) => (years[at] ? start + number : undefined);
    positions.set(year, Array.from({ length: stories }, place));
    all.push(...(years[at] || []));
  }
  all.forEach(titleLookup); // so that the first key a reader types is not slow
  return {
    root: library.root,
    stories: all,
    names: names?.entries || [],
    quiet: names?.quiet || [],
    isNameless: !names,
    labels: names?.labels || noLabels(),
    // A tier numbers its stories on from year to year: where each stands in `stories`, if it does.
    tiers: contents.tiers.map((tier) => ({
      ...tier,
      positions: tier.years.flatMap((year) => positions.get(year)),
    })),
    lostYears: contents.years.filter((_, at) => !years[at]).map(({ year }) => year),
  };
}

function noLabels() {
  return { column: new Map(), field: new Map(), place: new Map(), kind: new Map() };
}

function readNames(data) {
  if (!LISTED.every((each) => data?.[each])) throw new Lost("names");
  const labels = noLabels();
  const entries = [];
  const { names, keys, kinds, counts, others } = data.honoree;
  for (const [at, name] of names.entries()) {
    const url = `${data.sections.honoree}${longKey(keys[at], name)}/`;
    const other = others[at] || [];
    entries.push(makeName(name, url, data.kinds[kinds[at]], counts[at], [], other));
  }
  for (const [name, key, count, other, former] of data.place) {
    const url = `${data.sections.place}${key}/`;
    entries.push(makeName(name, url, "Địa phương", count, former, other));
    labels.place.set(key, name);
  }
  const places = new Map(entries.map((entry) => [entry.url, entry]));
  const quiet = (data.quiet || []).map(([name, others, former, near]) => ({
    ...makeName(name, null, "", 0, former, others),
    near: near.map((key) => places.get(`${data.sections.place}${key}/`)),
  }));
  for (const kind of Object.keys(LISTS)) {
    for (const [name, key, count, short] of data[kind]) {
      entries.push(makeName(name, `${data.sections[kind]}${key}/`, LISTS[kind], count, [], []));
      labels[kind]?.set(key, short || name);
    }
  }
  data.kinds.forEach((name, at) => labels.kind.set(String(at), name));
  return { entries, quiet, labels };
}

const LISTS = {
  column: "Chuyên mục",
  field: "Lĩnh vực",
  deed: "Việc làm",
  series: "Loạt bài",
  author: "Tác giả",
};
const LISTED = ["sections", "kinds", "honoree", "place", ...Object.keys(LISTS)];

function makeName(name, url, kind, count, former, others) {
  return { name, url, kind, count, former, others };
}

/** The spellings of an entry as words to compare with, made when first asked for. */
export function spellings(entry) {
  entry.spellings ||= [entry.name, ...entry.others, ...entry.former].map((text, at) => ({
    text,
    isFormer: at > entry.others.length,
    isDistrict: text.startsWith("huyện "),
    ...lookup(text.replace(UNIT, "")),
    whole: lookup(text).fold,
  }));
  return entry.spellings;
}

// The kind of an administrative unit before its name.
const UNIT = /^(xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh) /i;

/** The title of a story as words to compare with, made when first asked for. */
export function titleLookup(story) {
  story.lookup ||= lookup(story.title);
  return story.lookup;
}

function lookup(text) {
  const words = splitWords(text);
  const spaced = (form) => ` ${words.map((word) => word[form]).join(" ")} `;
  return { fold: spaced("fold"), exact: spaced("exact") };
}

// The kinds of honorees that a number stands for, a bit each.
const KINDS = Array.from({ length: 8 }, (_, bits) => ["0", "1", "2"].filter((bit) => bits & (1 << bit)));

const COLUMNS = ["titles", "slugs", "days", "column", "field", "place", "kind"];

class Story {
  constructor(year, title, key, date, order, facets) {
    Object.assign(this, { year, title, key, date, order, facets });
  }

  /** Made when asked for: ten of thousands are shown. */
  get url() {
    return `${this.year}/${longKey(this.key, this.title)}/`;
  }
}

function readStories(year, stories, data) {
  if (!COLUMNS.every((each) => data?.[each]?.length === stories)) throw new Lost(`titles of ${year}`);
  const single = (facet) => data.keys[facet].map((key) => [key]);
  const singles = { column: single("column"), field: single("field"), place: single("place") };
  const keysOf = (facet, at) => {
    const numbers = data[facet][at];
    return singles[facet][numbers] || numbers.map((number) => data.keys[facet][number]);
  };
  const years = [year];
  return data.titles.map((title, at) => {
    const facets = {
      column: keysOf("column", at),
      field: keysOf("field", at),
      place: keysOf("place", at),
      year: years,
      kind: KINDS[data.kind[at]],
    };
    return new Story(year, title, data.slugs[at], Number(year) * 10000 + data.days[at], at, facets);
  });
}

function longKey(key, name) {
  if (key === "" || key.startsWith("+")) return slug(name) + key.slice(1);
  return key;
}
