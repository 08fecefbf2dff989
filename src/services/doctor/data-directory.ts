import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { type Finding, failed, messageOf, ok, warning } from './finding.ts';

const GIB = 2 ** 30;
/** Below this, checkpoints and indexes of one training may not fit. */
const WANTED_FREE = 5 * GIB;
const LEAST_FREE = GIB / 2;

/** Writes and removes a file there, as every artifact is written; makes the folder when it is not there yet. */
export async function checkDataDirectory(dataDir: string): Promise<Finding> {
  const name = 'Data directory';
  const probe = join(dataDir, `.doctor-${process.pid}`);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFileAtomic(probe, 'doctor');
    await rm(probe);
  } catch (error) {
    return failed(
      name,
      `${dataDir} can't be written: ${messageOf(error)}`,
      'give its owner write access, or choose another folder with QUARTET_DATA',
    );
  }
  const { bavail, bsize, blocks } = await statfs(dataDir);
  const free = bavail * bsize;
  const detail = `${dataDir} is writable, ${(free / GIB).toFixed(1)} of ${((blocks * bsize) / GIB).toFixed(1)} GiB free`;
  const remedy = 'free space there, or choose a folder on a larger disk with QUARTET_DATA';
  if (free < LEAST_FREE) return failed(name, detail, remedy);
  return free < WANTED_FREE ? warning(name, detail, remedy) : ok(name, detail);
}
