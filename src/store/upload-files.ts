import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import type { UploadId } from '../domain/ids.ts';
import { fsyncDir } from '../platform/atomic-file.ts';
import { DAY } from '../platform/clock.ts';

export interface Received {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The bytes of uploads: `<data directory>/uploads/<id>-<sha256>`. The hash in the name makes two sends of one upload two
 * files, of which the row names one; a file is there whole and synced, or not at all.
 */
export class UploadFiles {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'uploads');
  }

  path(id: UploadId, sha256: string): string {
    return join(this.#folder, `${id}-${sha256}`);
  }

  /**
   * Writes a stream to its place as it comes, the disk setting the pace.
   * @throws QuartetError LIMIT_EXCEEDED past `limit` bytes, DISK_FULL; the stream's own error. Nothing is left then.
   */
  async write(id: UploadId, stream: AsyncIterable<Uint8Array>, limit: number): Promise<Received> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = join(this.#folder, `tmp-${id}-${randomUUID()}`);
    try {
      const file = await open(temporary, 'wx');
      let received: Received;
      try {
        const hash = createHash('sha256');
        let bytes = 0;
        for await (const chunk of stream) {
          bytes += chunk.length;
          if (bytes > limit)
            throw new QuartetError('LIMIT_EXCEEDED', `the upload is larger than ${limit} bytes; split the file`);
          hash.update(chunk);
          await file.writeFile(chunk);
        }
        await file.sync();
        received = { bytes, sha256: hash.digest('hex') };
      } finally {
        await file.close();
      }
      await rename(temporary, this.path(id, received.sha256));
      await fsyncDir(this.#folder);
      return received;
    } catch (error) {
      await rm(temporary, { force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new QuartetError('DISK_FULL', `no space left for uploads in ${this.#folder}; free some and send again`, {
        cause: error,
      });
    }
  }

  /** Removes every file of these uploads, and what broken sends left longer than a day ago. */
  async remove(ids: readonly UploadId[]): Promise<void> {
    const gone = new Set<string>(ids);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const stale =
        name.startsWith('tmp-') && Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now()) > DAY;
      if (stale || gone.has(name.slice(0, 36))) await rm(path, { force: true });
    }
  }
}
