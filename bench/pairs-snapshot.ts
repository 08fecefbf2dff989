import { join } from 'node:path';
import { readRows } from '../src/data/readers/index.ts';
import { SNAPSHOT_FILE } from '../src/data/snapshot.ts';
import { SnapshotWriter } from '../src/data/snapshot-writer.ts';
import type { Split } from '../src/domain/training.ts';
import { sha256 } from '../src/platform/hash.ts';

export interface PairColumns {
  readonly query: string;
  readonly positive: string;
  readonly split: string;
  /**
   * To choose settings without a look at the TEST split: its queries are left out, and a tenth of the TRAIN queries takes their place, all of
   * one value of this column together.
   */
  readonly holdOut?: string | undefined;
}

const SPLITS: Readonly<Record<string, Split>> = {
  train: 'TRAIN',
  validation: 'VALIDATION',
  valid: 'VALIDATION',
  val: 'VALIDATION',
  dev: 'VALIDATION',
  test: 'TEST',
};

/**
 * Makes the snapshot that an import of the file would give, without a database: equal positives are one item, equal queries
 * of a split one query. Rows that lack a text are skipped and counted. @returns the snapshot's path and what is in it
 */
export async function snapshotOfPairs(file: string, columns: PairColumns, dir: string) {
  const items = new Map<string, number>();
  const queries = new Map<string, { row: number; split: Split; text: string; items: Set<number> }>();
  let skipped = 0;
  for await (const { rows } of readRows({ name: file, path: file }, { format: 'auto', scratch: dir })) {
    for (const { record } of rows) {
      const [text, positive] = [record?.[columns.query], record?.[columns.positive]];
      const given = SPLITS[String(record?.[columns.split] ?? 'train').toLowerCase()];
      const split = columns.holdOut === undefined ? given : heldOut(given, String(record?.[columns.holdOut] ?? text));
      if (typeof text !== 'string' || typeof positive !== 'string' || split === undefined) {
        skipped++;
        continue;
      }
      const item = items.get(positive) ?? items.size;
      items.set(positive, item);
      if (split === null) continue;
      const key = `${split} ${text}`;
      const query = queries.get(key) ?? { row: queries.size, split, text, items: new Set<number>() };
      queries.set(key, query);
      query.items.add(item);
    }
  }
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path);
  for (const [text, row] of items) writer.addItem(row + 1, text);
  for (const { row, text, split } of queries.values()) writer.addQuery(row + 1, text, split);
  for (const { row, items: relevant } of queries.values()) {
    for (const item of [...relevant].sort((a, b) => a - b)) writer.addRelevance(row, item, 1);
  }
  await writer.finish();
  return { path, items: items.size, queries: queries.size, skipped };
}

/** @returns null for a query that is left out */
function heldOut(given: Split | undefined, group: string): Split | null | undefined {
  if (given !== 'TRAIN') return given === undefined ? undefined : null;
  return Number.parseInt(sha256(group.toLowerCase()).slice(0, 8), 16) % 10 === 0 ? 'TEST' : 'TRAIN';
}
