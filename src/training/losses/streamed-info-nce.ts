import type { Tensor, Tensor2D, Tensors } from '../../tensor/backend.ts';
import { matrixProduct } from '../../tensor/matrix-product.ts';
import { HIDDEN_LOGIT } from './info-nce-input.ts';
import type { NearPositives } from './positive-sets.ts';

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
  /** Of several positives. Default each. */
  readonly near?: NearPositives | undefined;
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
 * several; near any of them, the mean is ln( 1/|P_i| sum_p exp(s q_i.k_p) ) and it is eq. 3 (L_in, see `positiveSets`). Unit vectors bound the logits by s, so exponentials need no maximum: one pass gives both sum_a e_a and
 * sum_a e_a k_a, and dL/dq_i = s/B (sum_a e_a k_a / sum_a e_a - mean of P_i). Above s = 64 exponents are lowered by s - 64;
 * negatives that then vanish are 87 below, and a query is never without its positive, which is added in float64.
 */
export function streamedInfoNce(
  tensors: Tensors,
  { queries, positives, blocks, scale, near = 'each' }: StreamedInput,
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
    /** Sums over blocks: exponentials [B], keys times exponentials [B, D], and the same of positives (near each: logits, not exponentials). */
    let sums: Tensor = tf.zeros([rows]);
    let weighted: Tensor = tf.zeros([rows, width]);
    let positiveSums: Tensor = tf.zeros([rows]);
    let positiveKeys: Tensor = tf.zeros([rows, width]);
    for (const block of blocks) {
      const [exponentials, keys, morePositive, moreKeys] = termsOf(scaled, block);
      sums = addTo(sums, exponentials);
      weighted = addTo(weighted, keys);
      if (morePositive !== undefined) positiveSums = addTo(positiveSums, morePositive);
      if (moreKeys !== undefined) positiveKeys = addTo(positiveKeys, moreKeys);
    }

    const [ownLogits, blockSums, ofPositives] = [own, sums, positiveSums].map((t) => t.dataSync<'float32'>()) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const [onBlocks, onOwn, onPositives] = [new Float32Array(rows), new Float32Array(rows), new Float32Array(rows)];
    for (let i = 0; i < rows; i++) {
      const ownLogit = ownLogits[i]!;
      const logSum = logOfSum(ownLogit, shift + Math.log(blockSums[i]!));
      const pull = pullOf(ownLogit, ofPositives[i]!, counts[i]!);
      loss += (logSum - pull.target) / rows;
      // Bounded, because infinity times exponentials that vanished would be no number.
      onBlocks[i] = (Math.min(Math.exp(shift - logSum), LARGEST_WEIGHT) * scale) / rows;
      onOwn[i] = ((Math.exp(ownLogit - logSum) - pull.own) * scale) / rows;
      onPositives[i] = (-Math.min(pull.others, LARGEST_WEIGHT) * scale) / rows;
    }
    const column = (values: Float32Array) => tf.tensor2d(values, [rows, 1]);
    const gradient = tf.addN([
      tf.mul(weighted, column(onBlocks)),
      tf.mul(positives, column(onOwn)),
      tf.mul(positiveKeys, column(onPositives)),
    ]) as Tensor2D;
    scaleGradient = tf.sum(tf.mul(queries, gradient)).dataSync<'float32'>()[0] as number;
    return gradient;
  });
  return { loss, queryGradient, scaleGradient };

  /** What a query is to reach, and by how much its own positive and the others (their logits or exponentials) draw it there. */
  function pullOf(own: number, others: number, count: number): { target: number; own: number; others: number } {
    if (near === 'each') return { target: (own + others) / count, own: 1 / count, others: 1 / count };
    const logSum = logOfSum(own, shift + Math.log(others));
    return { target: logSum - Math.log(count), own: Math.exp(own - logSum), others: Math.exp(shift - logSum) };
  }

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
      if (near === 'each') return [...terms, tf.sum(tf.mul(targets, logits), 1), matrixProduct(tensors, targets, keys)];
      const own = tf.mul(targets, exponentials) as Tensor2D;
      return [...terms, tf.sum(own, 1), matrixProduct(tensors, own, keys)];
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

/** ln(e^a + e^b), from the larger of the two. */
function logOfSum(a: number, b: number): number {
  const highest = Math.max(a, b);
  return highest + Math.log(Math.exp(a - highest) + Math.exp(b - highest));
}

const NONE = new Int32Array(0);
