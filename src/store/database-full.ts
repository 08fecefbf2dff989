import { QuartetError } from '../domain/errors.ts';

/** PostgreSQL's code for a disk that is full. */
const DISK_FULL = '53100';

/** What an error of `pg` or Prisma says that came because PostgreSQL's disk is full; null for any other. */
export function asDatabaseFull(error: unknown, depth = 0): QuartetError | null {
  if (typeof error !== 'object' || error === null || depth > 6) return null;
  const { code, originalCode, cause, meta } = error as {
    readonly code?: unknown;
    readonly originalCode?: unknown;
    readonly cause?: unknown;
    readonly meta?: { readonly driverAdapterError?: unknown };
  };
  if (code === DISK_FULL || originalCode === DISK_FULL) {
    return new QuartetError('DISK_FULL', 'the database has no space left on its disk; free some and try again', {
      cause: error,
    });
  }
  return asDatabaseFull(cause, depth + 1) ?? asDatabaseFull(meta?.driverAdapterError, depth + 1);
}
