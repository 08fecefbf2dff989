import { createHash, randomUUID } from 'node:crypto';
import { constants, type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import type { UploadId } from '../domain/ids.ts';
import { fsyncDir } from '../platform/atomic-file.ts';
import { DAY } from '../platform/clock.ts';
import { isDiskFull } from '../platform/disk-full.ts';
import { sha256File } from '../platform/hash.ts';
import { isUuid } from '../platform/uuid.ts';

export interface Received {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The bytes of uploads: `<data directory>/uploads/<id>-<sha256>`. The hash in the name makes two sends of one upload two
 * files, of which the row names one; a file is there whole and synced, or not at all. What has come of one that is sent in parts
 * is in `part-<id>`, synced after each part.
 */
export class UploadFiles {
  readonly #folder: string;
  /** Uploads of which this process is taking a part. */
  readonly #open = new Set<UploadId>();

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'uploads');
  }

  path(id: UploadId, sha256: string): string {
    return join(this.#folder, `${id}-${sha256}`);
  }

  async has(id: UploadId, sha256: string): Promise<boolean> {
    return (await stat(this.path(id, sha256)).catch(() => null)) !== null;
  }

  /** Free on the disk of the uploads. */
  async freeBytes(): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  /** Bytes that parts have brought. */
  async partBytes(id: UploadId): Promise<number> {
    return (await stat(this.#part(id)).catch(() => null))?.size ?? 0;
  }

  /**
   * Writes a whole file to its place as it comes, the disk setting the pace.
   * @throws QuartetError LIMIT_EXCEEDED past `limit` bytes, DISK_FULL; the stream's own error. Nothing is left then.
   */
  async write(id: UploadId, stream: AsyncIterable<Uint8Array>, limit: number): Promise<Received> {
    return await this.#minding(async () => {
      const temporary = join(this.#folder, `tmp-${id}-${randomUUID()}`);
      try {
        const file = await open(temporary, 'wx');
        // Hashed on its way: a large file is not read a second time.
        const hash = createHash('sha256');
        await this.#fill(file, stream, { offset: 0, limit, took: (chunk) => hash.update(chunk) });
        return await this.#settle(id, temporary, hash.digest('hex'));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  /**
   * Adds a part. What has come of it stays when it breaks off, so that the next one can go on from there.
   * @param part.offset where it begins: all bytes before must have come
   * @returns bytes that have come
   * @throws QuartetError CONFLICT for another offset, or while another part is coming; LIMIT_EXCEEDED past `part.end`, DISK_FULL
   */
  async addPart(
    id: UploadId,
    stream: AsyncIterable<Uint8Array>,
    { offset, end }: { readonly offset: number; readonly end: number },
  ): Promise<number> {
    if (this.#open.has(id)) {
      throw new QuartetError('CONFLICT', `another part of upload ${id} is just coming in; ask how far it is (HEAD)`);
    }
    this.#open.add(id);
    try {
      return await this.#minding(async () => {
        // Not to append: the connection that broke off may still bring bytes to another process of the server.
        const file = await open(this.#part(id), constants.O_RDWR | constants.O_CREAT);
        const { size } = await file.stat();
        if (size === offset) return await this.#fill(file, stream, { offset, limit: end });
        await file.close();
        const message = `upload ${id} has ${size} bytes, a part from ${offset} on does not fit; go on from ${size}`;
        throw new QuartetError('CONFLICT', message);
      });
    } finally {
      this.#open.delete(id);
    }
  }

  /** Makes the parts, once all are there, the upload's file. */
  async settleParts(id: UploadId): Promise<Received> {
    return await this.#minding(async () => this.#settle(id, this.#part(id), await sha256File(this.#part(id))));
  }

  /** The uploads of which there is a file here, whole or not. */
  async ids(): Promise<UploadId[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return [...new Set(names.map(idOf).filter(isUuid))] as UploadId[];
  }

  /** Removes every file of these uploads, and what broken sends left longer than a day ago. */
  async remove(ids: readonly UploadId[]): Promise<void> {
    const gone = new Set<string>(ids);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const stale =
        /^(tmp|part)-/.test(name) && Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now()) > DAY;
      if (stale || gone.has(idOf(name))) await rm(path, { force: true });
    }
  }

  /** Lets go of a file whose content is not what was announced. */
  async discard(id: UploadId, sha256: string): Promise<void> {
    await rm(this.path(id, sha256), { force: true });
  }

  /** Writes and syncs, also what came before a stream broke off, and closes. @returns the file's length */
  async #fill(
    file: FileHandle,
    stream: AsyncIterable<Uint8Array>,
    { offset, limit, took }: { readonly offset: number; readonly limit: number; took?(chunk: Uint8Array): void },
  ): Promise<number> {
    let bytes = offset;
    try {
      for await (const chunk of stream) {
        if (bytes + chunk.length > limit) {
          throw new QuartetError('LIMIT_EXCEEDED', `the upload is larger than ${limit} bytes; split the file`);
        }
        took?.(chunk);
        await writeAt(file, chunk, bytes);
        bytes += chunk.length;
      }
      return bytes;
    } finally {
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }
  }

  async #settle(id: UploadId, path: string, sha256: string): Promise<Received> {
    const { size } = await stat(path);
    await rename(path, this.path(id, sha256));
    await fsyncDir(this.#folder);
    return { bytes: size, sha256 };
  }

  #part(id: UploadId): string {
    return join(this.#folder, `part-${id}`);
  }

  async #minding<T>(write: () => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true });
    try {
      return await write();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new QuartetError('DISK_FULL', `no space left for uploads in ${this.#folder}; free some and send again`, {
        cause: error,
      });
    }
  }
}

/** Files of an upload are called by its id, `part-` and `tmp-` before it. */
function idOf(fileName: string): string {
  return fileName.replace(/^(part|tmp)-/, '').slice(0, 36);
}

async function writeAt(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}
