import type { QuartetError } from '../domain/errors.ts';
import type { IndexId } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';
import { type EncoderRow, findEncoder } from '../store/encoders.ts';
import { findIndex, type IndexRow } from '../store/indexes.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { type FrozenBuild, freezeBuild, type IndexBuildSource } from './index-build-spec.ts';
import { adoptIndexFiles } from './index-files.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import type { BuildIndexResult, BuildIndexSpec } from './work/build-index.ts';

export interface IndexBuildsDeps extends IndexBuildSource {
  readonly db: Database;
}

const TABLE = 'IndexVersion';

/** The building of index versions as workers see it. */
export class IndexBuildsService {
  readonly #deps: IndexBuildsDeps;

  constructor(deps: IndexBuildsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes an index for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: IndexId): Promise<IndexBuild | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const row = attempt === null ? null : await findIndex(db.pool, id);
    const encoder = row === null ? null : await findEncoder(db.pool, row.encoderId);
    if (attempt === null || row === null || encoder === null) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new IndexBuild(this.#deps, { index: { ...row, attempt }, encoder, watch });
  }

  /** Marks an index FAILED unless it is final, whoever has it. */
  async giveUp(id: IndexId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at an index by one worker. Writes wait out a restart of PostgreSQL, and throw FENCED once a newer attempt has it. */
export class IndexBuild extends JobAttempt {
  readonly #deps: IndexBuildsDeps;
  readonly #index: IndexRow;
  readonly #encoder: EncoderRow;
  #frozen: FrozenBuild | undefined;

  constructor(deps: IndexBuildsDeps, of: { index: IndexRow; encoder: EncoderRow; watch: CancellationWatch }) {
    super(deps.db, TABLE, { at: of.index, watch: of.watch });
    this.#deps = deps;
    this.#index = of.index;
    this.#encoder = of.encoder;
  }

  /** Freezes the dataset as it is now, and says what the child has to do. @throws QuartetError CORRUPT_ARTIFACT */
  async spec(): Promise<BuildIndexSpec> {
    this.#frozen = await freezeBuild(this.#deps, this.#index, this.#encoder);
    return this.#frozen.spec;
  }

  async progress(done: number, total: number): Promise<void> {
    const { db } = this.#deps;
    await db.retrying(() => writeRow(db.pool, TABLE, this.#index, { built: done, count: total }));
  }

  /** Makes what the child wrote an artifact, and the index searchable. */
  async succeed({ indexDir, count, dimensions: _, tuning, ...built }: BuildIndexResult): Promise<void> {
    // As JSON: a driver would make an array of PostgreSQL of a list in it.
    const chosen = tuning === null ? {} : { tuning: JSON.stringify(tuning) };
    const facts = { ...built, ...chosen, count, built: count, ...this.#frozen?.state };
    await adoptIndexFiles(this.#deps, indexDir, (tx, { sha256, bytes }) =>
      finishRow(tx, TABLE, this.#index, { status: 'SUCCEEDED', sha256, bytes, ...facts }),
    );
  }
}
