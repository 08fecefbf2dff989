import { atOnce, type Steps } from '../../platform/turns.ts';
import { HashIndex } from './hash-index.ts';
import { SpellingNeighbours } from './neighbours.ts';
import { BACK_OFF } from './spec.ts';
import { hashToken, TokenBuffer, tokenize, WORD_TOKEN } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/*
 * A text becomes a bag of weighted table rows, each row once:
 *   weight(row) = idf(row) * sum over its occurrences at position p of 1 / (1 + p / lead) + tail.
 * A word without a row stands for its hashed character n-grams, which tell it from all others, and for the known words spelled
 * like it, which give it a meaning: a typo, an inflection or a new compound lands near its kin.
 */

/** Prepared text: n rows, then the bits of their n float32 weights. Needs no weights of the table. */
export type PreparedText = Int32Array;

/** Tokens hashed in one step: about a millisecond. */
const STEP = 1_024;

/** From a token to its row, and from an unknown word to the known ones that are spelled like it. */
export interface TokenLookup {
  readonly index: HashIndex;
  readonly neighbours: SpellingNeighbours;
}

/** Words without a row whose back-off is remembered. */
const REMEMBERED = 50_000;

interface BackOff {
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

export class TextFeatures {
  readonly #vocabulary: Vocabulary;
  readonly #index: HashIndex;
  readonly #buffer: TokenBuffer;
  /** Accumulated weight by row, zero between texts, and the rows touched by the present one. */
  readonly #sums: Float64Array;
  readonly #touched: number[] = [];
  readonly #lead: Float64Array;
  readonly #backOff = new Map<string, BackOff>();
  #neighbours: SpellingNeighbours | undefined;

  /** @param lookup made ahead; without it it's made here, and the neighbours when a word first needs them */
  constructor(vocabulary: Vocabulary, lookup?: TokenLookup) {
    this.#vocabulary = vocabulary;
    const { tokens, maxTokens, pooling } = vocabulary;
    this.#index = lookup?.index ?? atOnce(indexSteps(tokens));
    this.#neighbours = lookup?.neighbours;
    this.#buffer = new TokenBuffer(maxTokens);
    this.#sums = new Float64Array(rowsOf(vocabulary));
    this.#lead = Float64Array.from({ length: maxTokens }, (_, p) => 1 / (1 + p / pooling.leadTokens) + pooling.tail);
  }

  /** Linear in the text read: at most `maxTokens` tokens and 32 characters for each of them. */
  prepare(text: string): PreparedText {
    const buffer = this.#buffer;
    tokenize(text, buffer);
    for (let t = 0; t < buffer.count; t++) {
      const lead = this.#lead[buffer.position[t]!]!;
      const row = this.#index.get(buffer.low[t]!, buffer.high[t]!);
      if (row >= 0) this.#add(row, lead * this.#vocabulary.weights[row]!);
      else this.#addUnknown(t, lead);
    }
    return this.#take();
  }

  #addUnknown(t: number, lead: number): void {
    const { kind, low } = this.#buffer;
    if (kind[t] !== WORD_TOKEN) {
      this.#add(this.#bucket(low[t]!), lead * BACK_OFF.gramWeight);
      return;
    }
    const { rows, weights } = this.#backOffOf(this.#buffer.string(t));
    for (let i = 0; i < rows.length; i++) this.#add(rows[i]!, lead * weights[i]!);
  }

  #backOffOf(word: string): BackOff {
    const known = this.#backOff.get(word);
    if (known !== undefined) return known;
    const grams = characterGrams(word).map((hash) => this.#bucket(hash));
    this.#neighbours ??= SpellingNeighbours.from(this.#vocabulary.tokens);
    const kin = this.#neighbours.of(word);
    const kinNorm = Math.hypot(...kin.map(({ similarity }) => similarity));
    // A misspelt common word is still common: its n-grams weigh no more than its kin do.
    const commonness = Math.hypot(
      ...kin.map(({ row, similarity }) => (this.#vocabulary.weights[row]! * similarity) / kinNorm),
    );
    const gramWeight = (BACK_OFF.gramWeight * (kin.length === 0 ? 1 : commonness)) / Math.sqrt(grams.length);
    const found = {
      rows: Int32Array.from([...grams, ...kin.map(({ row }) => row)]),
      weights: Float32Array.from([
        ...grams.map(() => gramWeight),
        ...kin.map(
          ({ row, similarity }) => (BACK_OFF.neighbourWeight * this.#vocabulary.weights[row]! * similarity) / kinNorm,
        ),
      ]),
    };
    if (this.#backOff.size >= REMEMBERED) this.#backOff.clear();
    this.#backOff.set(word, found);
    return found;
  }

  #bucket(hash: number): number {
    return this.#vocabulary.tokens.length + ((hash >>> 0) % this.#vocabulary.buckets);
  }

  #add(row: number, weight: number): void {
    if (this.#sums[row] === 0) this.#touched.push(row);
    this.#sums[row]! += weight;
  }

  #take(): PreparedText {
    const touched = this.#touched;
    const n = touched.length;
    const prepared = new Int32Array(2 * n);
    const weights = new Float32Array(prepared.buffer, 4 * n);
    for (let i = 0; i < n; i++) {
      const row = touched[i]!;
      prepared[i] = row;
      weights[i] = this.#sums[row]!;
      this.#sums[row] = 0;
    }
    touched.length = 0;
    return prepared;
  }
}

/** Makes, interruptibly, what texts are looked up by. */
export function* lookupSteps({ tokens }: Vocabulary): Steps<TokenLookup> {
  return { index: yield* indexSteps(tokens), neighbours: yield* SpellingNeighbours.steps(tokens) };
}

function* indexSteps(tokens: readonly string[]): Steps<HashIndex> {
  const index = new HashIndex(tokens.length);
  for (const [row, token] of tokens.entries()) {
    const { low, high } = hashToken(token);
    index.add(low, high);
    if (row % STEP === 0) yield;
  }
  return index;
}

/** V: rows of the table that a vocabulary needs. */
export function rowsOf({ tokens, buckets }: Vocabulary): number {
  return tokens.length + buckets;
}

/** Hashes of the character n-grams of a word, its boundaries included. */
function characterGrams(word: string): number[] {
  const bounded = `<${word}>`;
  const hashes: number[] = [];
  for (let n = BACK_OFF.shortest; n <= BACK_OFF.longest; n++) {
    for (let i = 0; i + n <= bounded.length; i++) hashes.push(hashToken(bounded.slice(i, i + n)).high);
  }
  return hashes.length > 0 ? hashes : [hashToken(bounded).high];
}
