import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, IndexId } from '../domain/ids.ts';
import { isUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { removeUnusedFiles } from '../store/index-files.ts';
import {
  deleteOldIndexes,
  type RetentionPolicy,
  type RetiredIndex,
  retentionPolicies,
  setRetention,
} from '../store/index-retention.ts';

export interface RetentionDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
}

export interface Retired {
  readonly indexIds: readonly IndexId[];
  /** Of their files. */
  readonly bytes: number;
}

/** Default, minimum and maximum of each. */
const RETENTION_BOUNDS = {
  keepVersions: { default: 3, min: 1, max: 1_000 },
  keepDays: { default: 0, min: 0, max: 36_500 },
} as const;

/**
 * A version searched in the last hour does not go by itself: cursors name the version that gave them, and whoever turns pages searches
 * it again and again. Servers note it every few minutes (`IndexesService`), each for all, so that none of them has such a version open
 * for somebody.
 */
const SEARCHED_MINUTES = 60;

/**
 * Lets go of old index versions and their files. The newest `keep` that can be searched stay, and so does whatever an alias points at or
 * would be rolled back to. A server that searches one of the others finishes what it has begun.
 * @throws QuartetError BAD_INPUT
 */
export async function retireIndexes(
  deps: RetentionDeps,
  { datasetId, keep }: { readonly datasetId: DatasetId; readonly keep: number },
): Promise<Retired> {
  requireBound('keepVersions', keep, 'keep');
  return await letGo(deps, await deps.db.transaction((tx) => deleteOldIndexes(tx, datasetId, keep)));
}

/** Old versions that go by themselves, by what is said for each dataset: after a promotion, and every hour. */
export class IndexRetentionService {
  readonly #deps: RetentionDeps;

  constructor(deps: RetentionDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Says what goes by itself from now on.
   * @param policy null: nothing, only `retireIndexes` deletes
   * @throws QuartetError BAD_INPUT, NOT_FOUND
   */
  async set(datasetId: DatasetId, policy: Omit<RetentionPolicy, 'datasetId'> | null): Promise<void> {
    if (policy !== null) {
      requireBound('keepVersions', policy.keepVersions);
      requireBound('keepDays', policy.keepDays);
    }
    if (isUuid(datasetId) && (await setRetention(this.#deps.db.pool, datasetId, policy))) return;
    throw new QuartetError('NOT_FOUND', `there is no dataset ${datasetId}`, { field: ['input', 'datasetId'] });
  }

  /** @returns null where nothing goes by itself */
  async policy(datasetId: DatasetId): Promise<RetentionPolicy | null> {
    return (await retentionPolicies(this.#deps.db.pool, datasetId))[0] ?? null;
  }

  /** Applies what is said. @param datasetId null: for all datasets */
  async apply(datasetId: DatasetId | null): Promise<Retired> {
    const { db } = this.#deps;
    const gone: RetiredIndex[] = [];
    for (const { datasetId: of, keepVersions, keepDays } of await retentionPolicies(db.pool, datasetId)) {
      const spared = { days: keepDays, searchedMinutes: SEARCHED_MINUTES };
      gone.push(...(await db.transaction((tx) => deleteOldIndexes(tx, of, keepVersions, spared))));
    }
    return await letGo(this.#deps, gone);
  }
}

/** After the rows: files without a row are waste, and removed later if not now; a row without files would be a fault. */
async function letGo(deps: RetentionDeps, retired: readonly RetiredIndex[]): Promise<Retired> {
  const files = new Set(retired.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])));
  await removeUnusedFiles(deps, [...files]).catch(() => []);
  return { indexIds: retired.map(({ id }) => id), bytes: retired.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function requireBound(name: keyof typeof RETENTION_BOUNDS, value: number, field: string = name): void {
  const { min, max } = RETENTION_BOUNDS[name];
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new QuartetError('BAD_INPUT', `${field} must be a whole number from ${min} to ${max}, got ${value}`, {
    field: ['input', field],
  });
}
