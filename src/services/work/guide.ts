import { QuartetError } from '../../domain/errors.ts';
import { kindOf, loadEncoder } from '../../encoders/index.ts';
import type { Guide } from '../../training/paradigms/guide.ts';
import type { LoadedContents } from './contents.ts';
import type { QuerySide } from './training-data.ts';

/** Embeddings kept, so that an epoch after the first costs the guide nothing; beyond them it embeds again. */
const KEPT = 200_000;

/**
 * Loads a finished encoder as the guide of a training.
 * @throws QuartetError BAD_INPUT when it does not read what the data holds; CORRUPT_ARTIFACT
 */
export async function loadGuide(dir: string, { content }: LoadedContents, querySide: QuerySide): Promise<Guide> {
  const encoder = await loadEncoder(dir);
  const found = kindOf(content('items', 0));
  if (encoder.reads !== found) {
    throw new QuartetError('BAD_INPUT', `the guide reads ${encoder.reads}s, the dataset holds ${found}s`, {
      field: ['config', 'paradigm', 'guideEncoderId'],
    });
  }
  const { dimensions } = encoder;
  const embedded = (side: QuerySide) => {
    const kept = new Map<number, Float32Array>();
    return (rows: Int32Array) => {
      const missing = [...new Set(rows)].filter((row) => !kept.has(row));
      if (kept.size + missing.length > KEPT) kept.clear();
      const wanted = missing.length === 0 ? missing : [...new Set(rows)].filter((row) => !kept.has(row));
      const values = encoder.encode(
        wanted.map((row) => content(side, row)),
        side === 'items' ? 'item' : 'query',
      );
      for (const [i, row] of wanted.entries()) kept.set(row, values.slice(i * dimensions, (i + 1) * dimensions));
      const all = new Float32Array(rows.length * dimensions);
      for (const [i, row] of rows.entries()) all.set(kept.get(row) as Float32Array, i * dimensions);
      return all;
    };
  };
  const ofItems = embedded('items');
  return {
    dimensions,
    queries: querySide === 'items' ? ofItems : embedded('queries'),
    items: ofItems,
  };
}
