import { openSnapshot, type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import type { RetrievalMetrics, Split } from '../../domain/training.ts';
import type { Encoder } from '../../encoders/encoder.ts';
import { loadEncoder } from '../../encoders/index.ts';
import { groupJudgements } from '../../evaluation/judgements.ts';
import { evaluateRetrieval, type RetrievalTask } from '../../evaluation/retrieval.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import type { Work } from './work.ts';

export interface EvaluateSpec {
  readonly snapshotPath: string;
  readonly encoderDir: string;
  readonly split: Split;
  /** Default `auto`. */
  readonly backend?: BackendChoice;
}

/** Measures an encoder on all queries of one split against all items of the dataset. */
export const work: Work<EvaluateSpec, never, RetrievalMetrics> = async (spec, { signal, logger }) => {
  const encoder = await loadEncoder(spec.encoderDir);
  const tensors = await loadTensors(spec.backend ?? 'auto', logger);
  const snapshot = await openSnapshot(spec.snapshotPath);
  try {
    return await evaluateRetrieval(splitTask(snapshot, spec.split, encoder), tensors, signal);
  } finally {
    snapshot.close();
  }
};

function splitTask({ items, queries, relevance }: Snapshot, split: Split, encoder: Encoder): RetrievalTask {
  const rows: number[] = [];
  const position = new Int32Array(queries.count).fill(-1);
  for (let row = 0; row < queries.count; row++) {
    if (queries.splits[row] === SPLIT_CODES[split]) position[row] = rows.push(row) - 1;
  }
  const judged: number[] = [];
  for (let i = 0; i < relevance.count; i++) {
    if ((position[relevance.queryRows[i] as number] as number) >= 0) judged.push(i);
  }
  const judgements = groupJudgements(
    rows.length,
    judged.map((i) => position[relevance.queryRows[i] as number] as number),
    judged.map((i) => relevance.itemRows[i] as number),
    judged.map((i) => relevance.grades[i] as number),
  );
  const source = (count: number, text: (at: number) => string) => ({
    count,
    embed: (from: number, to: number) => encoder.encode(Array.from({ length: to - from }, (_, i) => text(from + i))),
  });
  return {
    queries: source(rows.length, (at) => queries.text(rows[at] as number)),
    items: source(items.count, (row) => items.text(row)),
    dimensions: encoder.dimensions,
    judgements,
  };
}
