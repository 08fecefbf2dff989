import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import { fsyncDir } from '../platform/atomic-file.ts';
import { DAY } from '../platform/clock.ts';
import { isDiskFull } from '../platform/disk-full.ts';
import { sha256 } from '../platform/hash.ts';
import { isAlive } from '../platform/processes.ts';
import { findFault, sealFolder } from './artifact-manifest.ts';

export const ARTIFACT_KINDS = ['encoder', 'checkpoint', 'index', 'snapshot', 'report', 'negatives'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

const ADDRESS = /^[0-9a-f]{64}$/;

/** An artifact that is there, and when it was made or used last, in ms since 1970. */
export interface ListedArtifact {
  readonly kind: ArtifactKind;
  readonly sha256: string;
  readonly usedAt: number;
}

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

  /** @param root in place of `artifacts` in the data directory, on a disk that several machines share, say */
  constructor(dataDir: string, root = join(dataDir, 'artifacts')) {
    this.#root = root;
    this.#tmp = join(this.#root, 'tmp');
  }

  /** For people: where artifacts are. */
  get location(): string {
    return this.#root;
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
    return await this.minding(kind, () => this.#adopt(kind, dir));
  }

  /** @throws QuartetError DISK_FULL in place of the system's error */
  protected async minding<T>(kind: ArtifactKind, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new QuartetError('DISK_FULL', `no space left for a new ${kind} in ${this.#root}; free some and try again`, {
        cause: error,
      });
    }
  }

  /**
   * Makes sure that the artifact's files are here, and stay for a while: whoever collects garbage counts from now.
   * @returns where they are @throws QuartetError CORRUPT_ARTIFACT when it is gone
   */
  async use(kind: ArtifactKind, address: string): Promise<string> {
    const path = this.path(kind, address);
    if (await touch(path)) return path;
    throw this.damaged(kind, address, 'it is not there');
  }

  /** As `use`, by somebody who is about to name it in a row. @throws QuartetError CORRUPT_ARTIFACT when it is gone */
  async renew(kind: ArtifactKind, address: string): Promise<string> {
    return await this.use(kind, address);
  }

  /** Writes and removes something there. @throws QuartetError, or the system's error */
  async check(): Promise<void> {
    await rm(await this.tempDir('report'), { recursive: true });
  }

  /** Lets other machines have a file that is no artifact; where a disk is shared they have it already. */
  async share(_name: string, _path: string, _of: { readonly sha256: string; readonly bytes: number }): Promise<void> {}

  /** Brings a file that another machine has shared. @returns whether there is one */
  async fetchShared(_name: string, _path: string): Promise<boolean> {
    return false;
  }

  /** Lets go of files that were shared under names that begin so. */
  async removeShared(_start: string): Promise<void> {}

  /** Lets go of connections. */
  close(): void {}

  /** Where the artifact is, or would be. @throws QuartetError BAD_INPUT when the address is not 64 hexadecimal digits */
  path(kind: ArtifactKind, address: string): string {
    if (!ADDRESS.test(address)) {
      throw new QuartetError('BAD_INPUT', `"${address}" is not the SHA-256 of an artifact (64 hexadecimal digits)`);
    }
    return join(this.#root, kind, address);
  }

  /** Reads every byte and compares. @throws QuartetError CORRUPT_ARTIFACT naming the file at fault */
  async verify(kind: ArtifactKind, address: string): Promise<void> {
    const fault = await findFault(await this.use(kind, address), address);
    if (fault !== undefined) throw this.damaged(kind, address, fault);
  }

  protected damaged(kind: ArtifactKind, address: string, fault: string): QuartetError {
    const message = `the ${kind} ${address} is damaged: ${fault}; restore it from a backup, or make it again`;
    return new QuartetError('CORRUPT_ARTIFACT', message);
  }

  /** Copies the artifact as it is into a folder that is not there yet. @returns false when there is no such artifact */
  async copyTo(kind: ArtifactKind, address: string, to: string): Promise<boolean> {
    try {
      await cp(this.path(kind, address), to, { recursive: true, mode: constants.COPYFILE_FICLONE });
      return true;
    } catch (error) {
      await rm(to, { recursive: true, force: true });
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** All there are, in no order. */
  async list(): Promise<ListedArtifact[]> {
    const found: ListedArtifact[] = [];
    for (const kind of ARTIFACT_KINDS) {
      for (const name of await readdir(join(this.#root, kind)).catch(() => [])) {
        const usedAt = (await stat(join(this.#root, kind, name)).catch(() => undefined))?.mtimeMs;
        if (usedAt !== undefined && ADDRESS.test(name)) found.push({ kind, sha256: name, usedAt });
      }
    }
    return found;
  }

  /**
   * Removes the artifact unless somebody has used it since `before`, in ms since 1970: also while it is being removed, or
   * somebody is just making it anew. @returns whether it is gone
   */
  async removeUnused(kind: ArtifactKind, address: string, before: number): Promise<boolean> {
    const path = this.path(kind, address);
    const going = await this.tempDir(kind);
    const away = join(going, 'removed');
    try {
      await rename(path, away);
      if ((await stat(away)).mtimeMs < before) return true;
      // Whoever did not find it in this moment has made it anew.
      await rename(away, path).catch(() => {});
      return false;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    } finally {
      await rm(going, { recursive: true, force: true });
    }
  }

  /** @returns bytes of its files */
  async bytesOf(kind: ArtifactKind, address: string): Promise<number> {
    return await folderBytes(this.path(kind, address));
  }

  /** Removes the artifact; the name goes at once. None there is no error. */
  async remove(kind: ArtifactKind, address: string): Promise<void> {
    await this.#removeHere(kind, address);
  }

  async #removeHere(kind: ArtifactKind, address: string): Promise<void> {
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
    return await this.place(kind, dir, { sha256: sha256(manifest), bytes });
  }

  /** Moves a sealed folder to its address. */
  protected async place(
    kind: ArtifactKind,
    dir: string,
    { sha256: address, bytes }: Pick<Artifact, 'sha256' | 'bytes'>,
  ): Promise<Artifact> {
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
          try {
            await cp(dir, near, { recursive: true });
            const placed = await this.#adopt(kind, near);
            await rm(dir, { recursive: true });
            return placed;
          } finally {
            // Of one that is placed nothing is left there.
            await rm(near, { recursive: true, force: true });
          }
        }
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
        // Used from now on, so that nobody lets go of it before its new owner has a row.
        if ((await touch(path)) && (await findFault(path, address)) === undefined) {
          await rm(dir, { recursive: true });
          return artifact;
        }
        // The one that is there is damaged: the new one takes its place.
        await this.#removeHere(kind, address);
      }
    }
  }
}

/** Marks a folder as used now. @returns false when it is not there */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return await utimes(path, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function folderBytes(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function hostToken(): string {
  return sha256(hostname()).slice(0, 8);
}
