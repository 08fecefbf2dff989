import { QuartetError } from '../domain/errors.ts';
import type { EncoderId } from '../domain/ids.ts';
import type { TrainingConfig } from '../domain/training.ts';
import { findEncoder } from '../store/encoders.ts';

/** The encoder that a config names as guide, or null. */
export function guideOf({ paradigm }: TrainingConfig): EncoderId | null {
  return paradigm.name === 'in-batch-negatives' ? (paradigm.guideEncoderId as EncoderId | null) : null;
}

/** @throws QuartetError NOT_FOUND when the config names a guide that is not there */
export async function assertGuide(tx: Parameters<typeof findEncoder>[0], config: TrainingConfig): Promise<void> {
  const id = guideOf(config);
  if (id === null || (await findEncoder(tx, id)) !== null) return;
  throw new QuartetError(
    'NOT_FOUND',
    `there is no encoder ${id} to guide the run; list the encoders to see which there are`,
    {
      field: ['config', 'paradigm', 'guideEncoderId'],
    },
  );
}
