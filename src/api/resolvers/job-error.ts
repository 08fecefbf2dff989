import type { ErrorCode } from '../../domain/errors.ts';
import type { JobErrorCode } from '../generated/resolvers.ts';

/** What long work can end with. All else is for whoever runs it: to a client the job has failed. */
const codes: Readonly<Partial<Record<ErrorCode, JobErrorCode>>> = {
  IMPORT_FAILED: 'IMPORT_FAILED',
  TRAINING_FAILED: 'TRAINING_FAILED',
  TRAINING_DIVERGED: 'TRAINING_DIVERGED',
  BAD_INPUT: 'BAD_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  NOT_READY: 'NOT_READY',
  DIMENSION_MISMATCH: 'DIMENSION_MISMATCH',
  EMPTY_INDEX: 'EMPTY_INDEX',
  UNSUPPORTED_FORMAT: 'UNSUPPORTED_FORMAT',
  LIMIT_EXCEEDED: 'LIMIT_EXCEEDED',
  DISK_FULL: 'DISK_FULL',
  CORRUPT_ARTIFACT: 'CORRUPT_ARTIFACT',
  BACKEND_UNAVAILABLE: 'BACKEND_UNAVAILABLE',
};

/** Why a job failed, from its row; null unless it did. */
export function jobError(row: { readonly errorCode: string | null; readonly errorMessage: string | null }): {
  code: JobErrorCode;
  message: string;
} | null {
  if (row.errorCode === null) return null;
  return { code: codes[row.errorCode as ErrorCode] ?? 'JOB_FAILED', message: row.errorMessage ?? '' };
}
