// Words as the index knows them. The rules are those of guongsang/search/terms.py and text/fold.py.

const MARKS = /[\u0300-\u036f]/g;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD = /[\p{L}\p{N}]+/gu;
const BASE = { "đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe" };
const SLUG_LENGTH = 80;

const small = (text) => text.toLowerCase().replaceAll("ß", "ss");

/** Small letters without marks: "Đường ĐI" becomes "duong di". */
export function fold(text) {
  const bare = small(text).normalize("NFD").replace(MARKS, "");
  return bare.replace(/[đøłæœ]/g, (letter) => BASE[letter]).normalize("NFC");
}

/** A key under which "hòa" and "hoà" are equal, and "cha" and "chà" are not. */
export function toneKey(word) {
  const letters = small(word).normalize("NFD");
  return letters.replace(TONES, "") + (letters.match(TONES) || []).join("");
}

/** The words of a text, each with its folded form and its form with marks. */
export function splitWords(text) {
  return (small(text.normalize("NFC")).match(WORD) || []).map(formsOf);
}

// Thousands of titles have few different words: their forms are worked out once.
const FORMS = new Map();

function formsOf(word) {
  let forms = FORMS.get(word);
  if (!forms) {
    forms = { fold: fold(word), exact: toneKey(word) };
    FORMS.set(word, forms);
  }
  return forms;
}

/** Where the words of a text stand: the text in pieces, words and what is between them in turn. */
export function cutWords(text) {
  return text.normalize("NFC").split(/([\p{L}\p{N}]+)/u);
}

/** The slug that a name gives. */
export function slug(name) {
  const whole = fold(name.normalize("NFKC")).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (whole.length <= SLUG_LENGTH) return whole;
  const end = whole.lastIndexOf("-", SLUG_LENGTH);
  return whole.slice(0, end > 0 ? end : SLUG_LENGTH);
}

/** CRC-32 of a text in UTF-8, from 0 to 2³² − 1. */
export function crc32(text) {
  return crc32Of(new TextEncoder().encode(text));
}

/** CRC-32 of bytes. */
export function crc32Of(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const CRC = Int32Array.from({ length: 256 }, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
