import { crc32 } from "./words.js";

// Which stories hold a term: read from the shards that guongsang/search/shards.py describes.

/** A word, or two neighbours, as the index has it. */
export function makeTerm(words) {
  return {
    hash: crc32(words.map((word) => word.fold).join(" ")),
    tag: crc32(words.map((word) => word.exact).join(" ")) & 0xffff,
  };
}

/**
 * The stories of a tier that hold each term: a list of {exact, numbers}, one for each way to write
 * it; null where its shard is lost. Asks for each shard once; `load` gets an address and returns a
 * promise of bytes or null.
 */
export function findHolders(tier, terms, load) {
  const shards = new Map();
  return Promise.all(
    terms.map(async (term) => {
      const count = tier.keys.length;
      const shard = term.hash % count;
      if (!shards.has(shard)) shards.set(shard, load(`${tier.folder}${shard}.${tier.keys[shard]}.bin`));
      const bytes = await shards.get(shard);
      return bytes && readForms(bytes, term, count);
    }),
  );
}

function readForms(bytes, term, shards) {
  const wanted = Math.floor(term.hash / shards);
  const forms = [];
  let at = 0;
  let hash = 0;
  const number = () => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at];
      at += 1;
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length && hash <= wanted) {
    hash += number();
    for (let left = number(); left > 0; left -= 1) {
      const tag = bytes[at] | (bytes[at + 1] << 8);
      at += 2;
      const end = number() + at;
      if (hash !== wanted) at = end;
      else forms.push({ exact: tag === term.tag, numbers: readNumbers(number, () => at < end) });
    }
  }
  return forms;
}

function readNumbers(number, hasMore) {
  const numbers = [];
  let last = 0;
  while (hasMore()) {
    last += number();
    numbers.push(last);
  }
  return numbers;
}
