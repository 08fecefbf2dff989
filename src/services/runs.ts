import { assertReads, ENCODER_FOR } from '../domain/encoder-contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, RunId } from '../domain/ids.ts';
import { FINAL_STATUSES, type Positives, type RunStatus, type TrainingConfig } from '../domain/training.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { datasetBytes } from '../store/dataset-bytes.ts';
import { type DatasetRow, findDatasets } from '../store/datasets.ts';
import { notify } from '../store/notifications.ts';
import { appendEvents, eventsAfter, lastSequence, type RunEvent } from '../store/run-events.ts';
import {
  findRun,
  findRuns,
  insertRun,
  listRuns,
  lockRun,
  RUN_CANCELLED_CHANNEL,
  RUN_PAUSE_CHANNEL,
  type Run,
  type RunFilter,
  requestPause,
  trainability,
  updateRun,
} from '../store/runs.ts';
import type { Statements } from '../store/statements.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../training/defaults.ts';
import { requireDisk } from './disk-room.ts';
import type { Enqueue } from './enqueue.ts';
import { type NegativeRefresh, refreshesOfRuns } from './refreshes-of-runs.ts';
import { type ComparedRun, compareRuns, type RunComparison } from './run-comparison.ts';
import { followRun } from './run-follower.ts';
import { assertGuide } from './run-guide.ts';
import { assertNegativeSet } from './run-negatives.ts';
import { trainingBytes } from './training-room.ts';

export type { ComparedRun, Run, RunComparison, RunEvent };

export interface RunsDeps {
  readonly db: Database;
  readonly enqueue: Enqueue;
  /** Where runs leave their files. Default: their room is not looked at. */
  readonly artifacts?: Pick<ArtifactStore, 'freeBytes'>;
}

export interface StartRun {
  readonly datasetId: DatasetId;
  readonly config?: TrainingConfigInput | undefined;
}

const PAGE_LIMIT = 1_000;
const MOST_COMPARED = 20;

/** Training runs as their callers see them. What happens while one runs is in `run-execution.ts`. */
export class RunsService {
  readonly #deps: RunsDeps;

  constructor(deps: RunsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues a training run, where no encoder is asked for with the one that reads what the dataset holds.
   * @param within the caller's transaction, for a run that is to appear together with something else
   * @throws QuartetError BAD_INPUT naming the field and its bounds, NOT_FOUND for an unknown dataset, NOT_READY for one
   * without a pair to train on, DISK_FULL where its files would not fit
   */
  async start({ datasetId, config: input }: StartRun, within?: Statements): Promise<Run> {
    const queueRun = async (tx: Statements): Promise<Run> => {
      const [dataset] = isUuid(datasetId) ? await findDatasets(tx, [datasetId]) : [];
      const kind = dataset?.kind ?? 'TEXT';
      const encoder = { kind: ENCODER_FOR[kind], ...input?.encoder };
      const config = resolveTrainingConfig({ ...input, encoder }, ['config']);
      assertReads(config.encoder.kind, kind, ['config', 'encoder']);
      await assertTrainable(tx, datasetId, config.positives);
      await assertGuide(tx, config);
      await assertNegativeSet(tx, datasetId, config);
      if (dataset !== undefined) await this.#assertRoom(tx, config, dataset);
      const run = await insertRun(tx, { id: newUuid() as RunId, datasetId, config });
      await appendEvents(tx, run.id, 1, [{ kind: 'status', status: 'QUEUED' }]);
      await this.#deps.enqueue('train', run.id, tx);
      return run;
    };
    return within === undefined ? this.#deps.db.transaction(queueRun) : queueRun(within);
  }

  async #assertRoom(tx: Statements, config: TrainingConfig, dataset: DatasetRow): Promise<void> {
    const free = await this.#deps.artifacts?.freeBytes();
    if (free === undefined) return;
    const bytes = trainingBytes(config, { ...dataset, bytes: await datasetBytes(tx, dataset) });
    const remedy = 'ask for fewer checkpoints (keepCheckpoints) or a smaller encoder';
    requireDisk({ what: 'this training', bytes, free, remedy });
  }

  /**
   * Ends a run: it is CANCELLED when this resolves, its attempt is fenced off, and the process that trains is gone within a
   * second.
   * @throws QuartetError NOT_FOUND; CONFLICT when the run has ended already
   */
  cancel(id: RunId): Promise<Run> {
    return this.#change(id, undefined, async (tx, run) => {
      // Whose answer got lost asks again.
      if (run.status === 'CANCELLED') return;
      if (FINAL_STATUSES.includes(run.status)) throw wrongStatus(run, 'only one that has not ended can be cancelled');
      await endRun(tx, run);
    });
  }

  /**
   * Stops a run so that it can go on. One that waits is PAUSED when this resolves; one that runs writes a checkpoint after the step
   * it is at and is PAUSED then, until which it is RUNNING with `pauseRequestedAt` set. Asking again changes nothing.
   * @param within the caller's transaction
   * @throws QuartetError NOT_FOUND; CONFLICT when the run has ended
   */
  pause(id: RunId, within?: Statements): Promise<Run> {
    return this.#change(id, within, async (tx, run) => {
      if (FINAL_STATUSES.includes(run.status)) throw wrongStatus(run, 'only one that has not ended can be paused');
      if (run.status === 'QUEUED') await setStatus(tx, run, 'PAUSED');
      if (run.status !== 'RUNNING') return;
      await requestPause(tx, id);
      await notify(tx, RUN_PAUSE_CHANNEL, id);
    });
  }

  /**
   * Queues a paused run: it goes on from its checkpoint with the numbers it would have had without the pause.
   * @param within the caller's transaction
   * @throws QuartetError NOT_FOUND; CONFLICT when the run is not PAUSED
   */
  resume(id: RunId, within?: Statements): Promise<Run> {
    return this.#change(id, within, async (tx, run) => {
      if (run.status !== 'PAUSED') throw wrongStatus(run, 'only a paused one can be resumed');
      await setStatus(tx, run, 'QUEUED');
      await this.#deps.enqueue('train', id, tx);
    });
  }

  /** Changes a run that nobody else changes meanwhile. @returns it as it is afterwards */
  async #change(
    id: RunId,
    within: Statements | undefined,
    change: (tx: Statements, run: Run) => Promise<void>,
  ): Promise<Run> {
    assertId(id);
    const changeRun = async (tx: Statements): Promise<Run> => {
      const run = await lockRun(tx, id);
      if (run === null) throw notFound(id);
      await change(tx, run);
      return (await findRun(tx, id)) as Run;
    };
    return within === undefined ? this.#deps.db.transaction(changeRun) : changeRun(within);
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: RunId): Promise<Run> {
    assertId(id);
    const run = await findRun(this.#deps.db.pool, id);
    if (run === null) throw notFound(id);
    return run;
  }

  /** In no order; ids that are not there are left out. */
  getMany(ids: readonly RunId[]): Promise<Run[]> {
    return findRuns(this.#deps.db.pool, ids);
  }

  /** Minings on the way of runs that have begun, by run, then by number. */
  refreshes(ids: readonly RunId[]): Promise<NegativeRefresh[]> {
    return refreshesOfRuns(this.#deps.db, ids);
  }

  /**
   * Holds runs against each other, in the order of their ids.
   * @throws QuartetError BAD_INPUT unless there are 2 to 20 of them, each once; NOT_FOUND
   */
  async compare(ids: readonly RunId[]): Promise<RunComparison> {
    if (ids.length < 2 || ids.length > MOST_COMPARED || new Set(ids).size < ids.length) {
      const message = `ids names ${ids.length} runs; it must name 2 to ${MOST_COMPARED}, each once`;
      throw new QuartetError('BAD_INPUT', message, { field: ['ids'] });
    }
    const { db } = this.#deps;
    return compareRuns(db, await Promise.all(ids.map((id) => this.get(id))));
  }

  /** Newest first. @param page.after id of the last run of the page before */
  async list(
    filter: RunFilter,
    page: { first: number; after?: RunId | undefined },
  ): Promise<{ runs: readonly Run[]; hasNextPage: boolean }> {
    if (page.after !== undefined) assertId(page.after);
    const limit = Math.min(page.first, PAGE_LIMIT);
    const before = page.after === undefined ? {} : { before: page.after };
    const found = await listRuns(this.#deps.db.pool, filter, { ...before, limit: limit + 1 });
    return { runs: found.slice(0, limit), hasNextPage: found.length > limit };
  }

  /** Stored events after sequence number `after` (0: from the start), at most `first`, default and maximum 1,000. */
  async eventsAfter(
    id: RunId,
    after: number,
    first = PAGE_LIMIT,
  ): Promise<{ events: readonly RunEvent[]; hasNextPage: boolean }> {
    await this.get(id);
    const limit = Math.min(first, PAGE_LIMIT);
    const found = await eventsAfter(this.#deps.db.pool, id, after, limit + 1);
    return { events: found.slice(0, limit), hasNextPage: found.length > limit };
  }

  /**
   * Every event after sequence number `after`, those to come included, each once and in order; ends after the event of the
   * final status. Following again from the last number seen misses nothing.
   * @throws QuartetError NOT_FOUND
   */
  async *follow(id: RunId, after = 0, signal?: AbortSignal): AsyncGenerator<RunEvent, void, undefined> {
    await this.get(id);
    yield* followRun(this.#deps.db, id, after, signal);
  }
}

/** In a transaction: cancels a run unless it has ended, or is gone. */
export async function cancelUnfinishedRun(tx: Statements, id: RunId): Promise<void> {
  const run = await lockRun(tx, id);
  if (run !== null && !FINAL_STATUSES.includes(run.status)) await endRun(tx, run);
}

async function endRun(tx: Statements, run: Run): Promise<void> {
  await setStatus(tx, run, 'CANCELLED');
  await notify(tx, RUN_CANCELLED_CHANNEL, run.id);
}

/** Fences off whoever works on the run. */
async function setStatus(tx: Statements, { id, attempt }: Run, status: RunStatus): Promise<void> {
  await updateRun(tx, id, attempt + 1, { status });
  await appendEvents(tx, id, (await lastSequence(tx, id)) + 1, [{ kind: 'status', status }]);
}

function wrongStatus({ id, status }: Run, rule: string): QuartetError {
  return new QuartetError('CONFLICT', `run ${id} is ${status}; ${rule}`, { field: ['runId'] });
}

function assertId(id: string): void {
  if (!isUuid(id)) throw notFound(id);
}

function notFound(id: string): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no training run ${id}; list the runs to see which there are`, {
    field: ['id'],
  });
}

const LACKING: Readonly<Record<Positives, string>> = {
  relevance:
    'no query with a relevant item to train on; import pairs into it (`--query` and `--positive`), with split TRAIN, or take positives from equal labels or two views of an item (`--positives label`, `--positives augmentation`)',
  label: 'no two items of one label to train on; import items with a label, or take positives by relevance',
  augmentation: 'no item to train on; import some',
};

/** @throws QuartetError NOT_FOUND for an unknown dataset, NOT_READY for one without a pair to train on */
export async function assertTrainable(tx: Statements, datasetId: DatasetId, positives: Positives): Promise<void> {
  const field = ['datasetId'];
  const { exists, hasPairs } = isUuid(datasetId)
    ? await trainability(tx, datasetId, positives)
    : { exists: false, hasPairs: false };
  if (!exists) {
    throw new QuartetError('NOT_FOUND', `there is no dataset ${datasetId}; list the datasets to see which there are`, {
      field,
    });
  }
  if (!hasPairs) {
    throw new QuartetError('NOT_READY', `dataset ${datasetId} has ${LACKING[positives]}`, { field });
  }
}
