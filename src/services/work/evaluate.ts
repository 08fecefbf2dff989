import { openSnapshot, type Snapshot, SPLIT_CODES } from '../../data/snapshot.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { RetrievalMetrics, Split } from '../../domain/training.ts';
import { readCard } from '../../encoders/card.ts';
import { loadEncoder, type Side } from '../../encoders/index.ts';
import { groupJudgements } from '../../evaluation/judgements.ts';
import { evaluateRetrieval, type RetrievalTask } from '../../evaluation/retrieval.ts';
import { type BackendChoice, loadTensors } from '../../training/tensors.ts';
import { contentsFor } from './contents.ts';
import { heldOutItems } from './item-pairs.ts';
import type { QuerySide, ValidationData } from './training-data.ts';
import type { Work } from './work.ts';

export interface EvaluateSpec {
  readonly snapshotPath: string;
  readonly encoderDir: string;
  readonly split: Split;
  /** Default `auto`. */
  readonly backend?: BackendChoice;
}

/**
 * Measures an encoder on all queries of one split against all items of the dataset; without any judgement, by labels: on
 * labelled items against all others.
 */
export const work: Work<EvaluateSpec, never, RetrievalMetrics> = async (spec, { signal, logger }) => {
  const tensors = await loadTensors(spec.backend ?? 'auto', logger);
  const encoder = await loadEncoder(spec.encoderDir, tensors);
  const snapshot = await openSnapshot(spec.snapshotPath);
  try {
    const contents = contentsFor(encoder, snapshot);
    const measured = judgedRows(snapshot, spec.split) ?? (await labelledRows(snapshot, spec.encoderDir));
    if (measured === null) {
      throw new QuartetError('NOT_READY', `no ${spec.split} query has a relevant item, and no item a label`);
    }
    const source = (side: QuerySide, role: Side, rows: Int32Array) => ({
      count: rows.length,
      embed: async (from: number, to: number) =>
        encoder.encode(await contents.read(side, rows.subarray(from, to)), role),
    });
    const task: RetrievalTask = {
      queries: source(measured.querySide, 'query', measured.queryRows),
      items: source('items', 'item', measured.itemRows),
      dimensions: encoder.dimensions,
      judgements: measured.judgements,
    };
    return await evaluateRetrieval(task, tensors, signal);
  } finally {
    snapshot.close();
  }
};

/** All queries of the split. @returns null when none has a relevant item */
function judgedRows({ items, queries, relevance }: Snapshot, split: Split): ValidationData | null {
  const rows: number[] = [];
  const position = new Int32Array(queries.count).fill(-1);
  for (let row = 0; row < queries.count; row++) {
    if (queries.splits[row] === SPLIT_CODES[split]) position[row] = rows.push(row) - 1;
  }
  const judged: number[] = [];
  for (let i = 0; i < relevance.count; i++) {
    if ((position[relevance.queryRows[i] as number] as number) >= 0) judged.push(i);
  }
  if (!judged.some((i) => (relevance.grades[i] as number) > 0)) return null;
  const judgements = groupJudgements(
    rows.length,
    judged.map((i) => position[relevance.queryRows[i] as number] as number),
    judged.map((i) => relevance.itemRows[i] as number),
    judged.map((i) => relevance.grades[i] as number),
  );
  const itemRows = Int32Array.from({ length: items.count }, (_, row) => row);
  return { querySide: 'queries', queryRows: Int32Array.from(rows), itemRows, judgements };
}

/** A tenth of the labelled items, or those that the encoder's own training on this very data has held out. */
async function labelledRows(snapshot: Snapshot, encoderDir: string): Promise<ValidationData | null> {
  if (snapshot.relevance.count > 0) return null;
  const { provenance } = await readCard(encoderDir);
  const own = provenance?.datasetHash === snapshot.hash ? provenance.config : null;
  const trainedOnItems = own !== null && own.positives !== 'relevance' && own.validationFraction > 0;
  const { validationFraction, seed } = trainedOnItems ? own : { validationFraction: 0.1, seed: 1 };
  return heldOutItems(snapshot, validationFraction, seed);
}
