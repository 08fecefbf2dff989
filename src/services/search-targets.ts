import { QuartetError } from '../domain/errors.ts';
import type { IndexId } from '../domain/ids.ts';
import { Coalesced } from '../platform/coalesced.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { isBuildingIndex } from '../store/indexes.ts';
import { type FoundTarget, findTargets, type SearchTargetKey } from '../store/search-targets.ts';
import type { AliasTarget } from './aliases.ts';
import { storable } from './datasets.ts';
import { datasetNotFound, refuseUnindexed } from './index-refusals.ts';
import { GATHERING, type IndexMoment } from './indexes.ts';
import type { SearchTarget } from './search-request.ts';

/** The index version that a search is for. */
export interface ResolvedTarget {
  readonly indexId: IndexId;
  /** Its state, where it was read with it; null: still to be read. */
  readonly moment: IndexMoment | null;
}

/** Finds what searches are for. Of searches that come together all that are named alike are looked up at once. */
export class SearchTargets {
  readonly #db: Pick<Database, 'pool'>;
  /** By kind, for a statement is of one; keys are JSON. */
  readonly #lookups = new Map<string, Coalesced<string, FoundTarget>>();

  constructor(db: Pick<Database, 'pool'>) {
    this.#db = db;
  }

  /**
   * What the target names at a moment after this call.
   * @throws QuartetError NOT_FOUND for dataset or alias, NOT_READY while a dataset has no version that can be searched
   */
  async resolve(target: SearchTarget): Promise<ResolvedTarget> {
    if ('indexId' in target) return { indexId: target.indexId, moment: null };
    if ('alias' in target) return await this.#alias(target.alias);
    const byId = 'datasetId' in target;
    const dataset = byId ? { id: target.datasetId } : { namespace: target.namespace, name: target.datasetName };
    const place = byId ? 'datasetId' : 'datasetName';
    const found = await this.#find({ dataset, alias: null });
    if (found === undefined) throw datasetNotFound(byId ? target.datasetId : target.datasetName, place);
    const { indexId, datasetId, datasetName } = found;
    if (indexId !== null) return { indexId, moment: found };
    refuseUnindexed({ datasetName, building: await isBuildingIndex(this.#db.pool, datasetId) }, place);
  }

  async #alias({ name, dataset }: AliasTarget): Promise<ResolvedTarget> {
    const found = await this.#find({ dataset, alias: name });
    if (found === undefined) {
      const which = 'name' in dataset ? dataset.name : dataset.id;
      const field = ['input', 'alias', 'name' in dataset ? 'datasetName' : 'datasetId'];
      throw new QuartetError('NOT_FOUND', `there is no dataset ${which}; list the datasets to see which there are`, {
        field,
      });
    }
    if (found.indexId !== null) return { indexId: found.indexId, moment: found };
    throw new QuartetError(
      'NOT_FOUND',
      `dataset "${found.datasetName}" has no alias "${name}"; promote one of its indexes to it`,
      { field: ['input', 'alias', 'name'] },
    );
  }

  async #find({ dataset, alias }: SearchTargetKey): Promise<FoundTarget | undefined> {
    // What can be no name would fail the others of its statement.
    if (!('id' in dataset ? isUuid(dataset.id) : storable(dataset.name))) return undefined;
    if (alias !== null && !storable(alias)) return undefined;
    const key = JSON.stringify({ dataset, alias });
    const kind = `${'id' in dataset} ${alias !== null}`;
    let lookup = this.#lookups.get(kind);
    if (lookup === undefined) {
      lookup = new Coalesced((keys) => this.#read(keys), { atOnce: 1, turns: GATHERING });
      this.#lookups.set(kind, lookup);
    }
    return (await lookup.get([key])).get(key);
  }

  async #read(keys: readonly string[]): Promise<Map<string, FoundTarget>> {
    const found = await findTargets(
      this.#db.pool,
      keys.map((key) => JSON.parse(key) as SearchTargetKey),
    );
    return new Map(keys.flatMap((key, at) => (found[at] ? [[key, found[at]] as const] : [])));
  }
}
