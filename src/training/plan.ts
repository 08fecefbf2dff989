import type { TrainingConfig } from '../domain/training.ts';

/** Step events of a run at most, so that its curve is the same however fast it runs and its log stays short. */
const REPORTS = 400;

/** When what happens, by number of steps done, and by nothing else: two runs of one seed report the same curve. */
export interface TrainingPlan {
  readonly totalSteps: number;
  /** Not whole where steps gather several batches. */
  readonly stepsPerEpoch: number;
  reportsAt(step: number): boolean;
  evaluatesAt(step: number): boolean;
  diagnosesAt(step: number): boolean;
}

type PlannedConfig = Pick<
  TrainingConfig,
  'epochs' | 'maxSteps' | 'evaluateEvery' | 'diagnosticsEvery' | 'accumulateSteps'
>;

export function planTraining(
  { epochs, maxSteps, evaluateEvery, diagnosticsEvery, accumulateSteps }: PlannedConfig,
  batchesPerEpoch: number,
): TrainingPlan {
  const stepsPerEpoch = batchesPerEpoch / accumulateSteps;
  const totalSteps = Math.min(Math.ceil(epochs * stepsPerEpoch), maxSteps ?? Number.POSITIVE_INFINITY);
  const reportEvery = Math.ceil(totalSteps / REPORTS);
  const evaluationEvery = evaluateEvery ?? Math.ceil(stepsPerEpoch);
  return Object.freeze({
    totalSteps,
    stepsPerEpoch,
    reportsAt: (step: number) => step % reportEvery === 0 || step === totalSteps,
    evaluatesAt: (step: number) => step % evaluationEvery === 0 || step === totalSteps,
    diagnosesAt: (step: number) => step % (diagnosticsEvery ?? evaluationEvery) === 0 || step === totalSteps,
  });
}
