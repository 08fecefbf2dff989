import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import type { Tensors } from '../../src/training/tensors.ts';
import type { TrainingTask } from '../../src/training/trainer.ts';
import type { Grid } from './cells.ts';

/** A training about to start, and what it is measured by afterwards. */
export interface Prepared {
  readonly task: TrainingTask;
  /** Quality on what was not trained on, 0 to 1. */
  measure(): Promise<number>;
  dispose(): void;
}

/** Data, encoder and measure that cells share. */
export interface Arena {
  readonly metric: 'nDCG@10' | 'kNN accuracy';
  readonly grid: Grid;
  /** Of all cells: pairs seen, learning rate and so on, so that cells differ in their negatives only. */
  readonly training: TrainingConfigInput;
  /**
   * Reads the data.
   * @param dir for files of its own
   * @returns prepares a run; equal inputs prepare equal ones
   */
  open(path: string, dir: string, tensors: Tensors): Promise<(input: TrainingConfigInput) => Promise<Prepared>>;
}
