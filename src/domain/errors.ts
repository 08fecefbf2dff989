/**
 * Every error that a caller can cause or must know about. The code is public and stable; the message names the value
 * and the remedy. Anything that is not a QuartetError is a fault of ours and reaches clients as INTERNAL only.
 */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'NOT_READY'
  | 'DIMENSION_MISMATCH'
  | 'EMPTY_INDEX'
  | 'CORRUPT_ARTIFACT'
  | 'UNSUPPORTED_FORMAT'
  | 'IMPORT_FAILED'
  | 'TRAINING_FAILED'
  | 'TRAINING_DIVERGED'
  | 'JOB_FAILED'
  | 'DATABASE_UNAVAILABLE'
  | 'DISK_FULL'
  | 'BACKEND_UNAVAILABLE'
  | 'CANCELLED'
  | 'FENCED'
  | 'RETRY_LATER'
  | 'TIMEOUT'
  | 'LIMIT_EXCEEDED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN';

export class QuartetError extends Error {
  override readonly name = 'QuartetError';
  readonly code: ErrorCode;
  /** Path of the input field at fault, outermost first, e.g. `['input', 'k']`. */
  readonly field: readonly string[] | undefined;
  /** When the same may succeed, in ms from now; undefined: nobody knows. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { field?: readonly string[]; cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfterMs = options.retryAfterMs;
  }
}
