import { join } from 'node:path';
import { NEGATIVES_FILE } from '../data/negatives-file.ts';
import { QuartetError } from '../domain/errors.ts';
import type { NegativeSetId } from '../domain/ids.ts';
import type { TrainingConfig } from '../domain/training.ts';
import { HOUR } from '../platform/clock.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { falseNegativesOf } from '../store/false-negatives.ts';
import { findNegativeSets, stalenessOf } from '../store/hard-negatives.ts';
import type { Run } from '../store/runs.ts';
import type { Statements } from '../store/statements.ts';
import type { GivenNegatives } from './work/mined-negatives.ts';

/**
 * @throws QuartetError NOT_FOUND when the config names a set that the dataset does not have, NOT_READY when it is not mined,
 * BAD_INPUT when it was mined for other queries or nothing would be made of it
 */
export async function assertNegativeSet(tx: Statements, datasetId: string, config: TrainingConfig): Promise<void> {
  const { hardNegativeSetId: id, paradigm, positives } = config;
  if (id === null) return;
  const field = ['config', 'hardNegativeSetId'];
  const [set] = await findNegativeSets(tx, [id as NegativeSetId]);
  if (set === undefined || set.datasetId !== datasetId) {
    throw new QuartetError('NOT_FOUND', `the dataset has no set of hard negatives ${id}; mine one`, { field });
  }
  if (set.status !== 'SUCCEEDED') {
    throw new QuartetError('NOT_READY', `set ${id} is ${set.status}; wait until it is SUCCEEDED`, { field });
  }
  if (set.positives !== positives) {
    const message = `set ${id} was mined for positives by ${set.positives}, the run takes them by ${positives}; mine another`;
    throw new QuartetError('BAD_INPUT', message, { field });
  }
  const unused = unusedBecause(paradigm);
  if (unused !== null) {
    throw new QuartetError('BAD_INPUT', `set ${id} would not be used: ${unused}`, { field });
  }
}

/** Why a paradigm, as it is set, makes nothing of negatives that are given; null: it uses them. */
export function unusedBecause(paradigm: TrainingConfig['paradigm']): string | null {
  switch (paradigm.name) {
    case 'in-batch-negatives':
      return paradigm.hardNegatives > 0 ? null : 'hardNegatives is 0; take 1 or more';
    case 'end-to-end':
      return paradigm.negativesFrom === 'given' ? null : 'negativesFrom is uniform; take given';
    case 'memory-bank':
      if (paradigm.loss === 'full-softmax')
        return 'full-softmax looks at every item anyhow; take nce or sampled-info-nce';
      return paradigm.hardFraction > 0 ? null : 'hardFraction is 0; take more';
    case 'momentum-encoder':
      return paradigm.hardFraction > 0 ? null : 'hardFraction is 0; take more';
  }
}

/** What a run's child needs of the set that its config names, and what to tell about its age. @returns null where it names none */
export async function negativesOfRun(
  { db, artifacts }: { readonly db: Database; readonly artifacts: ArtifactStore },
  { config, datasetId, createdAt }: Pick<Run, 'config' | 'datasetId' | 'createdAt'>,
): Promise<{ given: GivenNegatives; remark: string } | null> {
  const id = config.hardNegativeSetId as NegativeSetId | null;
  if (id === null || id === undefined) return null;
  const [set] = await db.retrying(() => findNegativeSets(db.pool, [id]));
  if (set?.sha256 == null) throw new QuartetError('NOT_FOUND', `the run's set of hard negatives ${id} is gone`);
  await artifacts.verify('negatives', set.sha256);
  // What was marked later is left for the next run: a run that goes on must see the very same negatives.
  const marks = await db.retrying(() => falseNegativesOf(db.pool, datasetId, set.positives === 'label', createdAt));
  const path = join(artifacts.path('negatives', set.sha256), NEGATIVES_FILE);
  const excluded = marks.flatMap(({ queryId, itemId }) => [queryId, itemId]);
  const stale = await db.retrying(() => stalenessOf(db.pool, id));
  const hours = Math.max(0, (createdAt.getTime() - set.createdAt.getTime()) / HOUR);
  const nameless = set.source === 'LEXICAL' ? 'by words' : 'by an encoder that is gone';
  const by = stale?.encoder == null ? nameless : `by encoder ${stale.encoder}`;
  const newer = stale?.newerEncoders ?? 0;
  const since =
    newer === 0 ? 'no encoder was trained since' : `${newer} newer ${newer === 1 ? 'encoder' : 'encoders'} since`;
  return {
    given: { path, excluded },
    remark: `hard negatives of set ${id}, mined ${by} ${hours.toFixed(1)} h before: ${since}`,
  };
}
