import { slug, splitWords } from "./words.js";

// Everything that has a page, by name: read from the files that guongsang/search/names.py makes.

/** Titles and names, loaded once; texts are asked for when something is looked up. */
export class Catalogue {
  constructor(root) {
    this.root = root;
    this.stories = [];
    this.names = [];
    this.labels = { column: new Map(), field: new Map(), place: new Map(), kind: new Map() };
    this.tiers = [];
    this.parts = new Map(); // of the texts' index, by address: a longer query asks for the same again
  }

  /** Load all; a second call waits for the first, or tries again after it failed. */
  open() {
    this.opening ||= this.read().catch((error) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** Forget what was loaded: the site has been published anew since. */
  close() {
    this.opening = undefined;
    this.parts.clear();
  }

  async read() {
    const contents = await this.json("tim-kiem/muc-luc.json", { cache: "no-cache" });
    const [names, ...years] = await Promise.all([
      this.json(contents.names),
      ...contents.years.map((year) => this.json(year.titles)),
    ]);
    this.readNames(names);
    const positions = new Map();
    this.stories = [];
    for (const [at, { year, stories }] of contents.years.entries()) {
      const start = this.stories.length;
      positions.set(year, Array.from({ length: stories }, (_, number) => start + number));
      this.stories.push(...readStories(year, years[at]));
    }
    this.stories.forEach(titleLookup); // so that the first key a reader types is not slow
    // A tier numbers its stories on from year to year: where each stands in `stories`.
    this.tiers = contents.tiers.map((tier) => ({
      ...tier,
      positions: tier.years.flatMap((year) => positions.get(year)),
    }));
  }

  async json(uri, options) {
    return (await this.ask(uri, options)).json();
  }

  bytes(uri) {
    if (!this.parts.has(uri)) this.parts.set(uri, this.readPart(uri));
    return this.parts.get(uri);
  }

  async readPart(uri) {
    try {
      return await (await this.ask(uri)).arrayBuffer();
    } catch (error) {
      this.parts.delete(uri); // to be asked for again
      throw error;
    }
  }

  async ask(uri, options) {
    const answer = await fetch(this.root + uri, options);
    if (!answer.ok) throw new Error(`${answer.status} ${uri}`);
    return answer;
  }

  readNames(data) {
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
      this.labels.place.set(key, name);
    }
    for (const kind of ["column", "field", "deed", "series", "author"]) {
      for (const [name, key, count, short] of data[kind]) {
        entries.push(makeName(name, `${data.sections[kind]}${key}/`, LISTS[kind], count, [], []));
        this.labels[kind]?.set(key, short || name);
      }
    }
    data.kinds.forEach((name, at) => this.labels.kind.set(String(at), name));
    this.names = entries;
  }
}

const LISTS = {
  column: "Chuyên mục",
  field: "Lĩnh vực",
  deed: "Việc làm",
  series: "Loạt bài",
  author: "Tác giả",
};

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

class Story {
  constructor(year, title, key, date, order, facets) {
    Object.assign(this, { year, title, key, date, order, facets });
  }

  /** Made when asked for: ten of thousands are shown. */
  get url() {
    return `${this.year}/${longKey(this.key, this.title)}/`;
  }
}

function readStories(year, data) {
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
