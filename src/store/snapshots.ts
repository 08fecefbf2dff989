import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DatasetId } from '../domain/ids.ts';
import type { Split } from '../domain/training.ts';
import { isUuid } from '../platform/uuid.ts';
import { BinaryCopyParser, type Field } from './binary-copy.ts';
import type { Database } from './database.ts';

/** Takes the rows of a dataset in the order of their ids: items, then queries, then judgements. */
export interface SnapshotSink {
  /** @param content bytes (of a text: UTF-8); a view, to be copied before the call returns */
  addItem(id: number, content: Uint8Array, label: string | null): void;
  addQuery(id: number, content: Uint8Array, split: Split): void;
  addRelevance(queryId: number, itemId: number, grade: number): void;
  /** Called after every piece of some ten kibibytes that the database sent; it sends no more until this resolves. */
  flush(): Promise<void>;
}

/**
 * Streams a dataset as it is at one moment.
 * @returns the revision of that moment, null when there is no such dataset
 */
export async function readDataset(db: Database, datasetId: DatasetId, sink: SnapshotSink): Promise<number | null> {
  if (!isUuid(datasetId)) return null;
  return db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await tx.query('SELECT revision, kind FROM "Dataset" WHERE id = $1', [datasetId]);
    if (rows.length === 0) return null;
    // COPY takes no parameters; the id was checked to be nothing but a UUID.
    const content = rows[0].kind === 'TEXT' ? 'content' : 'data';
    const where = `WHERE "datasetId" = '${datasetId}'`;
    await copy(tx, `SELECT id, ${content}, label FROM "Item" ${where} ORDER BY id`, sink, ([id, text, label]) =>
      sink.addItem(int(id), bytes(text), label === null ? null : bytes(label).toString()),
    );
    await copy(tx, `SELECT id, ${content}, split FROM "Query" ${where} ORDER BY id`, sink, ([id, text, split]) =>
      sink.addQuery(int(id), bytes(text), bytes(split).toString() as Split),
    );
    const judgements = `SELECT "queryId", "itemId", grade FROM "Relevance" ${where} ORDER BY "queryId", "itemId"`;
    await copy(tx, judgements, sink, ([query, item, grade]) => sink.addRelevance(int(query), int(item), int(grade)));
    return rows[0].revision;
  });
}

async function copy(
  tx: PoolClient,
  select: string,
  sink: SnapshotSink,
  onRow: (fields: readonly Field[]) => void,
): Promise<void> {
  const parser = new BinaryCopyParser(onRow);
  const stream = tx.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`));
  let fault: unknown;
  for await (const chunk of stream) {
    // A stream that is left in the middle would keep its connection, and ROLLBACK behind it, waiting for ever.
    if (fault !== undefined) continue;
    try {
      parser.push(chunk);
      await sink.flush();
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== undefined) throw fault;
  parser.finish();
}

function bytes(field: Field | undefined): Buffer {
  if (field === null || field === undefined) throw new Error('a column that can not be null was null');
  return field;
}

function int(field: Field | undefined): number {
  return bytes(field).readInt32BE(0);
}
