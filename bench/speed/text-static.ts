import { createTextStatic } from '../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Contest } from './contest.ts';
import { inBatchStep } from './in-batch-step.ts';

export type TextPair = readonly [query: string, positive: string];

/**
 * Reading of the texts counts on both sides, at every step: the peer has to do it, and the product, which does it once a run, is not
 * to win by the number of epochs.
 * @param file the pairs as JSON lines, for the peer
 */
export function textStatic(name: string, pairs: readonly TextPair[], batch: number, file: string): Contest {
  const spec = { kind: 'text-static', dimensions: 256, vocabularySize: 30_000, maxTokens: 8_192 } as const;
  return {
    name: `text-static ${name}`,
    batch,
    target: 5,
    script: 'text_static.py',
    task: { pairs: file, batch, dimensions: spec.dimensions, vocabulary: spec.vocabularySize },
    prepare(tensors) {
      const tower = createTextStatic(spec, learnVocabulary(pairs.flat(), spec), createRandom(1), tensors);
      const { step, dispose } = inBatchStep(tower, batch, tensors, 0.01);
      let at = 0;
      return {
        step() {
          const chosen = Array.from({ length: batch }, (_, i) => pairs[(at + i) % pairs.length] as TextPair);
          at = (at + batch) % pairs.length;
          step(
            chosen.map(([query]) => tower.prepare(query)),
            chosen.map(([, positive]) => tower.prepare(positive)),
          );
        },
        dispose,
      };
    },
  };
}

/** Pairs of short texts, 5 to 12 words drawn by Zipf's law from 20,000; a positive repeats half of its query's words. */
export function shortPairs(count: number): TextPair[] {
  const random = createRandom(3);
  const word = () => `w${Math.floor(Math.exp(random.next() * Math.log(20_000))).toString(36)}x`;
  return Array.from({ length: count }, () => {
    const query = Array.from({ length: 5 + random.int(8) }, word);
    const positive = query.map((own) => (random.next() < 0.5 ? own : word()));
    return [query.join(' '), positive.join(' ')] as const;
  });
}
