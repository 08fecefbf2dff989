import { readSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import { fsyncDir } from '../platform/atomic-file.ts';
import { isDiskFull } from '../platform/disk-full.ts';
import { sha256File } from '../platform/hash.ts';
import type { HnswBuilder } from './hnsw.ts';
import {
  CARD_FILE,
  encodeCard,
  GRAPH_FILE,
  IDS_FILE,
  INDEX_FORMAT_VERSION,
  type IndexCard,
  type IndexFile,
  VECTORS_FILE,
} from './index-card.ts';

type CardFacts = Omit<IndexCard, 'format' | 'version' | 'metric' | 'files' | 'count' | 'dimensions'>;

/**
 * Writes an index artifact. Modes: open (vectors come in blocks and go to disk, from where they
 * can be read again) -> finished or discarded.
 * Everything goes to `<dir>.partial`, is synced, and gets its name by one rename, so that `dir` is whole or not there.
 */
export class IndexWriter {
  readonly #dir: string;
  readonly #partial: string;
  readonly #vectors: FileHandle;
  readonly #dimensions: number;
  #count = 0;

  private constructor(dir: string, vectors: FileHandle, dimensions: number) {
    this.#dir = dir;
    this.#partial = partialOf(dir);
    this.#vectors = vectors;
    this.#dimensions = dimensions;
  }

  /**
   * @param shape what is coming, for the check that the disk has room
   * @throws QuartetError DISK_FULL with both numbers
   */
  static async open(dir: string, shape: { dimensions: number; count: number; m: number }): Promise<IndexWriter> {
    const { dimensions, count, m } = shape;
    await rm(partialOf(dir), { recursive: true, force: true });
    await mkdir(partialOf(dir), { recursive: true });
    const needed = count * (8 * dimensions + 8 * m + 32);
    const { bavail, bsize } = await statfs(partialOf(dir));
    if (bavail * bsize < needed) {
      throw new QuartetError(
        'DISK_FULL',
        `the index takes ${needed} bytes on disk and ${bavail * bsize} are free in ${dirname(dir)}`,
      );
    }
    return new IndexWriter(dir, await open(join(partialOf(dir), VECTORS_FILE), 'wx+'), dimensions);
  }

  /** @param vectors shape [n, D], the next n rows @throws QuartetError DISK_FULL */
  async append(vectors: Float32Array): Promise<void> {
    await diskFullNamed(() => writeWhole(this.#vectors, bytesOf(vectors)));
    this.#count += vectors.length / this.#dimensions;
  }

  /** Reads a row back, shape [D], into `target`: the vectors need not stay in memory until they are linked. */
  read(row: number, target: Float32Array): void {
    const bytes = bytesOf(target);
    const start = row * bytes.length;
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.#vectors.fd, bytes, done, bytes.length - done, start + done);
      if (read === 0) throw new RangeError(`row ${row} of ${this.#count}`);
      done += read;
    }
  }

  /**
   * @param ids item id of each row, shape [N], ascending
   * @returns the card; afterwards the artifact lies at `dir`
   * @throws QuartetError DISK_FULL
   */
  async finish(builder: HnswBuilder, ids: Int32Array, facts: CardFacts): Promise<IndexCard> {
    if (builder.count !== this.#count || ids.length !== this.#count) {
      throw new RangeError(`${this.#count} vectors, ${builder.count} points and ${ids.length} ids`);
    }
    return await diskFullNamed(async () => {
      await this.#vectors.sync();
      await this.#vectors.close();
      await builder.write(this.#path(GRAPH_FILE));
      await writeFile(this.#path(IDS_FILE), bytesOf(ids));
      const card: IndexCard = {
        format: 'quartet-index',
        version: INDEX_FORMAT_VERSION,
        metric: 'cosine',
        dimensions: this.#dimensions,
        count: this.#count,
        ...facts,
        files: {
          [GRAPH_FILE]: await this.#sealed(GRAPH_FILE),
          [VECTORS_FILE]: await this.#sealed(VECTORS_FILE),
          [IDS_FILE]: await this.#sealed(IDS_FILE),
        },
      };
      await writeFile(this.#path(CARD_FILE), encodeCard(card), { flush: true });
      await fsyncDir(this.#partial);
      await rename(this.#partial, this.#dir);
      await fsyncDir(dirname(this.#dir));
      return card;
    });
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    await this.#vectors.close().catch(() => {});
    await rm(this.#partial, { recursive: true, force: true });
  }

  #path(file: string): string {
    return join(this.#partial, file);
  }

  async #sealed(file: IndexFile): Promise<{ bytes: number; sha256: string }> {
    const path = this.#path(file);
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
    return { bytes: (await stat(path)).size, sha256: await sha256File(path) };
  }
}

function partialOf(dir: string): string {
  return `${dir}.partial`;
}

function bytesOf(array: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

async function diskFullNamed<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new QuartetError('DISK_FULL', 'the disk is full; free space and build the index again', { cause: error });
  }
}
