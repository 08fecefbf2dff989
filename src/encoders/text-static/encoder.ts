import { atOnce, type Steps } from '../../platform/turns.ts';
import type { Encoder } from '../encoder.ts';
import { lookupSteps, rowsOf, TextFeatures } from './features.ts';
import { StaticTable } from './static-table.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Numbers of the table copied in one step: 2 MB. */
const COPIED_AT_ONCE = 2 ** 19;

/**
 * The inference half of `text-static`: tokens, a table, a weighted mean. No tensor library; a query takes some microseconds.
 * @param vectors the table, shape [V, D]; copied
 * @throws QuartetError BAD_INPUT when the table does not fit into 4 GiB
 */
export function createTextEncoder(vocabulary: Vocabulary, vectors: Float32Array, dimensions: number): Encoder {
  return atOnce(textEncoderSteps(vocabulary, vectors, dimensions));
}

/** The same, interruptible: a large table takes longer than a server may be held up. */
export function* textEncoderSteps(vocabulary: Vocabulary, vectors: Float32Array, dimensions: number): Steps<Encoder> {
  const features = new TextFeatures(vocabulary, yield* lookupSteps(vocabulary));
  const table = new StaticTable(rowsOf(vocabulary), dimensions);
  for (let from = 0; from < vectors.length; from += COPIED_AT_ONCE) {
    table.vectors().set(vectors.subarray(from, from + COPIED_AT_ONCE), from);
    yield;
  }
  return {
    kind: 'text-static',
    reads: 'text',
    dimensions,
    encode: (texts) => table.encode(texts.map((text) => features.prepare(text))),
  };
}
