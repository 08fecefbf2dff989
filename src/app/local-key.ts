import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsyncDir } from '../platform/atomic-file.ts';

/*
 * `local.key` in the data directory is a key with which commands of this machine reach the directory's server. Only its owner can
 * read it, and whoever can read it has the database itself beside it.
 */
const fileIn = (dataDir: string) => join(dataDir, 'local.key');

/** @returns undefined where there is none, or none that this user may read */
export async function readLocalKey(dataDir: string): Promise<string | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

/** The key of the directory, made with the first server. However many start at once, it is one. */
export async function ensureLocalKey(dataDir: string): Promise<string> {
  const known = await readLocalKey(dataDir);
  if (known !== undefined) return known;
  await mkdir(dataDir, { recursive: true });
  const temporary = join(dataDir, `.local.key.${process.pid}.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`qk_local_${randomBytes(32).toString('base64url')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Fails where another server was first, whose key it is then.
    await link(temporary, fileIn(dataDir));
    await fsyncDir(dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const made = await readLocalKey(dataDir);
  if (made === undefined) throw new Error(`${fileIn(dataDir)} can't be read by this user`);
  return made;
}
