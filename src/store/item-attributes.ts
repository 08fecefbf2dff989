import { to as copyTo } from 'pg-copy-streams';
import type { DatasetId } from '../domain/ids.ts';
import { isUuid } from '../platform/uuid.ts';
import { BinaryCopyParser, type Field } from './binary-copy.ts';
import { allowLong } from './connections.ts';
import type { Database } from './database.ts';

/** Takes what a filter looks at of each item, in the order of their ids. */
export type TakeAttributes = (itemId: number, label: string | null, metadata: unknown) => void;

/**
 * Streams label and metadata of all items of a dataset as they are at one moment.
 * @returns the revision of that moment, null when there is no such dataset
 */
export async function readItemAttributes(
  db: Database,
  datasetId: DatasetId,
  take: TakeAttributes,
): Promise<number | null> {
  if (!isUuid(datasetId)) return null;
  return await db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await allowLong(tx);
    const { rows } = await tx.query('SELECT revision FROM "Dataset" WHERE id = $1', [datasetId]);
    if (rows.length === 0) return null;
    const parser = new BinaryCopyParser(([id, label, metadata]) =>
      take(present(id).readInt32BE(0), label?.toString() ?? null, JSON.parse(present(metadata).toString())),
    );
    // COPY takes no parameters; the id was checked to be nothing but a UUID.
    const select = `SELECT id, label, metadata::text FROM "Item" WHERE "datasetId" = '${datasetId}' ORDER BY id`;
    for await (const chunk of tx.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`))) parser.push(chunk);
    parser.finish();
    return rows[0].revision;
  });
}

function present(field: Field | undefined): Buffer {
  if (field === null || field === undefined) throw new Error('a column that can not be null was null');
  return field;
}
