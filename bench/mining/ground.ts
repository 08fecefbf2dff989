import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SNAPSHOT_FILE } from '../../src/data/snapshot.ts';

export interface GroundSizes {
  readonly items: number;
  readonly queries: number;
  readonly dimensions: number;
}

/** Where what is mined on lies in its folder. */
export function groundIn(dir: string) {
  return {
    snapshotPath: join(dir, SNAPSHOT_FILE),
    encoderDir: join(dir, 'encoder'),
    indexDir: join(dir, 'index'),
    /** The queries' vectors, shape [Q, D], float32. */
    queryVectorsPath: join(dir, 'queries.f32'),
    /** Written last. */
    factsPath: join(dir, 'done.json'),
  };
}

export interface Ground extends ReturnType<typeof groundIn> {
  readonly dir: string;
  readonly indexSeconds: number;
  readonly recallAt10: number;
  /** On disk, all of it. */
  readonly bytes: number;
}

/** Made by `prepare.ts`, once for each size in the folder. */
export async function prepareGround(cache: string, sizes: GroundSizes): Promise<Ground> {
  const dir = join(cache, `mining-${sizes.items}-${sizes.queries}-${sizes.dimensions}`);
  const files = groundIn(dir);
  if ((await stat(files.factsPath).catch(() => null)) === null) {
    await mkdir(cache, { recursive: true });
    const program = fileURLToPath(new URL('prepare.ts', import.meta.url));
    const child = spawn(process.execPath, [program, dir, JSON.stringify(sizes)], { stdio: ['ignore', 2, 2] });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`what is mined on could not be made: exit ${code}`);
  }
  const { indexSeconds, recallAt10 } = JSON.parse(await readFile(files.factsPath, 'utf8'));
  const index = ['index.hnsw', 'vectors.f32', 'ids.i32'].map((name) => join(files.indexDir, name));
  const parts = [files.snapshotPath, files.queryVectorsPath, ...index];
  const sizesOf = await Promise.all(
    parts.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return { ...files, dir, indexSeconds, recallAt10, bytes: sizesOf.reduce((sum, size) => sum + size, 0) };
}
