import type { ErrorCode } from '../domain/errors.ts';

/** What the shell sees. Documented in `quartet --help`. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;

const byCode: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_INPUT: EXIT.usage,
  NOT_FOUND: EXIT.usage,
  CONFLICT: EXIT.usage,
  NOT_READY: EXIT.usage,
  DIMENSION_MISMATCH: EXIT.usage,
  EMPTY_INDEX: EXIT.usage,
  UNSUPPORTED_FORMAT: EXIT.usage,
  UNAUTHENTICATED: EXIT.usage,
  FORBIDDEN: EXIT.usage,
  RETRY_LATER: EXIT.unreachable,
  DATABASE_UNAVAILABLE: EXIT.unreachable,
  CANCELLED: EXIT.interrupted,
};

export function exitCodeOf(code: ErrorCode): number {
  return byCode[code] ?? EXIT.failed;
}
