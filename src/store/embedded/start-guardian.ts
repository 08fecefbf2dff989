import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuardianOptions } from './guardian-protocol.ts';
import { give, type Place } from './place.ts';
import { isGone } from './removal.ts';

/** Starts a guardian as a process of its own. @returns undefined when the place was removed meanwhile */
export async function startGuardian(place: Place, options: GuardianOptions): Promise<ChildProcess | undefined> {
  const script = fileURLToPath(new URL(`./guardian${extname(import.meta.url)}`, import.meta.url));
  const log = await openLog(place);
  if (log === undefined) return undefined;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, JSON.stringify(options)],
    // A session of its own: it outlives us, and our terminal's Ctrl-C is not for it.
    { detached: true, stdio: ['ignore', log.fd, log.fd], cwd: '/' },
  );
  await log.close();
  child.on('error', () => {});
  child.unref();
  return child;
}

async function openLog(place: Place): Promise<FileHandle | undefined> {
  try {
    const log = await open(place.guardianLog, 'a');
    await give(place.guardianLog, place.owner).catch(async (error) => {
      await log.close();
      throw error;
    });
    return log;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
