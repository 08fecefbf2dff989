import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type ExportContent, ExportsService } from '../../src/services/exports.ts';
import { type MiningHouse, openMine } from './mining-fixtures.ts';

function exportsOf({ db, dataDir, artifacts }: MiningHouse): ExportsService {
  return new ExportsService({ db, dataDir, artifacts, globalId: (type, id) => `${type} ${id}` });
}

async function read(exports: ExportsService, content: ExportContent, id: string) {
  const files = (['jsonl', 'parquet'] as const).map(async (format) => {
    const of = { content, format, id };
    return await exports.file(of, await exports.permit(of));
  });
  const [jsonl, parquet] = await Promise.all(files);
  const lines = (await readFile(jsonl?.path ?? '', 'utf8')).trimEnd().split('\n');
  const bytes = await readFile(parquet?.path ?? '');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return {
    rows: lines.map((line) => JSON.parse(line)),
    parquet: (await parquetReadObjects({ file, compressors })).map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([key, value]) => [key, ArrayBuffer.isView(value) ? Array.from(value as never) : value]),
      ),
    ),
    fileName: jsonl?.fileName,
  };
}

test('hard negatives and embeddings come as JSON lines and as Parquet, without what is gone or changed since', async (t) => {
  const house = await openMine(t, { items: 150, questions: 30 });
  const { db, dataset, indexId, negatives } = house;
  const set = await house.mineNow();
  const exports = exportsOf(house);

  const mined = await read(exports, 'negatives', set.id);
  assert.match(String(mined.fileName), /-negatives\.jsonl$/);
  assert.equal(mined.rows.length, set.candidates);
  const { rows: first } = await negatives.rows(set, null, { first: 1 });
  const { rows: contents } = await db.pool.query('SELECT content FROM "Query" WHERE id = $1', [first[0]?.queryId]);
  assert.equal(mined.rows[0].query, contents[0].content);
  assert.match(mined.rows[0].queryId, /^DatasetQuery \d+$/);
  assert.match(mined.rows[0].itemId, /^doc-\d+$/);
  assert.deepEqual(
    mined.rows.slice(0, 1).map(({ rank, fate, score }) => [rank, fate, Math.fround(score)]),
    first.map(({ rank, fate, score }) => [rank, fate, score]),
  );
  const approximate = (row: Record<string, unknown>) => ({ ...row, score: 0, positiveScore: 0 });
  assert.deepEqual(mined.parquet.map(approximate), mined.rows.map(approximate));
  const { queryId, itemId } = first[0] as { queryId: number; itemId: number };
  await negatives.mark(set, { queryId, itemId, use: 'EXCLUDED' });
  assert.equal((await read(exports, 'negatives', set.id)).rows[0].marked, 'excluded');

  const { rows, parquet } = await read(exports, 'embeddings', indexId);
  assert.equal(rows.length, 150);
  assert.deepEqual(Object.keys(rows[0]), ['id', 'text', 'label', 'metadata', 'vector']);
  const norm = rows[7].vector.reduce((sum: number, value: number) => sum + value * value, 0);
  assert.ok(Math.abs(norm - 1) < 1e-5);
  assert.deepEqual(
    parquet.map((row) => ({ ...row, metadata: JSON.parse(String(row.metadata)) })),
    rows.map((row) => ({ ...row, vector: row.vector.map(Math.fround) })),
  );

  await db.pool.query('DELETE FROM "Item" WHERE id = $1', [dataset.itemIds[0]]);
  await db.pool.query(`UPDATE "Item" SET label = 'other' WHERE id = $1`, [dataset.itemIds[1]]);
  await db.pool.query(`UPDATE "Item" SET content = 'new', "contentHash" = '\\x00' WHERE id = $1`, [dataset.itemIds[2]]);
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [dataset.id]);
  const later = await read(exports, 'embeddings', indexId);
  assert.deepEqual(
    later.rows.map(({ id }) => id),
    rows.map(({ id }) => id).filter((id) => id !== 'doc-1' && id !== 'doc-3'),
  );
  assert.equal(later.rows[0].label, 'other');
});

test('embeddings of damaged files are refused, and nothing of them is kept', async (t) => {
  const house = await openMine(t, { items: 40, questions: 5 });
  const index = await house.indexes.get(house.indexId);
  const path = join(house.artifacts.path('index', String(index.sha256)), 'vectors.f32');
  const bytes = await readFile(path);
  bytes[20] = (bytes[20] as number) ^ 1;
  await writeFile(path, bytes);
  await assert.rejects(read(exportsOf(house), 'embeddings', house.indexId), { code: 'CORRUPT_ARTIFACT' });
});
