import { join } from 'node:path';
import { SNAPSHOT_FILE } from '../data/snapshot.ts';
import { QuartetError } from '../domain/errors.ts';
import type { EncoderId, NegativeSetId } from '../domain/ids.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { findEncoder } from '../store/encoders.ts';
import { falseNegativesOf } from '../store/false-negatives.ts';
import { dropParts, findNegativeSets, type NegativeSetRow } from '../store/hard-negatives.ts';
import { findIndex } from '../store/indexes.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import type { SnapshotsService } from './snapshots.ts';
import type { MineEvent, MineResult, MineSpec } from './work/mine-negatives.ts';

export interface MiningExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
}

const TABLE = 'HardNegativeSet';
const SOURCES = { ENCODER: 'encoder', LEXICAL: 'lexical', BOTH: 'both' } as const;

/** Minings as workers see them. */
export class MiningExecutionsService {
  readonly #deps: MiningExecutionsDeps;

  constructor(deps: MiningExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes a mining for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: NegativeSetId): Promise<MiningExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const [row] = attempt === null ? [] : await findNegativeSets(db.pool, [id]);
    if (attempt === null || row === undefined) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new MiningExecution(this.#deps, { ...row, attempt }, watch);
  }

  /** Marks a mining FAILED unless it is final, whoever has it. */
  async giveUp(id: NegativeSetId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at a mining by one worker. */
export class MiningExecution extends JobAttempt {
  readonly #deps: MiningExecutionsDeps;
  readonly #set: NegativeSetRow;
  #parts: readonly string[];

  constructor(deps: MiningExecutionsDeps, set: NegativeSetRow, watch: CancellationWatch) {
    super(deps.db, TABLE, { at: set, watch });
    this.#deps = deps;
    this.#set = set;
    this.#parts = set.parts;
  }

  /** What the child has to do: with the data of the first attempt, behind the parts that are whole. @throws QuartetError CORRUPT_ARTIFACT */
  async spec(): Promise<MineSpec> {
    const { db, artifacts } = this.#deps;
    const { datasetId, source, encoderId, indexId, judgeId, positives, spec } = this.#set;
    const snapshotPath = await this.#snapshot();
    const marks = await falseNegativesOf(db.pool, datasetId, positives === 'label');
    for (const part of this.#parts) await artifacts.verify('negatives', part);
    return {
      snapshotPath,
      mining: spec,
      positives,
      source: SOURCES[source],
      encoderDir: source === 'LEXICAL' ? null : await this.#encoder(encoderId),
      indexDir: source === 'LEXICAL' ? null : await this.#index(indexId),
      judgeDir: judgeId === null ? null : await this.#encoder(judgeId),
      marked: marks.flatMap(({ queryId, itemId }) => [queryId, itemId]),
      parts: this.#parts.map((part) => artifacts.path('negatives', part)),
    };
  }

  /** Keeps a part, so that no later attempt mines it again. */
  async part({ dir, done, total }: MineEvent): Promise<void> {
    const { db, artifacts } = this.#deps;
    const { sha256 } = await artifacts.adopt('negatives', dir);
    this.#parts = [...this.#parts, sha256];
    const facts = { parts: this.#parts, queriesDone: done, queriesTotal: total };
    await db.retrying(() => writeRow(db.pool, TABLE, this.#set, facts));
  }

  /** Makes what the child wrote an artifact, and lets go of the parts. */
  async succeed({ dir, report, datasetHash, candidates }: MineResult): Promise<void> {
    const { db, artifacts } = this.#deps;
    const { sha256 } = await artifacts.adopt('negatives', dir);
    const queries = report.queries + report.queriesWithoutPositives;
    const facts = { sha256, report: JSON.stringify(report), datasetHash, candidates, parts: [], queriesTotal: queries };
    await db.retrying(() =>
      finishRow(db.pool, TABLE, this.#set, { status: 'SUCCEEDED', ...facts, queriesDone: queries }),
    );
    for (const part of this.#parts) if (part !== sha256) await artifacts.remove('negatives', part);
  }

  override async fail(error: QuartetError): Promise<void> {
    await super.fail(error);
    const { db } = this.#deps;
    await db.retrying(() => dropParts(db.pool, this.#set.id));
  }

  async #snapshot(): Promise<string> {
    const { db, artifacts, snapshots } = this.#deps;
    const known = this.#set.snapshotSha256;
    if (known !== null && this.#parts.length > 0) {
      await artifacts.verify('snapshot', known);
      return join(artifacts.path('snapshot', known), SNAPSHOT_FILE);
    }
    const { sha256, path } = await snapshots.snapshotDataset(this.#set.datasetId);
    await db.retrying(() => writeRow(db.pool, TABLE, this.#set, { snapshotSha256: sha256 }));
    return path;
  }

  async #encoder(id: EncoderId | null): Promise<string> {
    const { db, artifacts } = this.#deps;
    const encoder = id === null ? null : await findEncoder(db.pool, id);
    if (encoder === null)
      throw new QuartetError('NOT_FOUND', 'an encoder of this mining was deleted; mine with another');
    await artifacts.verify('encoder', encoder.sha256);
    return artifacts.path('encoder', encoder.sha256);
  }

  async #index(id: NegativeSetRow['indexId']): Promise<string> {
    const { db, artifacts } = this.#deps;
    const index = id === null ? null : await findIndex(db.pool, id);
    if (index?.sha256 == null)
      throw new QuartetError('NOT_FOUND', 'the index of this mining was deleted; mine with another');
    return await artifacts.use('index', index.sha256);
  }
}
