import { FEWEST_MAPPED, MAP_SETTINGS, type MapSettings } from '../domain/embedding-map.ts';
import { QuartetError } from '../domain/errors.ts';
import type { IndexId, ItemId, MapId } from '../domain/ids.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { findMaps, insertMap, listMaps, type MapPoint, type MapRow, readPoints } from '../store/embedding-maps.ts';
import { findIndex } from '../store/indexes.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { cancelJob } from './job-cancellation.ts';
import { type PageOf, readPage } from './pages.ts';

export type { MapPoint, MapRow };

export interface EmbeddingMapsDeps {
  readonly db: Database;
  readonly enqueue: Enqueue;
}

/** Points of one page at most. */
export const MOST_POINTS = 5_000;

/** Maps of indexes as their callers see them. How one is made is in `map-executions.ts`. */
export class EmbeddingMapsService {
  readonly #deps: EmbeddingMapsDeps;

  constructor(deps: EmbeddingMapsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues the drawing of a map.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT naming the bound; NOT_FOUND, NOT_READY for an index that is not built or holds too few items
   */
  async start(indexId: IndexId, settings: MapSettings, within?: Statements): Promise<MapId> {
    const { db, enqueue } = this.#deps;
    for (const name of ['sample', 'seed', 'neighbors', 'minDistance'] as const) requireBound(name, settings[name]);
    const index = isUuid(indexId) ? await findIndex(db.pool, indexId) : null;
    const field = ['input', 'indexId'];
    if (index === null)
      throw new QuartetError('NOT_FOUND', `there is no index ${indexId}; list the indexes`, { field });
    if (index.sha256 === null) {
      const message = `index ${indexId} is ${index.status}; only one that is SUCCEEDED can be drawn`;
      throw new QuartetError('NOT_READY', message, { field });
    }
    const least = settings.method === 'umap' ? Math.max(FEWEST_MAPPED, settings.neighbors + 1) : FEWEST_MAPPED;
    const drawn = Math.min(index.count, settings.sample);
    if (drawn < least) {
      const message = `index ${indexId} gives ${drawn} points; this map wants at least ${least}`;
      throw new QuartetError('NOT_READY', message, { field });
    }
    const write = async (tx: Statements) => {
      const id = newUuid() as MapId;
      await insertMap(tx, { id, indexId, ...settings });
      await enqueue('map-index', id, tx);
      return id;
    };
    return within === undefined ? await db.transaction(write) : await write(within);
  }

  /** Ends a map that is not finished. Once more changes nothing. @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise */
  async cancel(id: MapId): Promise<void> {
    await cancelJob(this.#deps.db, 'EmbeddingMap', id, { called: `map ${id}`, field: ['input', 'mapId'] });
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly MapId[]): Promise<readonly MapRow[]> {
    return await findMaps(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Of one index, newest first. */
  async list(indexId: IndexId, page: PageOf<MapId>): Promise<{ rows: readonly MapRow[]; hasNextPage: boolean }> {
    return await readPage(page, (of) => listMaps(this.#deps.db.pool, indexId, of));
  }

  /** By item. @param page.first at most `MOST_POINTS` */
  async points(
    id: MapId,
    { first, after = 0 as ItemId }: { readonly first: number; readonly after?: ItemId },
  ): Promise<{ rows: readonly MapPoint[]; hasNextPage: boolean }> {
    const found = await readPoints(this.#deps.db.pool, id, { after, limit: first + 1 });
    return { rows: found.slice(0, first), hasNextPage: found.length > first };
  }
}

/** @throws QuartetError BAD_INPUT naming value and bounds */
function requireBound(name: keyof typeof MAP_SETTINGS, value: number): void {
  const { min, max, default: usual } = MAP_SETTINGS[name];
  const whole = name === 'minDistance' || Number.isInteger(value);
  if (whole && value >= min && value <= max) return;
  const kind = name === 'minDistance' ? 'a number' : 'a whole number';
  const message = `${name} must be ${kind} from ${min} to ${max} (default ${usual}), got ${value}`;
  throw new QuartetError('BAD_INPUT', message, { field: ['input', name] });
}
