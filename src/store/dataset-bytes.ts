import type { DatasetRow } from './datasets.ts';
import type { Statements } from './statements.ts';

/** Bytes of a dataset's rows, about: its first rows stand for all. */
export interface DatasetBytes {
  /** Contents of items: texts, images or vectors. */
  readonly items: number;
  /** Their labels and metadata. */
  readonly attributes: number;
  readonly queries: number;
}

/** Rows that are looked at of each kind; their sizes are known without reading what is in them. */
const SAMPLE = 1_000;

export async function datasetBytes(
  sql: Statements,
  { id, itemCount, queryCount }: Pick<DatasetRow, 'id' | 'itemCount' | 'queryCount'>,
): Promise<DatasetBytes> {
  const { rows } = await sql.query(
    `SELECT coalesce(avg(octet_length(content) + coalesce(octet_length(data), 0)), 0)::float8 AS item,
       coalesce(avg(coalesce(octet_length(label), 0) + octet_length(metadata::text)), 0)::float8 AS attributes,
       (SELECT coalesce(avg(octet_length(content) + coalesce(octet_length(data), 0)), 0)::float8
        FROM (SELECT content, data FROM "Query" WHERE "datasetId" = $1 LIMIT $2) q) AS query
     FROM (SELECT content, data, label, metadata FROM "Item" WHERE "datasetId" = $1 LIMIT $2) i`,
    [id, SAMPLE],
  );
  const { item, attributes, query } = rows[0];
  return { items: item * itemCount, attributes: attributes * itemCount, queries: query * queryCount };
}
