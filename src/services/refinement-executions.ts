import { QuartetError } from '../domain/errors.ts';
import type { EncoderId, IndexId, RefinementId } from '../domain/ids.ts';
import type { RefinementRound } from '../domain/refinement.ts';
import { FINAL_STATUSES, type RunStatus, type TrainingConfig, type Verdict } from '../domain/training.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { encodersOfRuns, findEncoder } from '../store/encoders.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { findRefinements, type RefinementRow } from '../store/refinements.ts';
import { USE_OF_SET } from '../training/defaults.ts';
import type { HardNegativesService } from './hard-negatives.ts';
import type { IndexesService } from './indexes.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import { unusedBecause } from './run-negatives.ts';
import type { RunsService } from './runs.ts';
import type { SnapshotsService } from './snapshots.ts';
import type { CompareEncodersSpec } from './work/compare-encoders.ts';

export interface RefinementExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
  readonly runs: RunsService;
  readonly indexes: IndexesService;
  readonly negatives: HardNegativesService;
}

const TABLE = 'Refinement';

/** What has to happen next. `advanced`: look again at once. */
export type NextStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'advanced' }
  | { readonly kind: 'compare'; readonly spec: CompareEncodersSpec };

/** Refinements as workers see them. */
export class RefinementExecutionsService {
  readonly #deps: RefinementExecutionsDeps;

  constructor(deps: RefinementExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes a refinement for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: RefinementId): Promise<RefinementExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const [row] = attempt === null ? [] : await findRefinements(db.pool, [id]);
    if (attempt === null || row === undefined) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new RefinementExecution(this.#deps, { ...row, attempt }, watch);
  }

  /** Marks a refinement FAILED unless it is final, whoever has it. What its rounds have made stays. */
  async giveUp(id: RefinementId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/**
 * One attempt at a refinement by one worker. Its row says which training, index and mining each round has begun; each of these is a
 * job of its own, queued in one transaction with the row that names it. So whoever takes the refinement up finds what is done, waits
 * for what runs, and begins nothing twice. An asynchronous one is round 0 alone: its run mines on its way (`run-refreshes.ts`).
 */
export class RefinementExecution extends JobAttempt {
  readonly #deps: RefinementExecutionsDeps;
  #row: RefinementRow;

  constructor(deps: RefinementExecutionsDeps, row: RefinementRow, watch: CancellationWatch) {
    super(deps.db, TABLE, { at: row, watch });
    this.#deps = deps;
    this.#row = row;
  }

  /** Brings the last round one step further. @throws QuartetError the error of the job that failed, FENCED */
  async next(): Promise<NextStep> {
    const round = this.#row.done.at(-1);
    if (round === undefined) {
      return this.#advance(async (tx) => {
        const { id } = await this.#deps.runs.start({ datasetId: this.#row.datasetId, config: this.#row.config }, tx);
        return { ...NEW_ROUND, round: 0, runId: id };
      });
    }
    if (round.taken !== null) return this.#afterRound(round);
    if (round.runId === null) return this.#untilTrained(round);
    if (round.encoderId === null) {
      const run = await this.#deps.runs.get(round.runId);
      if (!isDone(run, 'training', round)) return { kind: 'wait' };
      const [encoder] = await encodersOfRuns(this.#deps.db.pool, [round.runId]);
      if (encoder === undefined) throw gone('encoder', round);
      return this.#advance(async () => ({ ...round, encoderId: encoder.id, taken: round.round === 0 ? true : null }));
    }
    return { kind: 'compare', spec: await this.#comparison(round.encoderId) };
  }

  /** A round whose encoder is worse on the mean of the validation queries is not taken. */
  async compared(verdict: Verdict): Promise<void> {
    const round = this.#row.done.at(-1) as RefinementRound;
    await this.#advance(async () => ({ ...round, verdict, taken: verdict.difference >= 0 }));
  }

  /** Index, then mining, then training. */
  async #untilTrained(round: RefinementRound): Promise<NextStep> {
    const { indexes, negatives, runs } = this.#deps;
    const { datasetId, mining, config } = this.#row;
    const index = await indexes.get(round.indexId as IndexId);
    if (!isDone(index, 'index', round)) return { kind: 'wait' };
    if (round.setId === null) {
      const positives = config.positives === 'label' ? 'label' : 'relevance';
      return this.#advance(async (tx) => {
        const asked = { datasetId, source: 'ENCODER', indexId: index.id, positives, settings: mining } as const;
        return { ...round, setId: await negatives.mine(asked, tx) };
      });
    }
    const set = await negatives.get(round.setId);
    if (!isDone(set, 'mining', round)) return { kind: 'wait' };
    return this.#advance(async (tx) => {
      const { id } = await runs.start({ datasetId, config: withNegatives(config, set.id) }, tx);
      return { ...round, runId: id };
    });
  }

  /** The next round, or the end: one that was not taken is the last, as mining again with the same encoder finds the same. */
  async #afterRound(round: RefinementRound): Promise<NextStep> {
    const { db, indexes } = this.#deps;
    const { datasetId, rounds, asynchronous, done } = this.#row;
    const best = this.#best();
    const known = done.find(({ round: n, indexId }) => indexId !== null && this.#best(n) === best)?.indexId ?? null;
    if (!asynchronous && round.taken === true && round.round < rounds) {
      return this.#advance(async (tx) => {
        const { id } = await indexes.build({ datasetId, encoderId: best }, tx);
        return { ...NEW_ROUND, round: round.round + 1, indexId: id };
      });
    }
    const indexId = known ?? this.#row.indexId;
    if (indexId === null) {
      await this.#write(async (tx) => {
        const { id } = await indexes.build({ datasetId, encoderId: best }, tx);
        return { indexId: id };
      });
      return { kind: 'advanced' };
    }
    if (!isDone(await indexes.get(indexId), 'index', round)) return { kind: 'wait' };
    const facts = { encoderId: best, indexId };
    await db.retrying(() => finishRow(db.pool, TABLE, this.#row, { status: 'SUCCEEDED', ...facts }));
    return { kind: 'done' };
  }

  /** The encoder of the last round taken, of those before round `before`. */
  #best(before = Number.POSITIVE_INFINITY): EncoderId {
    const taken = this.#row.done.filter(({ round, taken }) => taken === true && round < before);
    return taken.at(-1)?.encoderId as EncoderId;
  }

  async #comparison(candidateId: EncoderId): Promise<CompareEncodersSpec> {
    const { db, artifacts, snapshots } = this.#deps;
    const { datasetId, config } = this.#row;
    const { metric, positives, validationFraction, seed } = config;
    const dirOf = async (id: EncoderId) => {
      const encoder = await findEncoder(db.pool, id);
      if (encoder === null) throw gone('encoder', this.#row.done.at(-1) as RefinementRound);
      await artifacts.verify('encoder', encoder.sha256);
      return artifacts.path('encoder', encoder.sha256);
    };
    const { path: snapshotPath } = await snapshots.snapshotDataset(datasetId);
    const [presentDir, candidateDir] = [await dirOf(this.#best()), await dirOf(candidateId)];
    return { snapshotPath, presentDir, candidateDir, metric, division: { positives, validationFraction, seed } };
  }

  /** Writes a round, new or changed, in one transaction with what it begins. */
  async #advance(
    change: (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<RefinementRound>,
  ): Promise<NextStep> {
    await this.#write(async (tx) => {
      const round = await change(tx);
      return { done: [...this.#row.done.filter(({ round: n }) => n !== round.round), round] };
    });
    return { kind: 'advanced' };
  }

  async #write(
    change: (
      tx: Parameters<Parameters<Database['transaction']>[0]>[0],
    ) => Promise<Pick<RefinementRow, 'done'> | Pick<RefinementRow, 'indexId'>>,
  ): Promise<void> {
    const { db } = this.#deps;
    const changed = await db.transaction(async (tx) => {
      const values = await change(tx);
      await writeRow(tx, TABLE, this.#row, 'done' in values ? { done: JSON.stringify(values.done) } : values);
      return values;
    });
    this.#row = { ...this.#row, ...changed };
  }
}

const NEW_ROUND = { indexId: null, setId: null, runId: null, encoderId: null, verdict: null, taken: null } as const;

/** @throws QuartetError when the job ended without success: so does the refinement, by the same reason */
function isDone(
  job: { readonly status: RunStatus; readonly errorCode: string | null; readonly errorMessage: string | null },
  what: string,
  { round }: RefinementRound,
): boolean {
  if (job.status === 'SUCCEEDED') return true;
  if (!FINAL_STATUSES.includes(job.status)) return false;
  const reason = job.errorMessage ?? 'it was cancelled';
  throw new QuartetError(
    (job.errorCode ?? 'JOB_FAILED') as 'JOB_FAILED',
    `the ${what} of round ${round} ended: ${reason}`,
  );
}

function gone(what: string, { round }: RefinementRound): QuartetError {
  return new QuartetError('NOT_FOUND', `the ${what} of round ${round} was deleted meanwhile; start another refinement`);
}

/** With the set, and the paradigm's own use of it where the config makes none. */
function withNegatives(config: TrainingConfig, hardNegativeSetId: string): TrainingConfig {
  const { paradigm } = config;
  const use = unusedBecause(paradigm) === null ? {} : USE_OF_SET[paradigm.name];
  return { ...config, hardNegativeSetId, paradigm: { ...paradigm, ...use } };
}
