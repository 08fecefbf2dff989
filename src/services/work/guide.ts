import type { Snapshot } from '../../data/snapshot.ts';
import { QuartetError } from '../../domain/errors.ts';
import { loadEncoder } from '../../encoders/index.ts';
import type { Guide } from '../../training/paradigms/guide.ts';
import type { QuerySide } from './training-data.ts';

/** Embeddings kept, so that an epoch after the first costs the guide nothing; beyond them it embeds again. */
const KEPT = 200_000;

/**
 * Loads a finished encoder as the guide of a training.
 * @throws QuartetError BAD_INPUT when it reads something else than texts; CORRUPT_ARTIFACT
 */
export async function loadGuide(dir: string, { items, queries }: Snapshot, querySide: QuerySide): Promise<Guide> {
  const encoder = await loadEncoder(dir);
  if (encoder.reads !== 'text') {
    throw new QuartetError('BAD_INPUT', `the guide reads contents of the kind ${encoder.reads}, this data are texts`, {
      field: ['config', 'paradigm', 'guideEncoderId'],
    });
  }
  const { dimensions } = encoder;
  const embedded = (text: (row: number) => string) => {
    const kept = new Map<number, Float32Array>();
    return (rows: Int32Array) => {
      const missing = [...new Set(rows)].filter((row) => !kept.has(row));
      if (kept.size + missing.length > KEPT) kept.clear();
      const wanted = missing.length === 0 ? missing : [...new Set(rows)].filter((row) => !kept.has(row));
      const values = encoder.encode(wanted.map(text));
      for (const [i, row] of wanted.entries()) kept.set(row, values.slice(i * dimensions, (i + 1) * dimensions));
      const all = new Float32Array(rows.length * dimensions);
      for (const [i, row] of rows.entries()) all.set(kept.get(row) as Float32Array, i * dimensions);
      return all;
    };
  };
  const ofItems = embedded((row) => items.text(row));
  return {
    dimensions,
    queries: querySide === 'items' ? ofItems : embedded((row) => queries.text(row)),
    items: ofItems,
  };
}
