import type { BackendName, RunEventBody } from '../domain/training.ts';

/**
 * What a training reports. A checkpoint is a directory here; whoever keeps it turns it into an artifact. `plan` comes first,
 * again after a resume. For one seed all others but the times in them come the same in every run.
 */
export type TrainingEvent =
  | Exclude<RunEventBody, { kind: 'checkpoint' | 'status' }>
  | { readonly kind: 'plan'; readonly totalSteps: number; readonly backend: BackendName }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly dir: string }
  | RefreshEvent;

/** The run as it is after `step`, saved as an encoder, for somebody to mine with while it goes on. */
export interface RefreshEvent {
  readonly kind: 'refresh';
  /** From 1. */
  readonly number: number;
  readonly step: number;
  readonly encoderDir: string;
}
