import type { TextStaticSpec } from '../../domain/training.ts';
import { HashIndex } from './hash-index.ts';
import { BACK_OFF, DEFAULT_POOLING, MIN_DOCUMENTS, type Pooling } from './spec.ts';
import { hashToken, TokenBuffer, tokenize } from './tokens.ts';

/** What an encoder knows of its language, besides vectors. Rows of the table: the tokens first, then the buckets. */
export interface Vocabulary {
  /** Row by row, most frequent first. */
  readonly tokens: readonly string[];
  /** Inverse document frequency of each token to the power of `pooling.idfPower`, in (0, 1]. A bucket weighs 1. */
  readonly weights: Float32Array;
  /** Rows for hashed character n-grams of words that have no row. */
  readonly buckets: number;
  readonly maxTokens: number;
  readonly pooling: Pooling;
}

/** Distinct tokens that are counted at a time; beyond it those seen in one text only are forgotten. */
const COUNTED_TOKENS = 2 ** 21;

/**
 * Learns a vocabulary from texts in one pass: a token that stands in two texts or more gets a row, the most frequent first
 * (by texts, then by the order of their code points), at most `vocabularySize`. Equal texts in any order give the same one as
 * long as there are fewer than two million distinct tokens.
 */
export function learnVocabulary(texts: Iterable<string>, spec: TextStaticSpec): Vocabulary {
  const { strings, documents, texts: total } = countDocuments(texts, spec.maxTokens);
  const order: number[] = [];
  for (let i = 0; i < strings.length; i++) if (documents[i]! >= MIN_DOCUMENTS) order.push(i);
  order.sort((a, b) => documents[b]! - documents[a]! || (strings[a]! < strings[b]! ? -1 : 1));
  order.length = Math.min(order.length, spec.vocabularySize);
  return Object.freeze({
    tokens: order.map((i) => strings[i]!),
    weights: Float32Array.from(order, (i) => tokenWeight(documents[i]!, total, DEFAULT_POOLING.idfPower)),
    buckets: Math.ceil(spec.vocabularySize * BACK_OFF.bucketShare),
    maxTokens: spec.maxTokens,
    pooling: DEFAULT_POOLING,
  });
}

/** BM25's inverse document frequency (Robertson and Zaragoza 2009, eq. 3.3, kept positive) over that of a token in no text. */
function tokenWeight(documents: number, total: number, power: number): number {
  const idf = Math.log1p((total - documents + 0.5) / (documents + 0.5)) / Math.log1p(2 * total + 1);
  return Math.max(0.05, idf) ** power;
}

function countDocuments(texts: Iterable<string>, maxTokens: number) {
  const buffer = new TokenBuffer(maxTokens);
  let index = new HashIndex(65_536);
  let strings: string[] = [];
  let documents = new Int32Array(65_536);
  let lastText = new Int32Array(65_536);
  let total = 0;
  for (const text of texts) {
    total++;
    if (index.size > COUNTED_TOKENS) forgetSingles();
    tokenize(text, buffer);
    for (let t = 0; t < buffer.count; t++) {
      const number = index.add(buffer.low[t]!, buffer.high[t]!);
      if (number === strings.length) {
        strings.push(buffer.string(t));
        if (number === documents.length) {
          documents = doubled(documents);
          lastText = doubled(lastText);
        }
        documents[number] = 0;
        lastText[number] = 0;
      }
      if (lastText[number] !== total) {
        lastText[number] = total;
        documents[number]!++;
      }
    }
  }
  return { strings, documents, texts: total };

  function forgetSingles(): void {
    const kept = strings.map((_, i) => i).filter((i) => documents[i]! > 1);
    const next = new HashIndex(kept.length * 2);
    for (const i of kept) {
      const { low, high } = hashToken(strings[i]!);
      next.add(low, high);
    }
    documents = Int32Array.from({ length: documents.length }, (_, n) => documents[kept[n] ?? -1] ?? 0);
    lastText = Int32Array.from({ length: lastText.length }, (_, n) => lastText[kept[n] ?? -1] ?? 0);
    strings = kept.map((i) => strings[i]!);
    index = next;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
