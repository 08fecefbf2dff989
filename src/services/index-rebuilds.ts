import { QuartetError } from '../domain/errors.ts';
import type { IndexRebuildId } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';
import { type EncoderRow, findEncoder } from '../store/encoders.ts';
import { findRebuild, type IndexRebuildRow, swapFiles } from '../store/index-rebuilds.ts';
import { findIndex, type IndexRow } from '../store/indexes.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { type FrozenBuild, freezeBuild, type IndexBuildSource } from './index-build-spec.ts';
import { adoptIndexFiles } from './index-files.ts';
import type { BuildIndexResult, BuildIndexSpec } from './work/build-index.ts';

export interface IndexRebuildsDeps extends IndexBuildSource {
  readonly db: Database;
}

const TABLE = 'IndexRebuild';

/** The rebuilding of index versions as workers see it. */
export class IndexRebuildsService {
  readonly #deps: IndexRebuildsDeps;

  constructor(deps: IndexRebuildsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes a rebuild for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: IndexRebuildId): Promise<IndexRebuild | null> {
    const { pool } = this.#deps.db;
    const attempt = await claimRow(pool, TABLE, id);
    const row = attempt === null ? null : await findRebuild(pool, id);
    const index = row === null ? null : await findIndex(pool, row.indexId);
    const encoder = index === null ? null : await findEncoder(pool, index.encoderId);
    if (attempt === null || row === null || index === null || encoder === null) return null;
    return new IndexRebuild(this.#deps, { ...row, attempt }, { index, encoder });
  }

  /** Marks a rebuild FAILED unless it is final, whoever has it. The files that are there go on to serve. */
  async giveUp(id: IndexRebuildId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at a rebuild by one worker. Writes wait out a restart of PostgreSQL, and throw FENCED once a newer attempt has it. */
export class IndexRebuild {
  readonly #deps: IndexRebuildsDeps;
  readonly #rebuild: IndexRebuildRow;
  readonly #of: { readonly index: IndexRow; readonly encoder: EncoderRow };
  #frozen: FrozenBuild | undefined;

  constructor(deps: IndexRebuildsDeps, rebuild: IndexRebuildRow, of: { index: IndexRow; encoder: EncoderRow }) {
    this.#deps = deps;
    this.#rebuild = rebuild;
    this.#of = of;
  }

  /** Freezes the dataset as it is now, and says what the child has to do. @throws QuartetError CORRUPT_ARTIFACT */
  async spec(): Promise<BuildIndexSpec> {
    this.#frozen = await freezeBuild(this.#deps, { ...this.#of.index, targetRecall: null }, this.#of.encoder);
    return this.#frozen.spec;
  }

  async progress(done: number, total: number): Promise<void> {
    const { db } = this.#deps;
    await db.retrying(() => writeRow(db.pool, TABLE, this.#rebuild, { built: done, count: total }));
  }

  /** Makes what the child wrote an artifact, and the index's files, in one step; servers load them while the old ones serve. */
  async succeed({ indexDir, count, datasetHash, recallAt10, recallLoss }: BuildIndexResult): Promise<void> {
    if (this.#frozen === undefined) throw new QuartetError('JOB_FAILED', 'a rebuild ended that had not begun');
    const facts = { datasetHash, recallAt10, recallLoss, count, ...this.#frozen.state };
    await adoptIndexFiles(this.#deps, indexDir, async (tx, { sha256, bytes }) => {
      // Once more after it is committed, because the answer got lost, it must not raise the generation again.
      if ((await findRebuild(tx, this.#rebuild.id))?.status === 'SUCCEEDED') return;
      await swapFiles(tx, this.#rebuild, { sha256, bytes, ...facts });
    });
  }

  async fail({ code, message }: QuartetError): Promise<void> {
    const { db } = this.#deps;
    const facts = { errorCode: code, errorMessage: message };
    await db.retrying(() => finishRow(db.pool, TABLE, this.#rebuild, { status: 'FAILED', ...facts }));
  }
}
