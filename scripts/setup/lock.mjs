import { rmSync } from 'node:fs';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './process.mjs';

/*
 * A lock is a folder, because making one either succeeds or fails. Its holder touches it; one that has not been touched
 * for a while belongs to a process that was killed, here or in another container, and is taken over.
 */
const BEAT_MS = 5_000;
const STALE_MS = 30_000;

const held = new Set();
process.on('exit', () => {
  for (const path of held) rmSync(path, { recursive: true, force: true });
});
// Without a handler a signal ends the process at once, and `exit` is not called.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** Runs the work while no other process holds the lock. @throws the file system's error where the lock can't be made */
export async function withLock(path, work) {
  await mkdir(dirname(path), { recursive: true });
  let announced = false;
  while (!(await take(path))) {
    if (!announced) say(`waiting for another set-up (${path})`);
    announced = true;
    await sleep(300);
  }
  held.add(path);
  const beat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => {}), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    held.delete(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path) {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const touched = await stat(path).then(
    (found) => found.mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > STALE_MS) {
    // Renamed first, so that of two that find it stale only one removes it.
    const aside = `${path}.stale-${process.pid}`;
    await rename(path, aside).then(
      () => rm(aside, { recursive: true, force: true }),
      () => {},
    );
  }
  return false;
}
