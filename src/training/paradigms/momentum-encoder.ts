import { QuartetError } from '../../domain/errors.ts';
import type { MomentumEncoderSpec } from '../../domain/training.ts';
import type { Tensor2D } from '../../tensor/backend.ts';
import { streamedInfoNce } from '../losses/streamed-info-nce.ts';
import { gatherParts, scatterParts } from '../named-parts.ts';
import { givenKeys } from './given-keys.ts';
import { meanDistance } from './mean-distance.ts';
import { inBatchKeys, queuedKeys } from './momentum-keys.ts';
import type { CreateParadigm } from './paradigm.ts';
import { paradigmRandom } from './paradigm-random.ts';
import { createPredictor } from './predictor.ts';

/**
 * Momentum encoder: keys come from a slowly moving copy of the key tower, so that those of the latest steps agree with each
 * other well enough to serve as negatives without being encoded again. He et al. 2020 (MoCo, 1911.05722), eq. 1 and 2,
 * algorithm 1: a step moves the copy, encodes queries and keys, takes the loss against the queue, and then lets the keys in.
 * The gradient reaches the query side only. `symmetric` adds the other direction, with a queue of its own; the loss is the mean.
 *
 * With `negativesFrom: 'batch'` there is no queue: MoCo v3 (2104.02057), algorithm 1. Negatives are the other keys of the batch,
 * directions add up, and the loss is multiplied by 2 temperature.
 *
 * With `hardFraction` queries are also held against hard negatives of the batch, which the copy encodes and the queue never sees.
 */
export const createMomentumEncoder: CreateParadigm<MomentumEncoderSpec> = (spec, context) => {
  const { tensors, queryTower, keyTower } = context;
  const { tf } = tensors;
  if (queryTower !== keyTower && !spec.symmetric) {
    throw new QuartetError(
      'BAD_INPUT',
      'symmetric is false and the towers have weights of their own, so no gradient would ever reach the key tower: set symmetric to true, or let the towers share weights',
      { field: ['paradigm', 'symmetric'] },
    );
  }
  const random = paradigmRandom(context.seed);
  const sideOf = (tower: typeof queryTower) => ({
    tower,
    copy: tower.momentumCopy(),
    predictor: spec.predictor ? createPredictor(tensors, tower.dimensions, random) : null,
  });
  const querySide = sideOf(queryTower);
  const keySide = queryTower === keyTower ? querySide : sideOf(keyTower);
  const sides = querySide === keySide ? [querySide] : [querySide, keySide];
  const createKeys = spec.negativesFrom === 'queue' ? queuedKeys : inBatchKeys;
  const directions = [
    { from: 'query', anchor: querySide, copy: keySide.copy, keys: createKeys(spec, context, 'query') } as const,
    ...(spec.symmetric
      ? [{ from: 'key', anchor: keySide, copy: querySide.copy, keys: createKeys(spec, context, 'key') } as const]
      : []),
  ];
  const given = givenKeys(spec, context);
  const weight = spec.negativesFrom === 'batch' ? 2 * spec.temperature : 1 / directions.length;
  const parts = Object.fromEntries([
    ...sides.map(({ copy }, n) => [`copy${n}`, copy] as const),
    ...sides.flatMap(({ predictor }, n) => (predictor === null ? [] : [[`predictor${n}`, predictor] as const])),
    ...directions.map(({ keys }, n) => [`keys${n}`, keys] as const),
    ['given', given] as const,
  ]);

  return {
    step(batch) {
      for (const { copy } of sides) copy.update(momentumAt(spec, batch.progress));
      let total = 0;
      for (const { from, anchor, copy, keys } of directions) {
        const [anchors, others] = from === 'query' ? [batch.queries, batch.keys] : [batch.keys, batch.queries];
        const encoded = anchor.tower.forward(anchors);
        const predicted = anchor.predictor?.forward(encoded.embeddings);
        const keyRows = copy.encodePrepared(others);
        const [loss, gradient] = contrast(predicted?.outputs ?? encoded.embeddings, keyRows, (positives) => [
          ...keys.blocks(batch, positives),
          ...(from === 'query' ? given.blocks(batch, copy) : []),
        ]);
        const upstream = predicted?.backward(gradient) ?? gradient;
        encoded.backward(upstream);
        keys.after(batch, keyRows);
        tf.dispose([gradient, upstream]);
        predicted?.dispose();
        encoded.dispose();
        total += loss;
      }
      return total;
    },
    gradientNorm: () => Math.hypot(...sides.map(({ predictor }) => predictor?.gradientNorm() ?? 0)),
    applyGradients(learningRate, scale) {
      for (const { predictor } of sides) predictor?.applyGradients(learningRate, scale);
    },
    diagnostics({ keys, batchSize }) {
      const { tower, copy } = keySide;
      const drift = meanDistance(tower.encodePrepared(keys), copy.encodePrepared(keys), tower.dimensions);
      const held = directions[0]?.keys.size() ?? 0;
      // The keys of t steps ago have age t: the mean of 1 to held / batchSize.
      const queue = spec.negativesFrom === 'queue' ? { queueSize: held, queueAge: (held / batchSize + 1) / 2 } : {};
      return { temperature: spec.temperature, keyDrift: drift, ...queue };
    },
    state: () => gatherParts(parts),
    restore: (state) => scatterParts(parts, state),
    dispose() {
      for (const { copy } of sides) copy.dispose();
      for (const { keys } of directions) keys.dispose();
    },
  };

  /** @returns loss and dL/dqueries, both weighted */
  function contrast(
    queries: Tensor2D,
    keys: Float32Array,
    blocksOf: (positives: Tensor2D) => ReturnType<ReturnType<typeof createKeys>['blocks']>,
  ): [number, Tensor2D] {
    let loss = 0;
    const gradient = tf.tidy(() => {
      const positives = tf.tensor2d(keys, queries.shape);
      const scale = 1 / spec.temperature;
      const { near } = context;
      const result = streamedInfoNce(tensors, { queries, positives, blocks: blocksOf(positives), scale, near });
      loss = weight * result.loss;
      return tf.mul(result.queryGradient, weight) as Tensor2D;
    });
    return [loss, gradient];
  }
};

/** m of a step: as given, or rising to 1 along half a cosine, as in MoCo v3 (section 3) and BYOL (2006.07733, section 3.3). */
export function momentumAt(
  { momentum, rampMomentum }: Pick<MomentumEncoderSpec, 'momentum' | 'rampMomentum'>,
  progress: number,
): number {
  return rampMomentum ? 1 - ((1 - momentum) * (Math.cos(Math.PI * progress) + 1)) / 2 : momentum;
}
