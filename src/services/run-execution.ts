import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SNAPSHOT_FILE } from '../data/snapshot.ts';
import { QuartetError } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import {
  type BackendName,
  FINAL_STATUSES,
  type RetrievalMetrics,
  type RunEventBody,
  type Verdict,
} from '../domain/training.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import { checkpointsOf, retireCheckpoints, saveCheckpoint } from '../store/checkpoints.ts';
import type { Database } from '../store/database.ts';
import { findEncoder, insertTrainedEncoder } from '../store/encoders.ts';
import { appendEvents, evaluationsOf, lastSequence, reportedSteps } from '../store/run-events.ts';
import {
  findRun,
  lockRun,
  RUN_CANCELLED_CHANNEL,
  RUN_PAUSE_CHANNEL,
  type Run,
  type RunChanges,
  unfinishedRuns,
  updateRun,
} from '../store/runs.ts';
import { guideOf } from './run-guide.ts';
import { RunLog } from './run-log.ts';
import { negativesOfRun } from './run-negatives.ts';
import { RunRefreshes } from './run-refreshes.ts';
import { RunWriter } from './run-writer.ts';
import type { SnapshotsService } from './snapshots.ts';
import type { GivenNegatives } from './work/mined-negatives.ts';

export interface RunExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
}

/** What a finished training gives. */
export interface Trained {
  readonly encoderDir: string;
  readonly baseline: RetrievalMetrics | null;
  readonly best: RetrievalMetrics | null;
  readonly verdict: Verdict | null;
  readonly steps: number;
  readonly backend: BackendName;
}

/** Training runs as workers see them. */
export class RunExecutionsService {
  readonly #deps: RunExecutionsDeps;

  constructor(deps: RunExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly RunId[]> {
    return unfinishedRuns(this.#deps.db.pool);
  }

  /** Takes a run for a new attempt, which fences off all earlier ones. @returns null when it is final, paused, or gone */
  async claim(id: RunId): Promise<RunExecution | null> {
    const { db } = this.#deps;
    const claimed = await db.transaction(async (tx) => {
      const before = await lockRun(tx, id);
      if (before === null || isAtRest(before)) return null;
      // The worker that was to pause it is gone; its last checkpoint is what the run goes on from.
      if (before.pauseRequestedAt !== null) {
        await updateRun(tx, id, before.attempt + 1, { status: 'PAUSED' });
        await appendEvents(tx, id, (await lastSequence(tx, id)) + 1, [{ kind: 'status', status: 'PAUSED' }]);
        return null;
      }
      const run: Run = { ...before, attempt: before.attempt + 1, status: 'RUNNING' };
      await updateRun(tx, id, run.attempt, { status: 'RUNNING' });
      const sequence = (await lastSequence(tx, id)) + 1;
      const again = { message: `attempt ${run.attempt}: the worker before is gone` };
      await appendEvents(tx, id, sequence, [
        { kind: 'status', status: 'RUNNING', ...(run.attempt === 1 ? {} : again) },
      ]);
      const log = new RunLog({
        lastSequence: sequence,
        reportedSteps: await reportedSteps(tx, id),
        evaluations: await evaluationsOf(tx, id),
        metric: run.config.metric,
      });
      return { run, log };
    });
    if (claimed === null) return null;
    const execution = new RunExecution(this.#deps, claimed.run, claimed.log);
    await execution.watch();
    return execution;
  }

  /** Marks a run FAILED unless it is final, whoever has it. */
  async giveUp(id: RunId, error: QuartetError): Promise<void> {
    const { code, message } = error;
    await this.#deps.db.transaction(async (tx) => {
      const run = await lockRun(tx, id);
      if (run === null || isAtRest(run)) return;
      await updateRun(tx, id, run.attempt + 1, { status: 'FAILED', errorCode: code, errorMessage: message });
      await appendEvents(tx, id, (await lastSequence(tx, id)) + 1, [{ kind: 'status', status: 'FAILED', message }]);
    });
  }
}

/** One attempt at a run by one worker. */
export class RunExecution {
  readonly run: Run;
  readonly #deps: RunExecutionsDeps;
  readonly #log: RunLog;
  readonly #writer: RunWriter;
  readonly #pause = new AbortController();
  #unlisten: (() => Promise<unknown>) | undefined;

  constructor(deps: RunExecutionsDeps, run: Run, log: RunLog) {
    this.#deps = deps;
    this.run = run;
    this.#log = log;
    this.#writer = new RunWriter(deps.db, run, log);
  }

  /** Aborted when this attempt has no more say (cancelled, overtaken, the database gone for long). Its reason is the error to end with. */
  get over(): AbortSignal {
    return this.#writer.over;
  }

  /** Aborted when the run is to write a checkpoint and stop. */
  get pauseRequested(): AbortSignal {
    return this.#pause.signal;
  }

  /** Begins to listen for a cancel and a pause. */
  async watch(): Promise<void> {
    const { db } = this.#deps;
    const { id, attempt } = this.run;
    const check = async () => {
      const row = await db.retrying(() => findRun(db.pool, id));
      if (row?.attempt !== attempt) this.#writer.end();
      else if (row.pauseRequestedAt !== null) this.#pause.abort();
    };
    // An empty payload says that notifications may have been missed.
    const listenFor = (channel: string, heard: () => void) =>
      db.listen(channel, (told) => {
        if (told === id) heard();
        else if (told === '') check().catch((error) => this.#writer.end(error));
      });
    const cancelled = await listenFor(RUN_CANCELLED_CHANNEL, () => this.#writer.end());
    const paused = await listenFor(RUN_PAUSE_CHANNEL, () => this.#pause.abort());
    this.#unlisten = () => Promise.all([cancelled(), paused()]);
    await check();
  }

  /** The data of this run: taken at the first attempt, the very same at every later one. @returns the snapshot file */
  async snapshot(): Promise<string> {
    const { artifacts, snapshots } = this.#deps;
    const known = this.run.snapshotSha256;
    const isThere = known !== null && (await artifacts.verify('snapshot', known).then(() => true, falseIfCorrupt));
    if (isThere) return path.join(artifacts.path('snapshot', known), SNAPSHOT_FILE);
    const { sha256, path: file, hash } = await snapshots.snapshotDataset(this.run.datasetId);
    if (known !== null && sha256 !== known) {
      const message = `the data that run ${this.run.id} began with is gone, and the dataset has changed since; start a new run`;
      throw new QuartetError('CORRUPT_ARTIFACT', message);
    }
    await this.#writer.write({ snapshotSha256: sha256, datasetHash: hash });
    return file;
  }

  /** Directory of the encoder that the run's config names as guide, or null where it names none. */
  async guide(): Promise<string | null> {
    const { db, artifacts } = this.#deps;
    const id = guideOf(this.run.config);
    if (id === null) return null;
    const encoder = await db.retrying(() => findEncoder(db.pool, id));
    if (encoder === null) throw new QuartetError('NOT_FOUND', `the guide of the run, encoder ${id}, is gone`);
    await artifacts.verify('encoder', encoder.sha256);
    return artifacts.path('encoder', encoder.sha256);
  }

  /** The mined negatives that the run's config names, or null; says in the log how stale they are. */
  async negatives(): Promise<GivenNegatives | null> {
    const found = await negativesOfRun(this.#deps, this.run);
    if (found === null) return null;
    await this.record({ kind: 'log', level: 'info', message: found.remark });
    return found.given;
  }

  /** The latest checkpoint whose bytes are what they were, or null to begin at the start. */
  async resumePoint(): Promise<{ step: number; dir: string } | null> {
    const { db, artifacts } = this.#deps;
    for (const { step, sha256 } of await db.retrying(() => checkpointsOf(db.pool, this.run.id))) {
      try {
        await artifacts.verify('checkpoint', sha256);
        return { step, dir: artifacts.path('checkpoint', sha256) };
      } catch (error) {
        falseIfCorrupt(error);
        const message = `the checkpoint of step ${step} is damaged and left out`;
        await this.record({ kind: 'log', level: 'warn', message });
      }
    }
    return null;
  }

  /** What is mined while it goes on. */
  get refreshes(): RunRefreshes {
    return new RunRefreshes(this.#deps, this.run, this.#writer);
  }

  record(event: RunEventBody): Promise<void> {
    return this.#writer.record(event);
  }

  async plan({ totalSteps, backend }: { totalSteps: number; backend: BackendName }): Promise<void> {
    await this.#writer.write({ totalSteps, backend });
  }

  /** Makes a checkpoint that the child wrote an artifact of this run, and lets go of those that are not needed any more. */
  async checkpoint({ step, dir }: { step: number; dir: string }): Promise<void> {
    const { artifacts } = this.#deps;
    const { id } = this.run;
    // Equal runs write equal checkpoints. With the owner among the files no two runs share an artifact, so it can be removed.
    await writeFile(path.join(dir, 'owner.json'), JSON.stringify({ runId: id, step }));
    const { sha256, bytes } = await artifacts.adopt('checkpoint', dir);
    this.#log.add({ kind: 'checkpoint', step, sha256, bytes });
    const retired = await this.#writer.write({}, async (tx) => {
      const replaced = await saveCheckpoint(tx, id, { step, sha256, bytes });
      const best = this.#log.best?.step ?? null;
      return [...replaced, ...(await retireCheckpoints(tx, id, { keep: this.run.config.keepCheckpoints, best }))];
    });
    for (const old of retired ?? []) await artifacts.remove('checkpoint', old);
  }

  /** Makes the trained encoder an artifact and a row, in one transaction with the run's success. */
  async succeed({ encoderDir, steps, baseline, best, verdict, backend }: Trained): Promise<void> {
    const { artifacts } = this.#deps;
    const { id, datasetId } = this.run;
    const { sha256, bytes } = await artifacts.adopt('encoder', encoderDir);
    if (verdict !== null) this.#log.add({ kind: 'verdict', step: steps, verdict });
    this.#log.add({ kind: 'status', status: 'SUCCEEDED' });
    const progress = { step: steps, totalSteps: steps, backend };
    const changes: RunChanges = { status: 'SUCCEEDED', ...progress, baseline, best, verdict };
    await this.#writer.write(changes, (tx) =>
      insertTrainedEncoder(tx, { runId: id, datasetId, sha256, bytes, dir: artifacts.path('encoder', sha256) }),
    );
  }

  /** Leaves the run to be resumed; its last checkpoint is an artifact already. */
  async pause(): Promise<void> {
    this.#log.add({ kind: 'status', status: 'PAUSED' });
    await this.#writer.write({ status: 'PAUSED' });
  }

  async fail({ code, message }: QuartetError): Promise<void> {
    this.#log.add({ kind: 'status', status: 'FAILED', message });
    await this.#writer.write({ status: 'FAILED', errorCode: code, errorMessage: message });
  }

  /** Ends this attempt, the run left as it is for a next one. */
  abandon(): void {
    this.#writer.end();
  }

  async close(): Promise<void> {
    await this.#writer.close();
    await this.#unlisten?.();
  }
}

/** Whether a run waits for nobody but its owner. */
function isAtRest({ status }: Run): boolean {
  return status === 'PAUSED' || FINAL_STATUSES.includes(status);
}

function falseIfCorrupt(error: unknown): false {
  if (error instanceof QuartetError && error.code === 'CORRUPT_ARTIFACT') return false;
  throw error;
}
