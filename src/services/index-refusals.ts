import { QuartetError } from '../domain/errors.ts';

/** @throws QuartetError BAD_INPUT */
export function requireTarget(
  target: number | null,
  given: { readonly [K in 'm' | 'efConstruction' | 'efSearch']?: number | null | undefined },
): void {
  if (target === null) return;
  const field = ['input', 'targetRecall'];
  if (!(target >= 0.5 && target <= 1)) {
    throw new QuartetError('BAD_INPUT', `targetRecall must be from 0.5 to 1, got ${target}`, { field });
  }
  const fixed = (['m', 'efConstruction', 'efSearch'] as const).filter((name) => typeof given[name] === 'number');
  if (fixed.length === 0) return;
  const message = `targetRecall chooses ${fixed.join(' and ')}; give one or the other`;
  throw new QuartetError('BAD_INPUT', message, { field });
}

export function datasetNotFound(which: string, field = 'datasetId'): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no dataset ${which}; list the datasets to see which there are`, {
    field: ['input', field],
  });
}

/** @param of.building whether a version is on its way */
export function refuseUnindexed(
  { datasetName, building }: { readonly datasetName: string; readonly building: boolean },
  field: string,
): never {
  const remedy = building ? 'one is being built, wait until it is SUCCEEDED' : 'build one first';
  throw new QuartetError('NOT_READY', `dataset "${datasetName}" has no index to search yet; ${remedy}`, {
    field: ['input', field],
  });
}
