import { join } from 'node:path';
import type { loadConfig } from '../../src/config/index.ts';
import { readRows } from '../../src/data/readers/index.ts';
import { openSnapshot, SNAPSHOT_FILE } from '../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../src/data/snapshot-writer.ts';
import type { RetrievalMetrics } from '../../src/domain/training.ts';
import { loadEncoder } from '../../src/encoders/index.ts';
import { evaluateRetrieval } from '../../src/evaluation/retrieval.ts';
import type { Logger } from '../../src/platform/logger.ts';
import { loadTensors } from '../../src/training/tensors.ts';

export interface TestRow {
  readonly text: string;
  readonly label: string;
}

/** Rows of a file with a text and a label. */
export async function labelledRows(file: string, columns: { text: string; label: string }, scratch: string) {
  const found: TestRow[] = [];
  for await (const { rows } of readRows({ name: file, path: file }, { format: 'auto', scratch })) {
    for (const { record } of rows) {
      const [text, label] = [record?.[columns.text], record?.[columns.label]];
      if (typeof text === 'string' && typeof label === 'string') found.push({ text, label });
    }
  }
  return found;
}

/** What is trained on, and what it is measured by: the test rows, or, to choose settings by, every tenth training row in their place. */
export async function labelledData(
  rows: readonly TestRow[],
  test: readonly TestRow[],
  { choose, dir }: { readonly choose: boolean; readonly dir: string },
): Promise<{ path: string; test: readonly TestRow[] }> {
  const isHeldOut = (_: unknown, row: number) => choose && row % 10 === 0;
  return {
    path: await snapshotOfLabelled(
      rows.filter((row, i) => !isHeldOut(row, i)),
      dir,
    ),
    test: choose ? rows.filter(isHeldOut) : test,
  };
}

/** A snapshot of labelled items, equal texts once. @returns its path */
async function snapshotOfLabelled(rows: readonly TestRow[], dir: string): Promise<string> {
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path);
  const labels = new Map(rows.map(({ text, label }) => [text, label]));
  let id = 0;
  for (const [text, label] of labels) writer.addItem(++id, text, label);
  await writer.finish();
  return path;
}

/** Test rows as queries against the items of the snapshot, relevant by equal label. */
export async function measureTestRows(
  encoderDir: string,
  snapshotPath: string,
  test: readonly TestRow[],
  { backend, logger }: { readonly backend: ReturnType<typeof loadConfig>['backend']; readonly logger: Logger },
): Promise<RetrievalMetrics> {
  const encoder = await loadEncoder(encoderDir);
  const tensors = await loadTensors(backend, logger);
  const snapshot = await openSnapshot(snapshotPath);
  try {
    const { items } = snapshot;
    const numbers = new Map(Array.from(items.labels, (label, row) => [items.label(row), label]));
    const source = (count: number, text: (row: number) => string) => ({
      count,
      embed: (from: number, to: number) => encoder.encode(Array.from({ length: to - from }, (_, i) => text(from + i))),
    });
    return await evaluateRetrieval(
      {
        queries: source(test.length, (row) => test[row]?.text as string),
        items: source(items.count, (row) => items.text(row)),
        dimensions: encoder.dimensions,
        judgements: {
          queryLabels: Int32Array.from(test, ({ label }) => numbers.get(label) ?? -1),
          itemLabels: items.labels,
        },
      },
      tensors,
    );
  } finally {
    snapshot.close();
  }
}
