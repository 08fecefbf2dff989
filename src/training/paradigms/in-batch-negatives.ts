import type { InBatchNegativesSpec } from '../../domain/training.ts';
import { batchContrast } from '../losses/batch-contrast.ts';
import { createTemperature } from '../losses/temperature.ts';
import { guideMask } from './guide-mask.ts';
import { drawHardNegatives } from './hard-negatives.ts';
import { relationsOf, withoutOwn } from './pair-relations.ts';
import type { CreateParadigm } from './paradigm.ts';
import { paradigmRandom } from './paradigm-random.ts';
import { passBoth } from './tower-pass.ts';

/**
 * In-batch negatives: the negatives of a query are the other keys of its batch, so B pairs give B (B - 1) comparisons for 2 B
 * forwards, and the gradient reaches both towers. N-pair loss (Sohn 2016), SimCLR (2002.05709), CLIP (2103.00020), DPR
 * (2004.04906, section 3.2). Keys that are known positives of a query are masked out of its denominator.
 */
export const createInBatchNegatives: CreateParadigm<InBatchNegativesSpec> = (spec, context) => {
  const { tensors, items } = context;
  const temperature = createTemperature(spec.temperature);
  const random = paradigmRandom(context.seed);

  return {
    step(batch) {
      const { queryRows, keyRows } = batch;
      const others = drawHardNegatives(spec.hardNegatives, batch, (row) => context.negativesOf(row), random);
      const allKeys = [...batch.keys, ...Array.from(others, batch.item ?? items.prepared)];
      const pairs = { queryRows, itemRows: keyRows };
      const columns = others.length === 0 ? pairs : { queryRows, itemRows: Int32Array.from([...keyRows, ...others]) };
      const mask = context.guide && guideMask(tensors, context.guide, spec.guideMargin, columns);
      const pass = passBoth(tensors, context, { queries: batch.queries, keys: allKeys }, spec.gradCacheChunk);
      const { loss, queryGradient, keyGradient, scaleGradient } = batchContrast(tensors, {
        queries: pass.queries,
        keys: pass.keys,
        scale: temperature.scale,
        symmetric: spec.symmetric,
        learnScale: spec.learnTemperature,
        near: context.near,
        relations(side, from, to) {
          const rows = { queryRows: queryRows.subarray(from, to), keyRows: keyRows.subarray(from, to) };
          const held = side === 'query' ? columns : pairs;
          const related = relationsOf(side, rows, context, spec)(held);
          const relations = withoutOwn(related, { columns: held.itemRows.length, firstRow: from });
          return mask?.extend(side, from, to, relations) ?? relations;
        },
      });
      mask?.dispose();
      pass.backward(queryGradient, keyGradient);
      temperature.accumulate(scaleGradient);
      for (const used of [queryGradient, keyGradient, pass]) used.dispose();
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
