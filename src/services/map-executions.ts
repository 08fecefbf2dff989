import { QuartetError } from '../domain/errors.ts';
import type { MapId } from '../domain/ids.ts';
import { stratifiedSeats } from '../evaluation/embedding-map/stratified-seats.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { findMaps, type MapRow, packPoints } from '../store/embedding-maps.ts';
import { findIndex, type IndexRow } from '../store/indexes.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { countLabels, sampleByLabel } from '../store/map-sample.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import type { MapIndexResult, MapIndexSpec } from './work/map-index.ts';

export interface MapExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
}

const TABLE = 'EmbeddingMap';

/** The drawing of maps as workers see it. */
export class MapExecutionsService {
  readonly #deps: MapExecutionsDeps;

  constructor(deps: MapExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes a map for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: MapId): Promise<MapExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const [row] = attempt === null ? [] : await findMaps(db.pool, [id]);
    const index = row === undefined ? null : await findIndex(db.pool, row.indexId);
    if (attempt === null || row === undefined || index === null) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new MapExecution(this.#deps, { map: { ...row, attempt }, index, watch });
  }

  /** Marks a map FAILED unless it is final, whoever has it. */
  async giveUp(id: MapId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at a map by one worker. Writes wait out a restart of PostgreSQL, and throw FENCED once it has no more say. */
export class MapExecution extends JobAttempt {
  readonly #deps: MapExecutionsDeps;
  readonly #map: MapRow;
  readonly #index: IndexRow;

  constructor(deps: MapExecutionsDeps, of: { map: MapRow; index: IndexRow; watch: CancellationWatch }) {
    super(deps.db, TABLE, { at: of.map, watch: of.watch });
    this.#deps = deps;
    this.#map = of.map;
    this.#index = of.index;
  }

  /** What the child has to do. @throws QuartetError NOT_READY when the index has no files any more, CORRUPT_ARTIFACT when they are gone */
  async spec(): Promise<MapIndexSpec> {
    const { sha256, id } = this.#index;
    if (sha256 === null) throw new QuartetError('NOT_READY', `index ${id} has no files; build it again`);
    const { method, sample, seed, neighbors, minDistance } = this.#map;
    const indexDir = await this.#deps.artifacts.use('index', sha256);
    const itemIds = await this.#sample();
    return { indexDir, itemIds, method, sample, seed, neighbors, minDistance };
  }

  /** Of an index with more items than are drawn: a sample stratified by label. Null where that can't be, or need not. */
  async #sample(): Promise<readonly number[] | null> {
    const { db } = this.#deps;
    const { seed, sample } = this.#map;
    if (this.#index.count <= sample) return null;
    const labels = await countLabels(db.pool, this.#index);
    // Fewer are left of them by now.
    if (labels.reduce((sum, { count }) => sum + count, 0) <= sample) return null;
    const seats = stratifiedSeats(
      labels.map(({ count }) => count),
      sample,
    );
    return seats === null ? null : await sampleByLabel(db.pool, this.#index, { labels, seats, seed });
  }

  async progress(done: number, total: number): Promise<void> {
    const { db } = this.#deps;
    await db.retrying(() => writeRow(db.pool, TABLE, this.#map, { done, total }));
  }

  async succeed({ items, itemIds, coordinates, explainedVariance, trustworthiness }: MapIndexResult): Promise<void> {
    const { db } = this.#deps;
    const count = itemIds.length;
    const facts = {
      items,
      count,
      done: count,
      total: count,
      generation: this.#index.generation,
      points: packPoints(itemIds, coordinates),
      explainedVariance: explainedVariance ?? [],
      trustworthiness,
    };
    await db.retrying(() => finishRow(db.pool, TABLE, this.#map, { status: 'SUCCEEDED', ...facts }));
  }
}
