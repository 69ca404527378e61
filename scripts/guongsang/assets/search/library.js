import { crc32Of } from "./words.js";

// The files of the search, as far as they can be had: one that is missing or damaged takes only its
// own stories, words or names away.

const CONTENTS = "tim-kiem/muc-luc.json"; // the one file whose address stays

/** A file that is not there, or not whole. */
export class Lost extends Error {}

/**
 * Loads each file once. Where one is lost, the reader may have kept the page open over a
 * publication: `reopen` asks for the contents again, which tell the addresses of today.
 */
export class Library {
  constructor(root, makeCatalogue) {
    this.root = root;
    this.makeCatalogue = makeCatalogue; // of the contents and this
    this.kept = new Map(); // promises of what is in a file, by address
    this.lost = new Set(); // addresses, since the last opening
    this.tried = new Set(); // those lost before it: no reason to open once more
  }

  get hasNewLosses() {
    return [...this.lost].some((uri) => !this.tried.has(uri));
  }

  /** A promise of the catalogue; fails with `Lost` where nothing of it can be had. */
  open() {
    this.opening ||= this.readCatalogue().catch((error) => {
      this.forgetLosses();
      throw error;
    });
    return this.opening;
  }

  /** Open anew, and ask once more for what was lost; without contents, what was read before stays. */
  async reopen() {
    const before = this.opening;
    this.forgetLosses();
    try {
      return await this.open();
    } catch (error) {
      if (!(error instanceof Lost) || !before) throw error;
      this.opening ||= before;
      return before;
    }
  }

  /** Let the next opening ask again for contents and for all that was lost. */
  forgetLosses() {
    for (const uri of this.lost) this.tried.add(uri);
    this.lost.clear();
    this.opening = undefined;
  }

  /** A promise of a shard's bytes; of null where it is lost. */
  shard(uri) {
    return this.take(uri, "arrayBuffer", readShard);
  }

  /** A promise of what `make` makes of a file of data; of null where it is lost. */
  data(uri, make) {
    return this.take(uri, "json", make);
  }

  async readCatalogue() {
    const contents = await this.read(CONTENTS, "json", "no-cache").catch(() =>
      this.read(CONTENTS, "json", "reload"),
    );
    if (!contents?.years || !contents.tiers) throw new Lost(CONTENTS);
    const catalogue = await this.makeCatalogue(contents, this);
    if (!catalogue.stories.length && catalogue.isNameless) throw new Lost("all titles and names");
    return catalogue;
  }

  take(uri, kind, make) {
    if (!this.kept.has(uri)) this.kept.set(uri, this.makeOf(uri, kind, make));
    return this.kept.get(uri);
  }

  async makeOf(uri, kind, make) {
    try {
      return make(await this.read(uri, kind, this.tried.has(uri) ? "reload" : "default"));
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.lost.add(uri);
      this.kept.delete(uri);
      return null;
    }
  }

  async read(uri, kind, cache) {
    let answer;
    try {
      answer = await fetch(this.root + uri, { cache });
      if (answer.ok) return await answer[kind]();
    } catch (error) {
      throw new Lost(uri, { cause: error }); // no network, a broken connection, half of a file
    }
    throw new Lost(`${answer.status} ${uri}`);
  }
}

function readShard(buffer) {
  if (buffer.byteLength < 4) throw new Lost("a shard without its sum");
  const bytes = new Uint8Array(buffer, 4);
  if (new DataView(buffer).getUint32(0, true) !== crc32Of(bytes)) throw new Lost("a damaged shard");
  return bytes;
}
