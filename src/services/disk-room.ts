import { statfs } from 'node:fs/promises';
import { QuartetError } from '../domain/errors.ts';

/** What somebody is about to write. */
export interface Need {
  /** e.g. `this training`. */
  readonly what: string;
  /** At least, in bytes: what could just do must not be refused. */
  readonly bytes: number;
  /** Free bytes where it will be. */
  readonly free: number;
  /** What helps beside freeing some. */
  readonly remedy: string;
}

/** @throws QuartetError DISK_FULL with the numbers and what would help */
export function requireDisk({ what, bytes, free, remedy }: Need): void {
  if (bytes <= free) return;
  const message = `${what} takes about ${mebibytes(bytes)} on disk and ${mebibytes(free)} are free; free some, or ${remedy}`;
  throw new QuartetError('DISK_FULL', message, { field: ['input'] });
}

/** Free bytes on the disk of a folder, to whoever is no administrator. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}
