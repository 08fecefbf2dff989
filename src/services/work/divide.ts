import type { Snapshot } from '../../data/snapshot.ts';
import type { TrainingConfig } from '../../domain/training.ts';
import { takesSeveralPositives } from '../../training/defaults.ts';
import { divideByLabel, divideForViews } from './item-pairs.ts';
import { divideForTraining, type TrainingData } from './training-data.ts';
import { trainsOnViews } from './views.ts';

/** What decides how a snapshot is divided into what is trained on and what is validated on; the latter by the first three alone. */
export type Division = Pick<TrainingConfig, 'positives' | 'validationFraction' | 'seed'> &
  Partial<Pick<TrainingConfig, 'encoder' | 'paradigm' | 'batchSize'>>;

/** Divides a snapshot by where its positives come from. The same division of the same snapshot is the same everywhere. */
export function divide(snapshot: Snapshot, division: Division): TrainingData {
  switch (division.positives) {
    case 'relevance':
      return divideForTraining(snapshot, division.validationFraction, division.seed);
    case 'label':
      return divideByLabel(snapshot, division, viewsOfSeveral(division));
    case 'augmentation':
      return divideForViews(snapshot, division);
  }
}

function viewsOfSeveral({ paradigm, batchSize, ...shown }: Division): { batchSize: number } | null {
  const fits = trainsOnViews(shown) && paradigm !== undefined && takesSeveralPositives(paradigm.name);
  return fits && batchSize !== undefined ? { batchSize } : null;
}
