import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batches, RawRow } from '../../src/data/readers/reader.ts';
import type { Source } from '../../src/data/readers/source.ts';

/** A folder of its own, removed with the test. */
export function scratch(t: { after(fn: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'quartet-data-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

export function fileOf(directory: string, name: string, content: string | Uint8Array): Source {
  const path = join(directory, name.replaceAll('/', '-'));
  writeFileSync(path, content);
  return { name, path };
}

export async function collect(batches: Batches): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of batches) for (const row of batch.rows) rows.push(row);
  return rows;
}

/** Records of good rows, `line: reason` of bad ones. */
export function shown(rows: readonly RawRow[]): unknown[] {
  return rows.map(({ line, record, reason }) => record ?? `${line}: ${reason}`);
}
