import type { Column, Row } from '../../data/table-writers.ts';
import type { ArtifactStore } from '../../store/artifacts.ts';
import type { Statements } from '../enqueue.ts';

/** What can be exported, and of what: items and pairs of a dataset, negatives of a mined set, embeddings of an index version. */
export const EXPORT_CONTENTS = {
  items: 'Dataset',
  pairs: 'Dataset',
  negatives: 'HardNegativeSet',
  embeddings: 'IndexVersion',
} as const;
export type ExportContent = keyof typeof EXPORT_CONTENTS;

/** Rows read, and written, at a time: some milliseconds. */
export const BATCH = 1_000;

/** One thing to export, as it is within one transaction. */
export interface ExportSource {
  /** The same, the same bytes: lower-case letters, digits and `-`. */
  readonly version: string;
  /** Of the dataset: what its file is called by. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Of what will be written as JSON lines, about. */
  bytes(): Promise<number>;
  rows(): AsyncGenerator<readonly Row[]>;
}

export interface SourceDeps {
  /** One transaction: all that is read is of one moment. */
  readonly tx: Statements;
  readonly artifacts: ArtifactStore;
  /** What stands for an item or query that has no id of its own: the one that the API knows it by. */
  readonly globalId: (type: 'Item' | 'DatasetQuery', id: number) => string;
}

/** A float32 as text, with its comma. */
export const NUMBER_BYTES = 10;

export const STRING = (name: string): Column => ({ name, type: 'STRING' });
