import type { EndToEndSpec } from '../../domain/training.ts';
import { candidateLoss } from '../losses/candidate-loss.ts';
import { rowInfoNce } from '../losses/row-info-nce.ts';
import { createTemperature } from '../losses/temperature.ts';
import { createEncodedOnce } from './encoded-once.ts';
import { refuseBeyondMemory } from './memory-limit.ts';
import { createNegativeSampler } from './negative-sampler.ts';
import { notNegatives } from './not-negatives.ts';
import type { CreateParadigm } from './paradigm.ts';
import { paradigmRandom } from './paradigm-random.ts';

/** Matrices of the size of the keys that live at once: embeddings and gradients, here and in the encoder. */
const COPIES = 5;

/**
 * End-to-end: each query has K negatives of its own, drawn from all items that are no positives of it, or given for it, and
 * encoded in the same step, so that the gradient reaches both towers, negatives included. MoCo (1911.05722), figure 2a and
 * eq. 1; DrLIM (Hadsell, Chopra, LeCun 2006). An item that is a candidate of several queries is encoded once.
 */
export const createEndToEnd: CreateParadigm<EndToEndSpec> = (spec, context) => {
  const { tensors, queryTower, keyTower, items } = context;
  const temperature = createTemperature(spec.temperature);
  const random = paradigmRandom(context.seed);
  const encodedOnce = createEncodedOnce(items.count);
  const draw = createNegativeSampler({
    items: items.count,
    negatives: spec.negatives,
    shared: spec.shareNegatives,
    notNegativesOf: notNegatives(context),
    givenOf: spec.negativesFrom === 'given' ? (row) => context.negativesOf(row) : null,
    random,
  });

  return {
    step(batch) {
      const candidates = draw(batch.queryRows, batch.keyRows);
      const { others, places } = encodedOnce(candidates);
      const encoded = batch.keys.length + others.length;
      refuseBeyondMemory(
        encoded * keyTower.dimensions * Float32Array.BYTES_PER_ELEMENT * COPIES,
        `encoding ${encoded} items of ${keyTower.dimensions} dimensions in one step`,
        'choose fewer negatives, a smaller batch, or shareNegatives',
      );
      const queries = queryTower.forward(batch.queries);
      const keys = keyTower.forward([...batch.keys, ...Array.from(others, batch.item ?? items.prepared)]);
      const { loss, queryGradient, keyGradient, scaleGradient } = candidateLoss(tensors, {
        queries: queries.embeddings,
        keys: keys.embeddings,
        offsets: candidates.offsets,
        candidates: places,
        scale: temperature.scale,
        rowLoss: rowInfoNce,
        learnKeys: true,
      });
      queries.backward(queryGradient);
      keys.backward(keyGradient);
      temperature.accumulate(scaleGradient);
      for (const used of [queryGradient, keyGradient, queries, keys]) used.dispose();
      return loss;
    },
    gradientNorm: () => (spec.learnTemperature ? temperature.gradientNorm() : 0),
    applyGradients(learningRate, scale) {
      if (spec.learnTemperature) temperature.applyGradient(learningRate, scale);
    },
    diagnostics: () => ({ temperature: 1 / temperature.scale }),
    state: () => ({ temperature: temperature.state(), random: random.state() }),
    restore({ temperature: state, random: words }) {
      temperature.restore(state as Float32Array);
      random.restore(words as Uint32Array);
    },
    dispose() {},
  };
};
