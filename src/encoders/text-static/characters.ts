/** What the tokenizer needs to know of a character. */
export const SEPARATOR = 0;
/** Letters without case or in lower case, marks, digits. */
export const WORD = 1;
export const UPPER = 2;
/** A letter of a script that is written without spaces between words. */
export const UNSPACED = 3;
/** A character that is a token of its own: emoji and other pictures. */
export const SYMBOL = 4;
export type CharacterClass = 0 | 1 | 2 | 3 | 4;

const UNSPACED_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
/** Joiners (U+200B to 200D) and variation selectors (U+FE00 to FE0F) only change how a character is drawn. */
function isInvisible(codePoint: number): boolean {
  return (codePoint >= 0x200b && codePoint <= 0x200d) || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);
}

function classify(codePoint: number): CharacterClass {
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || isInvisible(codePoint)) return SEPARATOR;
  const character = String.fromCodePoint(codePoint);

  if (/[\p{L}\p{M}\p{N}]/u.test(character)) {
    if (UNSPACED_SCRIPTS.test(character)) return UNSPACED;
    return /\p{Lu}/u.test(character) ? UPPER : WORD;
  }
  return codePoint > 0x7f && /[\p{So}\p{Extended_Pictographic}]/u.test(character) ? SYMBOL : SEPARATOR;
}

const UNKNOWN = 255;
const classes = new Uint8Array(0x11_0000).fill(UNKNOWN);
const lower = new Uint32Array(0x11_0000);

/** Class of a code point; looked up once per code point and process. */
export function classOf(codePoint: number): CharacterClass {
  const known = classes[codePoint]!;
  if (known !== UNKNOWN) return known as CharacterClass;
  const found = classify(codePoint);
  classes[codePoint] = found;
  const lowered = String.fromCodePoint(codePoint).toLowerCase();
  const single = lowered.codePointAt(0)!;
  lower[codePoint] = lowered.length === (single > 0xffff ? 2 : 1) ? single : codePoint;
  return found;
}

/** The code point in lower case, for one that `classOf` has seen. */
export function lowerOf(codePoint: number): number {
  return lower[codePoint]!;
}

const NOT_ASCII = /\P{ASCII}/u;

/**
 * Text as the tokenizer reads it: compatibility forms unified (NFKC: full-width letters, ligatures, circled digits), and the
 * accents of the Latin, Greek and Cyrillic scripts taken off, because people leave them out when they search. Marks of other
 * scripts stay: there they are vowels. Case stays too, for the humps of camelCase; tokens are lower-cased one by one.
 */
export function normaliseText(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC');
}
