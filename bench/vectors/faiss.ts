import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type GraphTask, K, type Point } from './graph-task.ts';

const SCRIPT = fileURLToPath(new URL('../peers/faiss_hnsw.py', import.meta.url));

export interface FaissFigures {
  readonly version: string;
  readonly buildSeconds: number;
  readonly points: readonly Point[];
}

/** faiss HNSW on the same vectors with the same M and efConstruction. Searched one by one on one thread. @param threads to build on */
export async function faissFigures(task: GraphTask, python: string, threads: number): Promise<FaissFigures> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-faiss-'));
  try {
    await writeFile(join(dir, 'vectors.f32'), bytesOf(task.vectors));
    await writeFile(join(dir, 'queries.f32'), bytesOf(task.queries));
    const { dimensions, m, efConstruction } = task;
    const asked = JSON.stringify({ dir, dimensions, m, efConstruction, threads, k: K });
    const env = { ...process.env, OMP_NUM_THREADS: String(threads) };
    const { stdout } = await promisify(execFile)(python, ['-B', SCRIPT, asked], { env, maxBuffer: 1 << 24 });
    return JSON.parse(stdout) as FaissFigures;
  } finally {
    await rm(dir, { recursive: true });
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
