import type { Tensors } from '../../src/training/tensors.ts';

/** One comparison: the same model, batch and optimizer here and there. */
export interface Contest {
  readonly name: string;
  /** Pairs a step. */
  readonly batch: number;
  /** Least ratio of throughput, Quartet / peer, that is claimed. */
  readonly target: number;
  readonly script: string;
  /** For the script, beside the number of threads. */
  readonly task: object;
  /** @returns one training step, and what to release */
  prepare(tensors: Tensors): { step(): void; dispose(): void };
}
