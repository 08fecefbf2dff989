import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../platform/hash.ts';
import { corruptIndex, IDS_FILE, readCard, VECTORS_FILE } from './index-card.ts';

/** Rows of an index, in the order of their item ids. */
export interface IndexRows {
  readonly ids: readonly number[];
  /** Of each, shape [D]. */
  readonly vectors: readonly Float32Array[];
}

/**
 * All rows of an index artifact from its files, some at a time: nothing is loaded, whatever its size.
 * @param numbers of vectors at a time, about
 * @throws QuartetError CORRUPT_ARTIFACT, of the vectors only at the end, when all of them have been read
 */
export async function* readIndexRows(dir: string, numbers: number): AsyncGenerator<IndexRows, void, undefined> {
  const { count, dimensions, files } = await readCard(dir);
  const idBytes = await readFile(join(dir, IDS_FILE));
  if (sha256(idBytes) !== files[IDS_FILE].sha256 || idBytes.length !== 4 * count) {
    throw corruptIndex(join(dir, IDS_FILE), 'does not match its checksum: truncated or changed');
  }
  const path = join(dir, VECTORS_FILE);
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    const step = Math.max(1, Math.floor(numbers / dimensions));
    for (let first = 0; first < count; first += step) {
      const size = Math.min(step, count - first);
      const bytes = new Uint8Array(4 * dimensions * size);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done);
        if (bytesRead === 0) throw corruptIndex(path, 'is too short');
        done += bytesRead;
      }
      hash.update(bytes);
      const block = new Float32Array(bytes.buffer);
      yield {
        ids: Array.from({ length: size }, (_, n) => idBytes.readInt32LE(4 * (first + n))),
        vectors: Array.from({ length: size }, (_, n) => block.subarray(n * dimensions, (n + 1) * dimensions)),
      };
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== files[VECTORS_FILE].sha256) throw corruptIndex(path, 'does not match its checksum');
}
