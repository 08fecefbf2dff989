import type { IndexId } from '../domain/ids.ts';
import { measureRecall, type RecallMeasurement } from '../search-index/measure-recall.ts';
import { bounded } from '../search-index/parameters.ts';
import type { IndexesService } from './indexes.ts';

export type { RecallMeasurement };

/**
 * How much of the truly nearest an index finds now, by searching with a sample of its items.
 * @param asked sample 1 to 1,000, k and ef as in a search
 * @throws QuartetError BAD_INPUT, NOT_FOUND, NOT_READY, CORRUPT_ARTIFACT
 */
export async function measureIndexRecall(
  indexes: Pick<IndexesService, 'use'>,
  id: IndexId,
  asked: { readonly sample: number; readonly k: number; readonly ef?: number | null | undefined },
): Promise<RecallMeasurement> {
  const sample = bounded('sample', asked.sample);
  const k = bounded('k', asked.k);
  const ef = asked.ef === null || asked.ef === undefined ? null : bounded('efSearch', asked.ef, 'ef');
  return await indexes.use(id, ({ vectors }) => measureRecall(vectors, { sample, k, ef, seed: 1 }));
}
