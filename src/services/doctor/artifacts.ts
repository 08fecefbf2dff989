import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../store/artifacts.ts';
import { type Finding, failed, messageOf, ok } from './finding.ts';

/** Keeps an artifact there, reads it again and removes it, as jobs do. */
export async function checkArtifacts(open: () => Promise<ArtifactStore>): Promise<Finding> {
  const name = 'Artifacts';
  let store: ArtifactStore | undefined;
  try {
    store = await open();
    await store.check();
    const dir = await store.tempDir('report');
    await writeFile(join(dir, 'doctor'), `${process.pid} ${Date.now()}`);
    const { sha256 } = await store.adopt('report', dir);
    await store.verify('report', sha256);
    await store.remove('report', sha256);
    return ok(name, `${store.location} takes, gives and removes artifacts`);
  } catch (error) {
    return failed(name, messageOf(error), 'see that QUARTET_ARTIFACTS names a folder or bucket that may be written');
  } finally {
    store?.close();
  }
}
