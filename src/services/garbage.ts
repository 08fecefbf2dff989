import { QuartetError } from '../domain/errors.ts';
import { type Clock, DAY, systemClock } from '../platform/clock.ts';
import { namedArtifacts } from '../store/artifact-references.ts';
import type { ArtifactStore, ListedArtifact } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import type { Statements } from './enqueue.ts';

export interface GarbageDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly clock?: Clock;
}

export interface GarbageRound {
  /** Artifacts that are there. */
  readonly artifacts: number;
  /** Those that no row names and nobody has used within the grace period: removed, or only named in a dry run. */
  readonly garbage: readonly (ListedArtifact & { readonly bytes: number })[];
  /** Sum of their sizes. */
  readonly bytes: number;
  /** Those that no row names (yet) and that are too young to tell. */
  readonly waiting: number;
}

/** From an artifact's making to the row that names it: a job of some minutes, an import or an index build of some hours. */
const GRACE = DAY;
const LOCK = 'quartet garbage';

/**
 * Removes artifacts that nothing refers to: of jobs that were killed, of rows that were deleted, of index versions that were replaced.
 *
 * Why nothing that is needed can go: what is there is listed first and the rows are read after that, so whatever is named by then stays.
 * What is about to be named was made, or found and used again, within the grace period, and each use counts from then (`ArtifactStore.use`).
 * And what is used while it is being removed comes back (`removeUnused`).
 */
export class GarbageService {
  readonly #deps: GarbageDeps;

  constructor(deps: GarbageDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * @param dryRun removes nothing
   * @param grace in ms; less than the default only where no job runs
   * @throws QuartetError CONFLICT while another process collects
   */
  async collect({ dryRun = false, grace = GRACE } = {}): Promise<GarbageRound> {
    return await this.#deps.db.lend(async (holder) => {
      const { rows } = await holder.query('SELECT pg_try_advisory_lock(hashtext($1)) AS got', [LOCK]);
      if (!rows[0].got) {
        throw new QuartetError('CONFLICT', 'another process is just collecting garbage; it does the same');
      }
      try {
        return await this.#round(holder, { dryRun, grace });
      } finally {
        await holder.query('SELECT pg_advisory_unlock_all()').catch(() => {});
      }
    });
  }

  async #round(sql: Statements, { dryRun, grace }: { dryRun: boolean; grace: number }): Promise<GarbageRound> {
    const { artifacts, clock = systemClock } = this.#deps;
    const before = clock() - grace;
    const there = await artifacts.list();
    const named = new Set(await namedArtifacts(sql));
    const unnamed = there.filter(({ sha256 }) => !named.has(sha256));
    const old = unnamed.filter(({ usedAt }) => usedAt < before);
    const garbage: (ListedArtifact & { bytes: number })[] = [];
    for (const one of old) {
      const bytes = await artifacts.bytesOf(one.kind, one.sha256);
      if (dryRun || (await artifacts.removeUnused(one.kind, one.sha256, before))) garbage.push({ ...one, bytes });
    }
    const bytes = garbage.reduce((sum, one) => sum + one.bytes, 0);
    return { artifacts: there.length, garbage, bytes, waiting: unnamed.length - garbage.length };
  }
}
