import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a file exclusively until released or until this process ends, however it ends: SQLite's lock is one of the kernel's.
 * Nothing is ever written to the file.
 * @returns undefined when another process holds it
 */
export function takeFileLock(path: string): { release(): void } | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    // No journal beside it: a killed process would leave that behind.
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    const SQLITE_BUSY = 5;
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}
