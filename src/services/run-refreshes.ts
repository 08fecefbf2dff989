import { join } from 'node:path';
import { NEGATIVES_FILE } from '../data/negatives-file.ts';
import { QuartetError } from '../domain/errors.ts';
import type { NegativeSetId } from '../domain/ids.ts';
import type { RefreshSpec } from '../domain/training.ts';
import { newUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { falseNegativesOf } from '../store/false-negatives.ts';
import { findNegativeSets } from '../store/hard-negatives.ts';
import { insertRefresh, insertRefreshedSet, type RefreshRow, refreshesOf } from '../store/run-refreshes.ts';
import type { Run } from '../store/runs.ts';
import type { RunWriter } from './run-writer.ts';
import type { BuildIndexSpec } from './work/build-index.ts';
import type { MineResult, MineSpec } from './work/mine-negatives.ts';
import type { GivenNegatives } from './work/mined-negatives.ts';

export type { RefreshRow };

interface RunRefreshesDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
}

/** Good enough for ranks to 100, and quick to build: it is searched once. */
const SIZES = { m: 16, efConstruction: 100, efSearch: 128, seed: 1 } as const;
const INDEX = { ...SIZES, storage: 'float32', targetRecall: null } as const;

/**
 * What one attempt at a run mines on the way. A row says which encoder waits to be mined with and which negatives came of it; these are
 * handed to the run only after they are in the row, so an attempt that takes the run up has at each step the negatives that it had.
 */
export class RunRefreshes {
  readonly #deps: RunRefreshesDeps;
  readonly #run: Run;
  readonly #writer: RunWriter;

  constructor(deps: RunRefreshesDeps, run: Run, writer: RunWriter) {
    this.#deps = deps;
    this.#run = run;
    this.#writer = writer;
  }

  /** Those that have begun, by number. */
  async list(): Promise<RefreshRow[]> {
    const { db } = this.#deps;
    return await db.retrying(() => refreshesOf(db.pool, [this.#run.id]));
  }

  /** Keeps the encoder that the run is to be mined with. */
  async begin(number: number, minedAt: number, encoderDir: string): Promise<RefreshRow> {
    const { sha256 } = await this.#deps.artifacts.adopt('encoder', encoderDir);
    const row = { runId: this.#run.id, number, minedAt, encoderSha256: sha256 };
    await this.#writer.write({}, (tx) => insertRefresh(tx, row));
    return { ...row, setId: null };
  }

  /** @throws QuartetError CORRUPT_ARTIFACT */
  async indexSpec({ encoderSha256 }: RefreshRow, snapshotPath: string): Promise<BuildIndexSpec> {
    const { artifacts } = this.#deps;
    if (encoderSha256 === null) throw new Error('a refresh that is mined needs no index');
    await artifacts.verify('encoder', encoderSha256);
    return { snapshotPath, encoderDir: artifacts.path('encoder', encoderSha256), encoderSha256, ...INDEX };
  }

  async mineSpec({ encoderDir, snapshotPath }: BuildIndexSpec, indexDir: string): Promise<MineSpec> {
    const sources = { source: 'encoder', encoderDir, indexDir, judgeDir: null } as const;
    const { mining } = this.#run.config.refresh as RefreshSpec;
    return { snapshotPath, mining, positives: this.#positives(), ...sources, marked: await this.#marked(), parts: [] };
  }

  /** Keeps what was mined, as a set that people can look through. */
  async mined(refresh: RefreshRow, { dir, report, datasetHash, candidates }: MineResult): Promise<GivenNegatives> {
    const { artifacts } = this.#deps;
    const { datasetId, config, snapshotSha256 } = this.#run;
    const { sha256 } = await artifacts.adopt('negatives', dir);
    const { mining: spec } = config.refresh as RefreshSpec;
    const facts = { datasetId, positives: this.#positives(), spec, snapshotSha256, datasetHash };
    const set = { id: newUuid() as NegativeSetId, ...facts, report, candidates, sha256 };
    await this.#writer.write({}, (tx) => insertRefreshedSet(tx, refresh, set));
    if (refresh.encoderSha256 !== null) await artifacts.remove('encoder', refresh.encoderSha256);
    return this.#given(sha256);
  }

  /** @throws QuartetError NOT_FOUND when the set was deleted, CORRUPT_ARTIFACT */
  async given({ number, setId }: RefreshRow): Promise<GivenNegatives> {
    const { db, artifacts } = this.#deps;
    const [set] = setId === null ? [] : await db.retrying(() => findNegativeSets(db.pool, [setId]));
    if (set?.sha256 == null) {
      throw new QuartetError('NOT_FOUND', `the negatives of refresh ${number} of the run are gone; start a new run`);
    }
    await artifacts.verify('negatives', set.sha256);
    return this.#given(set.sha256);
  }

  async #given(sha256: string): Promise<GivenNegatives> {
    const path = join(this.#deps.artifacts.path('negatives', sha256), NEGATIVES_FILE);
    return { path, excluded: await this.#marked() };
  }

  /** As they were when the run was asked for: a run that goes on must see the very same negatives. */
  async #marked(): Promise<number[]> {
    const { db } = this.#deps;
    const { datasetId, createdAt } = this.#run;
    const marks = await db.retrying(() =>
      falseNegativesOf(db.pool, datasetId, this.#positives() === 'label', createdAt),
    );
    return marks.flatMap(({ queryId, itemId }) => [queryId, itemId]);
  }

  #positives(): 'relevance' | 'label' {
    return this.#run.config.positives === 'label' ? 'label' : 'relevance';
  }
}
