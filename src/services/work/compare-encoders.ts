import { openSnapshot, type Snapshot } from '../../data/snapshot.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { QualityMetric, Verdict } from '../../domain/quality.ts';
import type { Encoder } from '../../encoders/encoder.ts';
import { type Content, loadEncoder, type Side } from '../../encoders/index.ts';
import { measureRetrieval } from '../../evaluation/retrieval.ts';
import { verdictOn } from '../../evaluation/verdict.ts';
import { createRandom } from '../../platform/random.ts';
import { type BackendChoice, loadTensors, type Tensors } from '../../training/tensors.ts';
import { contentsFor } from './contents.ts';
import { type Division, divide } from './divide.ts';
import type { QuerySide, ValidationData } from './training-data.ts';
import type { Work } from './work.ts';

export interface CompareEncodersSpec {
  readonly snapshotPath: string;
  readonly presentDir: string;
  readonly candidateDir: string;
  /** What is compared, query by query. */
  readonly metric: QualityMetric;
  /** How the candidate's training divided its data, so that it is judged by nothing it was trained on. */
  readonly division: Division;
  /** Default `auto`. */
  readonly backend?: BackendChoice;
}

/**
 * Holds two encoders against each other on the same validation queries, by a paired bootstrap. `baseline` of the verdict is the
 * present encoder's mean, `best` the candidate's. Unlike at the end of a training, neither was chosen on these queries just now.
 * @throws QuartetError NOT_READY when there is nothing to validate on
 */
export const work: Work<CompareEncodersSpec, never, Verdict> = async (spec, { signal, logger }) => {
  const tensors = await loadTensors(spec.backend ?? 'auto', logger);
  const snapshot = await openSnapshot(spec.snapshotPath);
  try {
    const { validation } = divide(snapshot, spec.division);
    if (validation === null) throw nothingToCompareOn();
    const scoresOf = async (dir: string) =>
      await measured(await loadEncoder(dir, tensors), { snapshot, validation, tensors, metric: spec.metric, signal });
    const present = await scoresOf(spec.presentDir);
    const candidate = await scoresOf(spec.candidateDir);
    const verdict = verdictOn(spec.metric, present, candidate, createRandom(spec.division.seed));
    if (verdict === null) throw nothingToCompareOn();
    return verdict;
  } finally {
    snapshot.close();
  }
};

interface Measuring {
  readonly snapshot: Snapshot;
  readonly validation: ValidationData;
  readonly tensors: Tensors;
  readonly metric: QualityMetric;
  readonly signal: AbortSignal;
}

async function measured(encoder: Encoder<Content>, of: Measuring): Promise<readonly number[]> {
  const { snapshot, validation, tensors, metric, signal } = of;
  const contents = contentsFor(encoder, snapshot);
  const source = (side: QuerySide, role: Side, rows: Int32Array) => ({
    count: rows.length,
    embed: async (from: number, to: number) => encoder.encode(await contents.read(side, rows.subarray(from, to)), role),
  });
  const { scores } = await measureRetrieval(
    {
      queries: source(validation.querySide, 'query', validation.queryRows),
      items: source('items', 'item', validation.itemRows),
      dimensions: encoder.dimensions,
      judgements: validation.judgements,
    },
    tensors,
    signal,
  );
  return scores[metric];
}

function nothingToCompareOn(): QuartetError {
  const remedy = 'import pairs with split VALIDATION, or promote with a reason for an override';
  return new QuartetError('NOT_READY', `the dataset has no validation query to compare the encoders on; ${remedy}`);
}
