import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import type { BackendName, TrainingConfig } from '../domain/training.ts';
import type { NamedArrays } from '../encoders/encoder.ts';
import { readSafetensors, writeSafetensors } from '../encoders/safetensors.ts';
import { fsyncDir, writeFileAtomic } from '../platform/atomic-file.ts';
import { sha256, sha256File } from '../platform/hash.ts';
import { shownPath } from '../platform/shown-path.ts';
import { linkOrCopy } from './best-state.ts';
import type { TrainingProgress } from './progress.ts';

/*
 * A checkpoint is a directory:
 *   state.safetensors  weights, optimizer moments and the paradigm's memory after `step`
 *   best.safetensors   the same at the best evaluation so far; absent before the first
 *   checkpoint.json    version, fingerprint, progress, and the SHA-256 of the files above
 * It is written under a temporary name, synced and renamed, so one that has its final name is whole; that it still is when
 * it is read is checked by the hashes.
 */

const VERSION = 1;
const MANIFEST = 'checkpoint.json';
const STATE = 'state.safetensors';
const BEST = 'best.safetensors';

export interface CheckpointContent {
  /** Says which run it is of: see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly backend: BackendName;
  readonly progress: TrainingProgress;
  readonly arrays: NamedArrays;
  /** File with the state of the best evaluation, as `writeSafetensors` made it. */
  readonly bestFile: string | null;
}

interface Manifest extends Pick<CheckpointContent, 'fingerprint' | 'backend' | 'progress'> {
  readonly version: number;
  readonly files: Readonly<Record<string, string>>;
}

/** Everything that the curve of a run depends on, beside the backend. */
export function fingerprintOf(config: TrainingConfig, datasetHash: string): string {
  const { checkpointEvery: _, keepCheckpoints: __, backend: ___, ...decisive } = config;
  return sha256(JSON.stringify([decisive, datasetHash]));
}

/**
 * Writes a checkpoint; replaces one of the same name.
 * @param dir final name, in a directory that exists
 * @throws the file system's error (ENOSPC, ...); nothing has the final name then
 */
export async function writeCheckpoint(dir: string, content: CheckpointContent): Promise<void> {
  const { fingerprint, backend, progress, arrays, bestFile } = content;
  const temporary = `${dir}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    const names = [STATE];
    await writeSafetensors(join(temporary, STATE), arrays);
    if (bestFile !== null) {
      // A second name for the same bytes: the best state is rarely a new one, and is never changed in place.
      await linkOrCopy(bestFile, join(temporary, BEST));
      names.push(BEST);
    }
    const hashed = names.map(async (name) => [name, await sha256File(join(temporary, name))] as const);
    const files = Object.fromEntries(await Promise.all(hashed));
    const manifest: Manifest = { version: VERSION, fingerprint, backend, progress, files };
    await writeFileAtomic(join(temporary, MANIFEST), JSON.stringify(manifest));
    await rm(dir, { recursive: true, force: true });
    await rename(temporary, dir);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await fsyncDir(dirname(dir));
}

/** @throws QuartetError CORRUPT_ARTIFACT when a file is missing or any byte of it was changed */
export async function readCheckpoint(dir: string): Promise<CheckpointContent> {
  const corrupt = (problem: string, cause?: unknown) =>
    new QuartetError('CORRUPT_ARTIFACT', `checkpoint ${shownPath(dir)} ${problem}`, { cause });
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(dir, MANIFEST), 'utf8'));
  } catch (cause) {
    throw corrupt(`has no readable ${MANIFEST}`, cause);
  }
  if (manifest.version !== VERSION) throw corrupt(`has version ${manifest.version}, this Quartet reads ${VERSION}`);
  for (const [name, expected] of Object.entries(manifest.files)) {
    const actual = await sha256File(join(dir, name)).catch((cause) => {
      throw corrupt(`lacks ${name}`, cause);
    });
    if (actual !== expected) throw corrupt(`has a ${name} that does not match its hash`);
  }
  const { fingerprint, backend, progress, files } = manifest;
  const { arrays } = await readSafetensors(join(dir, STATE));
  return { fingerprint, backend, progress, arrays, bestFile: BEST in files ? join(dir, BEST) : null };
}

/**
 * Reads the first of several checkpoints that is whole.
 * @param dirs newest first
 * @param onBroken told of each that is passed over
 * @returns null when none is whole
 */
export async function readFirstWhole(
  dirs: readonly string[],
  onBroken: (error: QuartetError) => void,
): Promise<CheckpointContent | null> {
  for (const dir of dirs) {
    try {
      return await readCheckpoint(dir);
    } catch (error) {
      if (!(error instanceof QuartetError)) throw error;
      onBroken(error);
    }
  }
  return null;
}
