import type pg from 'pg';
import type { DatasetId, IndexId } from '../domain/ids.ts';
import type { DatasetKey, IndexMoment } from './indexes.ts';

/** The newest version of a dataset, or what an alias of it points at. */
export interface SearchTargetKey {
  readonly dataset: DatasetKey;
  readonly alias: string | null;
}

/** What a target names now, and the state of that index in the same moment. */
export interface FoundTarget extends IndexMoment {
  readonly datasetId: DatasetId;
  readonly datasetName: string;
  /** Null where there is no such alias, or no version that can be searched; then the numbers mean nothing. */
  readonly indexId: IndexId | null;
}

/**
 * Looks up many targets of one kind (all by id or all by name, all with an alias or none) in one prepared statement: it is asked with
 * every search that names a dataset.
 * @returns in order, null where there is no such dataset
 */
export async function findTargets(
  sql: Pick<pg.Pool, 'query'>,
  keys: readonly SearchTargetKey[],
): Promise<(FoundTarget | null)[]> {
  const [first] = keys;
  if (first === undefined) return [];
  const byId = 'id' in first.dataset;
  const byAlias = first.alias !== null;
  const index = byAlias
    ? `LEFT JOIN "IndexAlias" a ON a."datasetId" = d.id AND a.name = asked.alias
       LEFT JOIN "IndexVersion" i ON i.id = a."currentId"`
    : `LEFT JOIN LATERAL (SELECT * FROM "IndexVersion" v WHERE v."datasetId" = d.id AND v.status = 'SUCCEEDED' ORDER BY v.id DESC LIMIT 1)
         i ON true`;
  const { rows } = await sql.query<FoundTarget & { readonly n: string }>({
    name: `search-targets-${byId ? 'id' : 'name'}-${byAlias ? 'alias' : 'newest'}`,
    text: `SELECT asked.n, d.id AS "datasetId", d.name AS "datasetName", d.revision, i.id AS "indexId", i.generation,
             i."datasetRevision" AS "indexedRevision"
           FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (dataset, namespace, alias, n)
           JOIN "Dataset" d ON ${byId ? 'd.id = asked.dataset::uuid' : 'd.name = asked.dataset AND d.namespace = asked.namespace'}
           ${index}`,
    values: [
      keys.map(({ dataset }) => ('id' in dataset ? dataset.id : dataset.name)),
      keys.map(({ dataset }) => ('id' in dataset ? null : dataset.namespace)),
      keys.map(({ alias }) => alias),
    ],
  });
  const found: (FoundTarget | null)[] = keys.map(() => null);
  for (const { n, ...target } of rows) found[Number(n) - 1] = target;
  return found;
}
