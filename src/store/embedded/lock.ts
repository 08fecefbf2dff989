import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;

/**
 * Holds a file exclusively until released or until this process ends, however it ends: SQLite's lock is one of the kernel's.
 * Nothing is ever written to the file.
 * @returns undefined when another process holds it
 * @throws ENOENT when its folder is gone
 */
export function takeFileLock(path: string): FileLock | undefined {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    // No journal beside it: a killed process would leave that behind.
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    file?.close();
    const code = (error as { errcode?: number }).errcode;
    if (code === SQLITE_BUSY) return undefined;
    if (code === SQLITE_CANTOPEN) statSync(dirname(path));
    throw error;
  }
  return { release: () => file?.close() };
}
