import { type ErrorCode, QuartetError } from '../../domain/errors.ts';

/** A failure as it travels from the guardian to the processes that wait for it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Says what stopped PostgreSQL from starting, with the remedy. */
export function describeFailure(error: unknown, root: string): Failure {
  if (error instanceof QuartetError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(reason)) {
    return {
      code: 'DISK_FULL',
      message: `embedded PostgreSQL could not start because the disk of ${root} is full: free some space, choose another data directory with QUARTET_DATA, or set DATABASE_URL (${reason})`,
    };
  }
  const hint = /could not look up effective user|user does not exist/.test(reason)
    ? 'its user id has no entry in /etc/passwd: run as a named user'
    : 'see the reason';
  return {
    code: 'DATABASE_UNAVAILABLE',
    message: `embedded PostgreSQL in ${root} could not start; ${hint}, choose another data directory with QUARTET_DATA, or set DATABASE_URL to a PostgreSQL server (${reason})`,
  };
}
