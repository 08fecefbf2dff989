import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import { fsyncDir } from '../platform/atomic-file.ts';
import { DAY } from '../platform/clock.ts';
import { sha256 } from '../platform/hash.ts';
import { isAlive } from '../platform/processes.ts';
import { findFault, sealFolder } from './artifact-manifest.ts';

export const ARTIFACT_KINDS = ['encoder', 'checkpoint', 'index', 'snapshot', 'report', 'negatives'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

export interface Artifact {
  /** Its address: the SHA-256 of its file MANIFEST, hexadecimal. */
  readonly sha256: string;
  /** Sum of its files' sizes, without the manifest. */
  readonly bytes: number;
  readonly path: string;
}

/**
 * Immutable folders of files, addressed by content. Each holds a MANIFEST with a line `name sha256` for every file, sorted by name,
 * and the artifact's address is the SHA-256 of that file. An artifact appears under its address whole, synced, in one rename;
 * what a killed process leaves is in `tmp` and is swept away.
 *
 *   <data directory>/artifacts/<kind>/<sha256>/…
 *   <data directory>/artifacts/tmp/<kind>-<host>-<pid>-<random>/…
 */
export class ArtifactStore {
  readonly #root: string;
  readonly #tmp: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'artifacts');
    this.#tmp = join(this.#root, 'tmp');
  }

  /** Free on the volume of the artifacts. */
  async freeBytes(): Promise<number> {
    await mkdir(this.#root, { recursive: true });
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize;
  }

  /** A new empty folder on the volume of the artifacts, to be filled and adopted, or removed by the caller. */
  async tempDir(kind: ArtifactKind): Promise<string> {
    const path = join(this.#tmp, [kind, hostToken(), process.pid, randomUUID()].join('-'));
    await mkdir(path, { recursive: true });
    return path;
  }

  /**
   * Makes the folder an artifact and takes it away from `dir`. When the same content is there already, that is kept, and `dir` is removed.
   * @param dir folder of regular files and folders, from `tempDir` or elsewhere (another volume costs a copy)
   * @throws QuartetError BAD_INPUT when it has no file, a link or a name that a manifest can't hold; DISK_FULL
   */
  async adopt(kind: ArtifactKind, dir: string): Promise<Artifact> {
    try {
      return await this.#adopt(kind, dir);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new QuartetError('DISK_FULL', `no space left for a new ${kind} in ${this.#root}; free some and try again`, {
        cause: error,
      });
    }
  }

  /** Where the artifact is, or would be. @throws QuartetError BAD_INPUT when the address is not 64 hexadecimal digits */
  path(kind: ArtifactKind, address: string): string {
    if (!/^[0-9a-f]{64}$/.test(address)) {
      throw new QuartetError('BAD_INPUT', `"${address}" is not the SHA-256 of an artifact (64 hexadecimal digits)`);
    }
    return join(this.#root, kind, address);
  }

  /** Reads every byte and compares. @throws QuartetError CORRUPT_ARTIFACT naming the file at fault */
  async verify(kind: ArtifactKind, address: string): Promise<void> {
    const path = this.path(kind, address);
    const fault = await findFault(path, address);
    if (fault === undefined) return;
    throw new QuartetError(
      'CORRUPT_ARTIFACT',
      `the ${kind} ${address} is damaged: ${fault} in ${path}; restore it from a backup, or make it again`,
    );
  }

  /** Removes the artifact; the name goes at once. None there is no error. */
  async remove(kind: ArtifactKind, address: string): Promise<void> {
    const going = await this.tempDir(kind);
    try {
      await rename(this.path(kind, address), join(going, 'removed'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    } finally {
      await rm(going, { recursive: true, force: true });
    }
  }

  /** Removes temporary folders of this host's dead processes, and any older than a day. @returns how many */
  async sweep(): Promise<number> {
    const names = await readdir(this.#tmp).catch(() => []);
    let count = 0;
    for (const name of names) {
      const path = join(this.#tmp, name);
      const [, host, pid] = name.split('-');
      const orphan = host === hostToken() && !isAlive(Number(pid));
      const modified = (await stat(path).catch(() => undefined))?.mtimeMs;
      if (!orphan && (modified === undefined || Date.now() - modified < DAY)) continue;
      await rm(path, { recursive: true, force: true });
      count++;
    }
    return count;
  }

  async #adopt(kind: ArtifactKind, dir: string): Promise<Artifact> {
    const { manifest, bytes } = await sealFolder(dir);
    const address = sha256(manifest);
    const path = this.path(kind, address);
    const artifact = { sha256: address, bytes, path };
    await mkdir(join(this.#root, kind), { recursive: true });
    for (;;) {
      try {
        await rename(dir, path);
        await fsyncDir(join(this.#root, kind));
        return artifact;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EXDEV') {
          const near = await this.tempDir(kind);
          await cp(dir, near, { recursive: true });
          const adopted = await this.#adopt(kind, near);
          await rm(dir, { recursive: true });
          return adopted;
        }
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
        if ((await findFault(path, address)) === undefined) {
          await rm(dir, { recursive: true });
          return artifact;
        }
        // The one that is there is damaged: the new one takes its place.
        await this.remove(kind, address);
      }
    }
  }
}

function hostToken(): string {
  return sha256(hostname()).slice(0, 8);
}
