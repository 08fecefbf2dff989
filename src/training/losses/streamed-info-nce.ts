import type { Tensor, Tensor2D, Tensors } from '../../tensor/backend.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import { HIDDEN_LOGIT } from './info-nce-input.ts';

/*
 * Shapes: B queries, C keys of one block, D dimensions.
 */

/** Some of the keys that every query is compared with, beside its own positive. */
export interface KeyBlock {
  /** shape [C, D], unit rows */
  readonly keys: Tensor2D;
  /** Pairs (i, j) that are left out of query i's denominator, as i * C + j. */
  readonly hidden: Int32Array;
  /** Pairs (i, j) that are positives too, as i * C + j; none of them hidden. */
  readonly positives?: Int32Array;
}

export interface StreamedInput {
  /** shape [B, D], unit rows */
  readonly queries: Tensor2D;
  /** The positive of each query, shape [B, D], unit rows. It stands in the denominator without being in a block. */
  readonly positives: Tensor2D;
  readonly blocks: readonly KeyBlock[];
  /** s = 1 / temperature, 1 to 100 */
  readonly scale: number;
}

export interface StreamedResult {
  /** Mean over the batch, in nats. */
  readonly loss: number;
  /** dL/dqueries, shape [B, D]. The caller disposes it. */
  readonly queryGradient: Tensor2D;
  /** dL/d(ln s) */
  readonly scaleGradient: number;
}

/** Sums of exponentials up to e^64 each stay far inside float32, however many they are. */
const LARGEST_EXPONENT = 64;
const LARGEST_WEIGHT = 1e36;

/**
 * InfoNCE against any number of keys that no gradient reaches, block by block, so that no matrix of all B x K logits exists.
 * With P_i the positives of query i (its own, and those named in blocks) and A_i those and its negatives,
 *
 *   L = 1/B sum_i ( ln sum_{a in A_i} exp(s q_i.k_a) - 1/|P_i| sum_{p in P_i} s q_i.k_p )
 *
 * which is MoCo (1911.05722), eq. 1 for one positive and the supervised contrastive loss (2004.11362), eq. 2 (L_out) for
 * several. Unit vectors bound the logits by s, so exponentials need no maximum: one pass gives both sum_a e_a and
 * sum_a e_a k_a, and dL/dq_i = s/B (sum_a e_a k_a / sum_a e_a - mean of P_i). Above s = 64 exponents are lowered by s - 64;
 * negatives that then vanish are 87 below, and a query is never without its positive, which is added in float64.
 */
export function streamedInfoNce(
  tensors: Tensors,
  { queries, positives, blocks, scale }: StreamedInput,
): StreamedResult {
  const { tf } = tensors;
  const [rows, width] = queries.shape;
  const shift = Math.max(0, scale - LARGEST_EXPONENT);
  const counts = new Float64Array(rows).fill(1);
  for (const { keys, positives: more = NONE } of blocks) {
    for (const at of more) counts[Math.floor(at / keys.shape[0])]! += 1;
  }

  let loss = 0;
  let scaleGradient = 0;
  const queryGradient = tf.tidy(() => {
    const scaled = tf.mul(queries, scale) as Tensor2D;
    const own = tf.sum(tf.mul(scaled, positives), 1);
    /** Sums over blocks: exponentials [B], keys times exponentials [B, D], positive logits [B], positive keys [B, D]. */
    let sums: Tensor = tf.zeros([rows]);
    let weighted: Tensor = tf.zeros([rows, width]);
    let logitSums: Tensor = tf.clone(own);
    let positiveSums: Tensor = tf.clone(positives);
    for (const block of blocks) {
      const [exponentials, keys, moreLogits, moreKeys] = termsOf(scaled, block);
      sums = addTo(sums, exponentials);
      weighted = addTo(weighted, keys);
      if (moreLogits !== undefined) logitSums = addTo(logitSums, moreLogits);
      if (moreKeys !== undefined) positiveSums = addTo(positiveSums, moreKeys);
    }

    const [ownLogits, blockSums, targets] = [own, sums, logitSums].map((tensor) => tensor.dataSync<'float32'>()) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const [ofBlocks, ofOwn, ofPositives] = [new Float32Array(rows), new Float32Array(rows), new Float32Array(rows)];
    for (let i = 0; i < rows; i++) {
      // ln(e^own + e^shift * sum), from the larger of the two.
      const fromBlocks = shift + Math.log(blockSums[i]!);
      const highest = Math.max(ownLogits[i]!, fromBlocks);
      const logSum = highest + Math.log(Math.exp(ownLogits[i]! - highest) + Math.exp(fromBlocks - highest));
      loss += (logSum - targets[i]! / counts[i]!) / rows;
      // Bounded, because infinity times exponentials that vanished would be no number.
      ofBlocks[i] = (Math.min(Math.exp(shift - logSum), LARGEST_WEIGHT) * scale) / rows;
      ofOwn[i] = (Math.exp(ownLogits[i]! - logSum) * scale) / rows;
      ofPositives[i] = scale / rows / counts[i]!;
    }
    const column = (values: Float32Array) => tf.tensor2d(values, [rows, 1]);
    const gradient = tf.addN([
      tf.mul(weighted, column(ofBlocks)),
      tf.mul(positives, column(ofOwn)),
      tf.mul(positiveSums, column(ofPositives.map((x) => -x))),
    ]) as Tensor2D;
    scaleGradient = tf.sum(tf.mul(queries, gradient)).dataSync<'float32'>()[0] as number;
    return gradient;
  });
  return { loss, queryGradient, scaleGradient };

  /** What a block adds to the four sums; to the last two only where it has positives. */
  function termsOf(scaled: Tensor2D, block: KeyBlock): [Tensor, Tensor, Tensor?, Tensor?] {
    return tf.tidy(() => {
      const { keys, hidden, positives: more = NONE } = block;
      const logits = matrixProduct(tensors, scaled, keys, { transposeB: true });
      const seen = hidden.length === 0 ? logits : tf.add(logits, marks(block, hidden, HIDDEN_LOGIT));
      const exponentials = tf.exp(shift === 0 ? seen : tf.sub(seen, shift)) as Tensor2D;
      const terms = [tf.sum(exponentials, 1), matrixProduct(tensors, exponentials, keys)];
      if (more.length === 0) return terms;
      const targets = marks(block, more, 1);
      return [...terms, tf.sum(tf.mul(targets, logits), 1), matrixProduct(tensors, targets, keys)];
    }) as [Tensor, Tensor, Tensor?, Tensor?];
  }

  /** Frees each block's terms at once: they would pile up until the loss is done. */
  function addTo(total: Tensor, term: Tensor): Tensor {
    const sum = tf.add(total, term);
    tf.dispose([total, term]);
    return sum;
  }

  /** shape [B, C]: 0, and a value at some positions */
  function marks({ keys }: KeyBlock, positions: Int32Array, value: number): Tensor2D {
    const columns = keys.shape[0];
    const matrix = new Float32Array(rows * columns);
    for (const at of positions) matrix[at] = value;
    return tf.tensor2d(matrix, [rows, columns]);
  }
}

const NONE = new Int32Array(0);
