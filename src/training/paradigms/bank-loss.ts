import type { MemoryBankSpec } from '../../domain/training.ts';
import type { NamedArrays } from '../../encoders/encoder.ts';
import type { Tensor2D, Tensors } from '../../tensor/backend.ts';
import { candidateLoss, type RowLoss } from '../losses/candidate-loss.ts';
import { fullSoftmax } from '../losses/full-softmax.ts';
import { lookedAt } from '../losses/looked-at.ts';
import { addProximalTerm } from '../losses/proximal.ts';
import { rowInfoNce } from '../losses/row-info-nce.ts';
import { createPartitionEstimate, rowNce } from '../losses/row-nce.ts';
import type { Candidates } from './negative-sampler.ts';

export interface BankLossInput {
  /** shape [B, D] */
  readonly queries: Tensor2D;
  /** The bank, shape [N, D]. */
  readonly keys: Float32Array;
  /** Bank row of each query's positive, shape [B]. */
  readonly positives: Int32Array;
  /** Rows drawn for each query; the full softmax looks at none. */
  readonly candidates: Candidates;
  /** Rows that are no negatives of query i. */
  hiddenOf(i: number): Int32Array;
}

export interface BankLossResult {
  readonly loss: number;
  /** shape [B, D]. The caller disposes it. */
  readonly queryGradient: Tensor2D;
}

/** The loss of a memory bank by name, with what it remembers: ln Z of NCE, from the first batch on. */
export interface BankLoss {
  (input: BankLossInput): BankLossResult;
  state(): NamedArrays;
  restore(state: NamedArrays): void;
}

/** @param items number of rows of the bank */
export function bankLoss(
  tensors: Tensors,
  { loss, temperature, proximalWeight }: MemoryBankSpec,
  items: number,
): BankLoss {
  const scale = 1 / temperature;
  let logPartition: number | undefined;

  const sampled = (input: BankLossInput, rowLoss: RowLoss) => {
    const { queries, keys, candidates } = input;
    const seen = lookedAt(keys, candidates.rows, queries.shape[1]);
    return candidateLoss(tensors, { queries, offsets: candidates.offsets, ...seen, scale, rowLoss, learnKeys: false });
  };
  const estimateOn = (input: BankLossInput): number => {
    const estimate = createPartitionEstimate(items);
    sampled(input, estimate.rowLoss).queryGradient.dispose();
    // As a checkpoint holds it, so that a resumed run goes on with the same number.
    return Math.fround(estimate.logPartition);
  };
  const classify = (input: BankLossInput): BankLossResult => {
    if (loss === 'full-softmax') return fullSoftmax(tensors, { ...input, scale });
    if (loss === 'sampled-info-nce') return sampled(input, rowInfoNce);
    logPartition ??= estimateOn(input);
    return sampled(input, rowNce(logPartition, items));
  };
  const lossOf = (input: BankLossInput): BankLossResult => {
    const result = classify(input);
    return proximalWeight === 0 ? result : addProximalTerm(tensors, input, result, proximalWeight);
  };
  return Object.assign(lossOf, {
    state: (): NamedArrays => (logPartition === undefined ? {} : { logPartition: Float32Array.of(logPartition) }),
    restore({ logPartition: saved }: NamedArrays) {
      logPartition = saved?.[0];
    },
  });
}
