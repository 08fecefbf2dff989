import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes the content through an open handle; need not sync or close it. */
export type FileWriter = (file: FileHandle) => Promise<void>;

/**
 * Replaces a file as a whole: readers see the old content or the new, also after a crash or power cut. The content goes to
 * a temporary name in the same folder, is synced, then renamed, and the rename is synced by the folder.
 * @throws the file system's error (ENOSPC, EACCES, …); the old file is then untouched and no temporary file is left
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array | FileWriter): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      if (typeof content === 'function') await content(file);
      else await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await fsyncDir(folder);
}

/** Makes renames, new names and removals in this folder survive a power cut. */
export async function fsyncDir(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
