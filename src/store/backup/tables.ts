import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { QuartetError } from '../../domain/errors.ts';
import { type Manifest, tableFile } from './manifest.ts';

type Table = Manifest['tables'][number];

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const list = (columns: readonly string[]) => columns.map(quoted).join(', ');

/** Tables of the schema `public` with their columns, parents before children. Prisma's own is made by the migrations. */
export async function tablesOf(tx: PoolClient): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await tx.query<{ name: string; columns: string[]; parents: string[] }>(
    `SELECT c.relname AS name,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT coalesce(array_agg(DISTINCT p.relname::text), '{}') FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS parents
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     ORDER BY c.relname`,
  );
  const ordered: typeof rows = [];
  while (ordered.length < rows.length) {
    const next = rows.find(
      (row) => !ordered.includes(row) && row.parents.every((parent) => ordered.some(({ name }) => name === parent)),
    );
    if (next === undefined) throw new Error('tables refer to each other in a circle: no order to restore them in');
    ordered.push(next);
  }
  return ordered.map(({ name, columns }) => ({ name, columns }));
}

/** Writes all rows of a table as its COPY in binary form, synced. */
export async function saveTable(
  tx: PoolClient,
  folder: string,
  { name, columns }: { readonly name: string; readonly columns: readonly string[] },
): Promise<Table> {
  const path = tableFile(folder, name);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const rows = tx.query(copyTo(`COPY ${quoted(name)} (${list(columns)}) TO STDOUT (FORMAT binary)`));
  await pipeline(rows, counted, createWriteStream(path, { flags: 'wx' }));
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return { name, columns: [...columns], rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}

/** @throws QuartetError CORRUPT_ARTIFACT when another number of rows came out than went in */
export async function loadTable(tx: PoolClient, folder: string, { name, columns, rows }: Table): Promise<void> {
  const into = tx.query(copyFrom(`COPY ${quoted(name)} (${list(columns)}) FROM STDIN (FORMAT binary)`));
  await pipeline(createReadStream(tableFile(folder, name), { highWaterMark: 256 * 1024 }), into);
  if (into.rowCount === rows) return;
  throw new QuartetError(
    'CORRUPT_ARTIFACT',
    `${name} has ${into.rowCount} rows in the backup, its manifest says ${rows}`,
  );
}

export async function sequencesOf(tx: PoolClient): Promise<Manifest['sequences']> {
  const { rows } = await tx.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
  );
  return rows;
}

export async function setSequence(tx: PoolClient, { name, value }: Manifest['sequences'][number]): Promise<void> {
  await tx.query('SELECT setval($1::regclass, $2)', [`public.${quoted(name)}`, value]);
}
