import type { QuartetError } from '../domain/errors.ts';
import type { EvaluationId } from '../domain/ids.ts';
import type { RetrievalMetrics, Split } from '../domain/training.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { type EncoderRow, findEncoder } from '../store/encoders.ts';
import { type EvaluationRow, findEvaluation } from '../store/evaluations.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows } from '../store/job-rows.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import type { SnapshotsService } from './snapshots.ts';

export interface EvaluationExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
}

const TABLE = 'Evaluation';

/** Evaluations as workers see them. */
export class EvaluationExecutionsService {
  readonly #deps: EvaluationExecutionsDeps;

  constructor(deps: EvaluationExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes an evaluation for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: EvaluationId): Promise<EvaluationExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const row = attempt === null ? null : await findEvaluation(db.pool, id);
    const encoder = row === null ? null : await findEncoder(db.pool, row.encoderId);
    if (attempt === null || row === null || encoder === null) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new EvaluationExecution(this.#deps, { evaluation: { ...row, attempt }, encoder, watch });
  }

  /** Marks an evaluation FAILED unless it is final, whoever has it. */
  async giveUp(id: EvaluationId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at an evaluation by one worker. */
export class EvaluationExecution extends JobAttempt {
  readonly #deps: EvaluationExecutionsDeps;
  readonly #evaluation: EvaluationRow;
  readonly #encoder: EncoderRow;

  constructor(
    deps: EvaluationExecutionsDeps,
    of: { evaluation: EvaluationRow; encoder: EncoderRow; watch: CancellationWatch },
  ) {
    super(deps.db, TABLE, { at: of.evaluation, watch: of.watch });
    this.#deps = deps;
    this.#evaluation = of.evaluation;
    this.#encoder = of.encoder;
  }

  /** Freezes the dataset as it is now, and says what the child has to do. @throws QuartetError CORRUPT_ARTIFACT */
  async spec(): Promise<{ snapshotPath: string; encoderDir: string; split: Split }> {
    const { artifacts, snapshots } = this.#deps;
    const { datasetId, split } = this.#evaluation;
    await artifacts.verify('encoder', this.#encoder.sha256);
    const { path } = await snapshots.snapshotDataset(datasetId);
    return { snapshotPath: path, encoderDir: artifacts.path('encoder', this.#encoder.sha256), split };
  }

  async succeed(metrics: RetrievalMetrics): Promise<void> {
    const { db } = this.#deps;
    const facts = { metrics: JSON.stringify(metrics) };
    await db.retrying(() => finishRow(db.pool, TABLE, this.#evaluation, { status: 'SUCCEEDED', ...facts }));
  }
}
