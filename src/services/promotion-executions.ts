import { QuartetError } from '../domain/errors.ts';
import type { PromotionId } from '../domain/ids.ts';
import type { Verdict } from '../domain/training.ts';
import { lockAlias, moveAlias } from '../store/aliases.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { type EncoderRow, findEncoder } from '../store/encoders.ts';
import { findIndex, type IndexRow } from '../store/indexes.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows } from '../store/job-rows.ts';
import { findPromotions, type PromotionRow } from '../store/promotions.ts';
import { findRun } from '../store/runs.ts';
import { resolveTrainingConfig } from '../training/defaults.ts';
import type { Enqueue } from './enqueue.ts';
import type { SnapshotsService } from './snapshots.ts';
import type { CompareEncodersSpec } from './work/compare-encoders.ts';

export interface PromotionExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
  readonly enqueue: Enqueue;
}

const TABLE = 'Promotion';

/** Promotions that have to be measured, as workers see them. */
export class PromotionExecutionsService {
  readonly #deps: PromotionExecutionsDeps;

  constructor(deps: PromotionExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes a promotion for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: PromotionId): Promise<PromotionExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const [row] = attempt === null ? [] : await findPromotions(db.pool, [id]);
    return attempt === null || row === undefined ? null : new PromotionExecution(this.#deps, { ...row, attempt });
  }

  /** Marks a promotion FAILED unless it is final, whoever has it. The alias stays where it is. */
  async giveUp(id: PromotionId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at a promotion by one worker. */
export class PromotionExecution {
  readonly #deps: PromotionExecutionsDeps;
  readonly #promotion: PromotionRow;

  constructor(deps: PromotionExecutionsDeps, promotion: PromotionRow) {
    this.#deps = deps;
    this.#promotion = promotion;
  }

  /** Freezes the dataset as it is now, and says what the child has to do. @throws QuartetError CONFLICT, CORRUPT_ARTIFACT */
  async spec(): Promise<CompareEncodersSpec> {
    const { db, snapshots } = this.#deps;
    const { indexId, fromIndexId } = this.#promotion;
    const to = await findIndex(db.pool, indexId);
    const from = fromIndexId === null ? null : await findIndex(db.pool, fromIndexId);
    if (to === null || from === null) throw indexGone();
    const candidate = await this.#encoderOf(to);
    const present = await this.#encoderOf(from);
    const run = candidate.runId === null ? null : await findRun(db.pool, candidate.runId);
    const { metric, positives, validationFraction, seed } = run?.config ?? resolveTrainingConfig({});
    const { path } = await snapshots.snapshotDataset(to.datasetId);
    const { artifacts } = this.#deps;
    return {
      snapshotPath: path,
      presentDir: artifacts.path('encoder', present.sha256),
      candidateDir: artifacts.path('encoder', candidate.sha256),
      metric,
      division: { positives, validationFraction, seed },
    };
  }

  /** Moves the alias when the verdict is for it, in one transaction with the row. */
  async conclude(verdict: Verdict): Promise<void> {
    const { db } = this.#deps;
    const { aliasId, indexId, fromIndexId } = this.#promotion;
    await db.retrying(() =>
      db.transaction(async (tx) => {
        const alias = await lockAlias(tx, { id: aliasId });
        const [row] = await findPromotions(tx, [this.#promotion.id]);
        // This transaction was committed before, and only its answer was lost.
        if (row?.status === 'SUCCEEDED') return;
        const moved = verdict.outcome === 'better';
        const facts = { moved, verdict: JSON.stringify(verdict) };
        await finishRow(tx, TABLE, this.#promotion, { status: 'SUCCEEDED', ...facts });
        if (!moved || alias === null) return;
        if (alias.currentId !== fromIndexId) {
          throw new QuartetError(
            'CONFLICT',
            `alias "${alias.name}" was moved while the encoders were compared; promote again to compare with the new one`,
          );
        }
        await moveAlias(tx, aliasId, indexId);
        await this.#deps.enqueue('retire', alias.datasetId, tx);
      }),
    );
  }

  async fail({ code, message }: QuartetError): Promise<void> {
    const { db } = this.#deps;
    const facts = { errorCode: code, errorMessage: message };
    await db.retrying(() => finishRow(db.pool, TABLE, this.#promotion, { status: 'FAILED', ...facts }));
  }

  async #encoderOf({ encoderId }: IndexRow): Promise<EncoderRow> {
    const { db, artifacts } = this.#deps;
    const encoder = await findEncoder(db.pool, encoderId);
    if (encoder === null) throw indexGone();
    await artifacts.verify('encoder', encoder.sha256);
    return encoder;
  }
}

function indexGone(): QuartetError {
  return new QuartetError('CONFLICT', 'an index of this promotion was deleted meanwhile; promote again');
}
