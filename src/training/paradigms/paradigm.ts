import type { NamedArrays, TrainableEncoder } from '../../encoders/encoder.ts';
import type { Tensors } from '../../tensor/backend.ts';
import type { NearPositives } from '../losses/positive-sets.ts';
import type { Guide } from './guide.ts';

/*
 * A paradigm decides one thing: where the negatives come from. It encodes the batch with the towers it was given, computes
 * the loss and its gradients with respect to the embeddings, and hands them back to the encoders' `backward`. The trainer
 * applies the gradients and knows nothing else of it. What a paradigm remembers between steps (a queue, a bank, a moving
 * average) it updates within `step` and gives out by `state`.
 */

/** One training batch. Row i of queries has its positive in row i of keys. */
export interface Batch<Prepared = unknown> {
  readonly queries: readonly Prepared[];
  readonly keys: readonly Prepared[];
  /** Snapshot rows of the queries and of the keys, for false-negative masks. */
  readonly queryRows: Int32Array;
  readonly keyRows: Int32Array;
  /**
   * Another item as this batch shows its keys: a view of it where positives are views, or negatives could be told by being none. Absent:
   * as `items.prepared` has it.
   */
  item?(row: number): Prepared;
  /** Share of the run's steps that are done, from 0 to below 1. */
  readonly progress: number;
}

/** Some pairs to look at now and then. */
export interface Sample<Prepared = unknown> extends Omit<Batch<Prepared>, 'progress' | 'item'> {
  /** Pairs of one training batch. */
  readonly batchSize: number;
}

export interface ParadigmContext<Prepared = unknown> {
  readonly tensors: Tensors;
  readonly queryTower: TrainableEncoder<Prepared>;
  /** The same object as `queryTower` when the towers share weights. */
  readonly keyTower: TrainableEncoder<Prepared>;
  /** Item rows that are known positives of a query row: never negatives of it. */
  positivesOf(queryRow: number): Int32Array;
  /** Item rows that were given as negatives of a query row (judged irrelevant, or mined); may be empty. */
  negativesOf(queryRow: number): Int32Array;
  /** All items, for negatives that are not in the batch. */
  readonly items: {
    readonly count: number;
    prepared(row: number): Prepared;
    /** Label by item row, -1 for none; absent where the data has none. */
    readonly labels?: Int32Array;
  };
  /**
   * Whether all keys of a label are positives of each other (supervised contrastive); then `positivesOf` names only what is
   * neither positive nor negative of a query, as an item is of itself. Default false.
   */
  readonly labelsArePositives?: boolean;
  /** Whether a query is to be near each of its positives or near any, where it has several. Default each. */
  readonly near?: NearPositives;
  /** Says which negatives are likely false; absent where the run has none. */
  readonly guide?: Guide;
  /** For a random stream of the paradigm's own, whose state belongs into `state`. */
  readonly seed: number;
}

export interface Paradigm<Prepared = unknown> {
  /** Forward, loss and backward for one batch; the trainer then applies the gradients. @returns the mean loss over the batch */
  step(batch: Batch<Prepared>): number;
  /** L2 norm of the gradients of the paradigm's own parameters; 0 without any. */
  gradientNorm(): number;
  /** One optimizer step of these parameters (a temperature), after that of the towers. @param scale multiplies their gradients */
  applyGradients(learningRate: number, scale: number): void;
  /**
   * Figures of the paradigm's own for a look at the run (a temperature, the age of a queue); changes nothing.
   * @param sample the same pairs at every look
   */
  diagnostics?(sample: Sample<Prepared>): Readonly<Record<string, number>>;
  /** Everything beyond the encoders that a bit-exact resume needs (temperature, queue, bank). */
  state(): NamedArrays;
  restore(state: NamedArrays): void;
  dispose(): void;
}

export type CreateParadigm<Spec> = <Prepared>(spec: Spec, context: ParadigmContext<Prepared>) => Paradigm<Prepared>;
