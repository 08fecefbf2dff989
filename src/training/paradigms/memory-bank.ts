import type { MemoryBankSpec } from '../../domain/training.ts';
import { rowsAt } from '../losses/rows-at.ts';
import { createBank } from './bank.ts';
import { bankLoss } from './bank-loss.ts';
import { meanDistance } from './mean-distance.ts';
import { createNegativeSampler } from './negative-sampler.ts';
import { notNegatives } from './not-negatives.ts';
import type { CreateParadigm } from './paradigm.ts';
import { paradigmRandom } from './paradigm-random.ts';

/**
 * Memory bank: positives and negatives are rows of a bank with one embedding of each item, so a step encodes nothing beyond
 * its batch, and negatives are as old as the last time their items were in one. Wu et al. 2018 (1805.01978, InstDisc). The
 * gradient reaches the query side only. After the loss the rows of the batch's items move towards their present embeddings f,
 * computed without gradient: v <- norm(m v + (1 - m) f). With `hardFraction` some of the negatives are not drawn but given: for NCE
 * they count as drawn ones, which it takes to be uniform, so a large share of them makes it a heuristic.
 *
 * In the paper query and item are one image and f is the query's own embedding; here they may be a question and an answer, so f
 * is the item's, from the key tower. With towers of their own weights the key tower gets no gradient and stays as it began.
 */
export const createMemoryBank: CreateParadigm<MemoryBankSpec> = (spec, context) => {
  const { tensors, queryTower, keyTower, items } = context;
  const random = paradigmRandom(context.seed);
  const bank = createBank(spec, context, random);
  const lossOf = bankLoss(tensors, spec, items.count);
  const notNegativesOf = notNegatives(context);
  const draw = createNegativeSampler({
    items: items.count,
    negatives: spec.loss === 'full-softmax' ? 0 : spec.negatives,
    shared: spec.shareNegatives,
    notNegativesOf,
    givenOf: spec.hardFraction > 0 ? (row) => context.negativesOf(row) : null,
    mostGiven: Math.round(spec.hardFraction * Math.min(spec.negatives, items.count)),
    random,
  });

  return {
    step(batch) {
      const rows = bank.rows();
      const candidates = draw(batch.queryRows, batch.keyRows);
      const queries = queryTower.forward(batch.queries);
      const { loss, queryGradient } = lossOf({
        queries: queries.embeddings,
        keys: rows,
        positives: batch.keyRows,
        candidates,
        hiddenOf: (i) => notNegativesOf(batch.queryRows[i]!, batch.keyRows[i]!),
      });
      queries.backward(queryGradient);
      bank.move(batch.keyRows, keyTower.encodePrepared(batch.keys));
      for (const used of [queryGradient, queries]) used.dispose();
      return loss;
    },
    gradientNorm: () => 0,
    applyGradients() {},
    diagnostics({ keys, keyRows }) {
      // Not by `rows`, which would fill it: a look must change nothing.
      const { bank: rows } = bank.state();
      if (rows === undefined) return { temperature: spec.temperature };
      const width = keyTower.dimensions;
      const held = rowsAt(rows as Float32Array, keyRows, width);
      return { temperature: spec.temperature, bankDrift: meanDistance(keyTower.encodePrepared(keys), held, width) };
    },
    state: () => ({ ...bank.state(), ...lossOf.state(), random: random.state() }),
    restore(state) {
      bank.restore(state);
      lossOf.restore(state);
      random.restore(state.random as Uint32Array);
    },
    dispose() {},
  };
};
