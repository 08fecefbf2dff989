import { classOf, lowerOf, normaliseText, SEPARATOR, SYMBOL, UNSPACED, UPPER, WORD } from './characters.ts';
import { CHARACTERS_PER_TOKEN, MAX_WORD_LENGTH } from './spec.ts';

/*
 * Tokens are found in one pass and handed on as 64-bit hashes (two words of 32) with their place in the text; a string is
 * made only of those that need one. Three kinds:
 * - words: runs of letters, marks and digits; one with humps (camelCase, HTMLParser) gives its parts as well as the whole;
 * - n-grams of scripts without spaces: pairs of characters, and single ones of a Han run or triples of another;
 * - pictures such as emoji, one each.
 */
export const WORD_TOKEN = 0;
const GRAM_TOKEN = 1;

const SEED_LOW = 0x811c_9dc5;
const SEED_HIGH = 0x9e37_79b9;

/** The tokens of one text, reused from text to text. Arrays are in step, `count` of them are valid. */
export class TokenBuffer {
  count = 0;
  /** What was read: the normalised text. */
  text = '';
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Words before it; the parts of a word share its place. */
  readonly position: Int32Array;
  readonly kind: Uint8Array;

  constructor(capacity: number) {
    this.low = new Int32Array(capacity);
    this.high = new Int32Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.position = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
  }

  get isFull(): boolean {
    return this.count === this.low.length;
  }

  add(low: number, high: number, start: number, end: number, position: number, kind: number): void {
    const at = this.count;
    if (at === this.low.length) return;
    this.low[at] = low;
    this.high[at] = high;
    this.start[at] = start;
    this.end[at] = end;
    this.position[at] = position;
    this.kind[at] = kind;
    this.count = at + 1;
  }

  /** The token as it stands in a vocabulary. */
  string(at: number): string {
    return lowerCased(this.text, this.start[at]!, this.end[at]!);
  }
}

function lowerCased(text: string, start: number, end: number): string {
  let out = '';
  for (let i = start; i < end; ) {
    const code = text.codePointAt(i)!;
    classOf(code);
    out += String.fromCodePoint(lowerOf(code));
    i += code > 0xffff ? 2 : 1;
  }
  return out;
}

/** Fills `into` with the tokens of a text, as many as it holds. Reads no further than that needs. */
export function tokenize(text: string, into: TokenBuffer): void {
  const limit = into.low.length * CHARACTERS_PER_TOKEN;
  const source = normaliseText(text.length > limit ? text.slice(0, limit) : text);
  into.count = 0;
  into.text = source;
  const { length } = source;
  let position = 0;
  let i = 0;
  while (i < length && !into.isFull) {
    const code = codeAt(source, i);
    const kind = classOf(code);
    if (kind === SEPARATOR) i += code > 0xffff ? 2 : 1;
    else if (kind === UNSPACED) {
      const end = endOfUnspaced(source, i);
      position = addGrams(source, i, end, position, into);
      i = end;
    } else if (kind === SYMBOL) {
      const end = i + (code > 0xffff ? 2 : 1);
      addSpan(source, i, end, position++, GRAM_TOKEN, into);
      i = end;
    } else i = addWord(source, i, position++, into);
  }
}

function codeAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  return unit >= 0xd800 && unit <= 0xdbff ? text.codePointAt(i)! : unit;
}

/** Adds the word that starts at `start`, and its humps when it has any. @returns where it ends */
function addWord(text: string, start: number, position: number, into: TokenBuffer): number {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  let partLow = SEED_LOW;
  let partHigh = SEED_HIGH;
  let partStart = start;
  let previous = UPPER as number;
  let firstPart = -1;
  let i = start;
  let end = start;
  const { length } = text;
  const stop = start + MAX_WORD_LENGTH;
  const place = into.count;
  while (i < length) {
    const code = codeAt(text, i);
    const kind = classOf(code);
    if (kind === SEPARATOR || kind >= UNSPACED) break;
    if (i < stop) {
      if (i > partStart && kind === UPPER && (previous !== UPPER || endsCapitals(text, i))) {
        if (firstPart < 0) {
          firstPart = into.count;
          // Room for the whole word, which stands before its parts.
          into.add(0, 0, start, start, position, WORD_TOKEN);
        }
        into.add(finish(partLow), finish(partHigh), partStart, i, position, WORD_TOKEN);
        partStart = i;
        partLow = SEED_LOW;
        partHigh = SEED_HIGH;
      }
      const lowered = lowerOf(code);
      low = Math.imul(low ^ lowered, 0x0100_0193);
      high = Math.imul((high << 5) ^ (high >>> 27) ^ lowered, 0x85eb_ca6b);
      partLow = Math.imul(partLow ^ lowered, 0x0100_0193);
      partHigh = Math.imul((partHigh << 5) ^ (partHigh >>> 27) ^ lowered, 0x85eb_ca6b);
      previous = kind;
      end = i + (code > 0xffff ? 2 : 1);
    }
    i += code > 0xffff ? 2 : 1;
  }
  if (firstPart < 0) into.add(finish(low), finish(high), start, end, position, WORD_TOKEN);
  else {
    into.low[place] = finish(low);
    into.high[place] = finish(high);
    into.end[place] = end;
    into.add(finish(partLow), finish(partHigh), partStart, end, position, WORD_TOKEN);
  }
  return i;
}

/** True at the P of HTMLParser, not at the L of URLs. */
function endsCapitals(text: string, i: number): boolean {
  if (!isLower(text, i + 1)) return false;
  return text[i + 1] !== 's' || isLower(text, i + 2);
}

function isLower(text: string, i: number): boolean {
  if (i >= text.length) return false;
  const unit = text.charCodeAt(i);
  return classOf(unit) === WORD && !(unit >= 0x30 && unit <= 0x39);
}

function endOfUnspaced(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const code = codeAt(text, i);
    if (classOf(code) !== UNSPACED) break;
    i += code > 0xffff ? 2 : 1;
  }
  return i;
}

const HAN = /\p{Script=Han}/u;

/** @returns the position after the run */
function addGrams(text: string, start: number, end: number, from: number, into: TokenBuffer): number {
  let position = from;
  for (let i = start; i < end && !into.isFull; ) {
    const code = codeAt(text, i);
    const one = i + (code > 0xffff ? 2 : 1);
    const two = one < end ? one + (codeAt(text, one) > 0xffff ? 2 : 1) : 0;
    const isHan = code >= 0x2e80 && HAN.test(String.fromCodePoint(code));
    if (isHan || (i === start && one === end)) addSpan(text, i, one, position, GRAM_TOKEN, into);
    if (two > 0) addSpan(text, i, two, position, GRAM_TOKEN, into);
    if (!isHan && two > 0 && two < end) {
      addSpan(text, i, two + (codeAt(text, two) > 0xffff ? 2 : 1), position, GRAM_TOKEN, into);
    }
    position++;
    i = one;
  }
  return position;
}

function addSpan(text: string, start: number, end: number, position: number, kind: number, into: TokenBuffer): void {
  const { low, high } = hashSpan(text, start, end);
  into.add(low, high, start, end, position, kind);
}

/** The hash of a token that is known as a string. */
export function hashToken(token: string): { low: number; high: number } {
  return hashSpan(token, 0, token.length);
}

function hashSpan(text: string, start: number, end: number): { low: number; high: number } {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  for (let i = start; i < end; ) {
    const code = codeAt(text, i);
    classOf(code);
    const lowered = lowerOf(code);
    low = Math.imul(low ^ lowered, 0x0100_0193);
    high = Math.imul((high << 5) ^ (high >>> 27) ^ lowered, 0x85eb_ca6b);
    i += code > 0xffff ? 2 : 1;
  }
  return { low: finish(low), high: finish(high) };
}

/** Last mixing, so that every bit of the input reaches every bit of the hash (MurmurHash3's finaliser). */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
