import type { AdamWSpec, OptimizerSpec, SgdSpec } from '../../domain/training.ts';
import type { Pointer } from '../../tensor/kernels/memory.ts';
import type { NamedArrays } from '../encoder.ts';
import type { TouchedRows } from './gradient-bags.ts';
import type { StaticTable } from './static-table.ts';

/** From this update of a row on, both bias corrections are 1 in float32. */
const CORRECTIONS = 20_000;
/** Rows whose gradients are summed before they are used, so that they are still in the first-level cache. */
const CHUNK = 16;

/** What an optimizer does with the summed gradients of the touched rows [from, to). @returns the sum of their squares */
type StepRows = (rows: Pointer, gradients: Pointer, from: number, to: number, learningRate: number) => number;

/** An optimizer that changes only the rows that a batch touched; all others, and what is remembered of them, rest. */
export interface TableOptimizer {
  /** One update of the touched rows. @returns the squared L2 norm of the gradient */
  step(touched: TouchedRows, learningRate: number): number;
  /** Squared L2 norm of the gradient; nothing is changed. */
  squaredNorm(touched: TouchedRows): number;
  /** Views of what is remembered of the rows. */
  state(): NamedArrays;
}

/** @throws QuartetError BAD_INPUT when the table and what is remembered of its rows do not fit into 4 GiB */
export function createTableOptimizer(spec: OptimizerSpec, table: StaticTable): TableOptimizer {
  const { kernels, memory, width } = table;
  const { stepRows, state } = spec.name === 'adamw' ? lazyAdam(spec, table) : lazyMomentum(spec, table);
  const gradients = memory.allocate(CHUNK * width * 4);
  const overChunks = (
    { count, upstream, rowOffsets, entryBags, entryWeights }: TouchedRows,
    use: (from: number, to: number) => number,
  ) => {
    let squares = 0;
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      kernels.bagBackward(upstream, rowOffsets, entryBags, entryWeights, gradients, from, to, width);
      squares += use(from, to);
    }
    return squares;
  };
  return {
    step: (touched, learningRate) =>
      overChunks(touched, (from, to) => stepRows(touched.rows, gradients, from, to, learningRate)),
    squaredNorm: (touched) => overChunks(touched, (from, to) => kernels.sumOfSquares(gradients, (to - from) * width)),
    state,
  };
}

/**
 * Lazy AdamW: each row lives through exactly what dense AdamW (1711.05101, algorithm 2) would do to it if the steps that do not
 * touch it did not exist: moments do not decay meanwhile, nor does the weight, and bias is corrected by the row's own number of
 * updates.
 */
function lazyAdam(
  { beta1, beta2, epsilon, weightDecay }: AdamWSpec,
  { kernels, memory, rows, width, pointer }: StaticTable,
) {
  const first = memory.allocate(rows * width * 4);
  const second = memory.allocate(rows * width * 4);
  const steps = memory.allocate(rows * 4);
  const correctionsAt = memory.allocate(CORRECTIONS * 8);
  const corrections = memory.float32(correctionsAt, CORRECTIONS * 2);
  for (let t = 1; t <= CORRECTIONS; t++) {
    corrections[2 * t - 2] = 1 / (1 - beta1 ** t);
    corrections[2 * t - 1] = 1 / (1 - beta2 ** t);
  }
  const stepRows: StepRows = (touched, gradients, from, to, learningRate) =>
    kernels.lazyAdam(
      pointer,
      first,
      second,
      steps,
      touched,
      gradients,
      from,
      to,
      width,
      learningRate,
      beta1,
      beta2,
      epsilon,
      learningRate * weightDecay,
      correctionsAt,
      CORRECTIONS,
    );
  /** Moments [V, D] and update counts [V]. */
  const state = () => ({
    first: memory.float32(first, rows * width),
    second: memory.float32(second, rows * width),
    steps: memory.int32(steps, rows),
  });
  return { stepRows, state };
}

/** Lazy SGD with momentum (1711.05101, algorithm 1): a row's velocity rests while the row is not touched. */
function lazyMomentum({ momentum, weightDecay }: SgdSpec, { kernels, memory, rows, width, pointer }: StaticTable) {
  const velocity = memory.allocate(rows * width * 4);
  const stepRows: StepRows = (touched, gradients, from, to, learningRate) =>
    kernels.lazyMomentum(
      pointer,
      velocity,
      touched,
      gradients,
      from,
      to,
      width,
      learningRate,
      momentum,
      learningRate * weightDecay,
    );
  return { stepRows, state: () => ({ velocity: memory.float32(velocity, rows * width) }) };
}
