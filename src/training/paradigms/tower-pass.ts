import type { TrainableEncoder } from '../../encoders/encoder.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';

/** A batch that went through a tower and waits for its gradient. */
export interface TowerPass {
  /** shape [B, D] */
  readonly embeddings: Tensor2D;
  /** @param gradient dL/dembeddings, shape [B, D] */
  backward(gradient: Tensor2D): void;
  dispose(): void;
}

/**
 * Sends a batch through a tower: as a whole, or, with a chunk size, by gradient caching (GradCache, 2101.06983, section 3): the
 * batch is embedded without keeping what a backward pass needs, and once the loss has given dL/dembeddings each chunk is
 * embedded again and its part of the gradient passed back. The sum over chunks is the gradient of the whole, since an
 * embedding depends on its own input only.
 */
function passThrough<Prepared>(
  { tf }: Tensors,
  tower: TrainableEncoder<Prepared>,
  batch: readonly Prepared[],
  chunk: number | null,
): TowerPass {
  if (chunk === null) return tower.forward(batch);
  const width = tower.dimensions;
  const values = new Float32Array(batch.length * width);
  for (const [from, part] of chunks()) values.set(tower.encodePrepared(part), from * width);
  const embeddings = tf.tensor2d(values, [batch.length, width]);
  return {
    embeddings,
    backward(gradient) {
      for (const [from, part] of chunks()) {
        const forward = tower.forward(part);
        const own = tf.slice2d(gradient, [from, 0], [part.length, -1]);
        forward.backward(own);
        own.dispose();
        forward.dispose();
      }
    },
    dispose: () => embeddings.dispose(),
  };

  function* chunks(): Generator<[from: number, part: readonly Prepared[]]> {
    const size = chunk as number;
    for (let from = 0; from < batch.length; from += size) yield [from, batch.slice(from, from + size)];
  }
}

/** Both sides of a batch. */
export interface PairPass {
  /** shape [B, D] */
  readonly queries: Tensor2D;
  /** shape [C, D] */
  readonly keys: Tensor2D;
  backward(queryGradient: Tensor2D, keyGradient: Tensor2D): void;
  dispose(): void;
}

/** Sends queries and keys through their towers: in one pass, of half as many ops, where the towers share weights and nothing is cached. */
export function passBoth<Prepared>(
  tensors: Tensors,
  { queryTower, keyTower }: { queryTower: TrainableEncoder<Prepared>; keyTower: TrainableEncoder<Prepared> },
  { queries, keys }: { queries: readonly Prepared[]; keys: readonly Prepared[] },
  chunk: number | null,
): PairPass {
  const { tf } = tensors;
  if (queryTower !== keyTower || chunk !== null) {
    const ofQueries = passThrough(tensors, queryTower, queries, chunk);
    const ofKeys = passThrough(tensors, keyTower, keys, chunk);
    return {
      queries: ofQueries.embeddings,
      keys: ofKeys.embeddings,
      backward(queryGradient, keyGradient) {
        ofQueries.backward(queryGradient);
        ofKeys.backward(keyGradient);
      },
      dispose() {
        ofQueries.dispose();
        ofKeys.dispose();
      },
    };
  }
  const pass = queryTower.forward([...queries, ...keys]);
  const own = tf.slice2d(pass.embeddings, [0, 0], [queries.length, -1]);
  const others = tf.slice2d(pass.embeddings, [queries.length, 0], [keys.length, -1]);
  return {
    queries: own,
    keys: others,
    backward(queryGradient, keyGradient) {
      const gradient = tf.concat2d([queryGradient, keyGradient], 0);
      pass.backward(gradient);
      gradient.dispose();
    },
    dispose() {
      tf.dispose([own, others]);
      pass.dispose();
    },
  };
}
