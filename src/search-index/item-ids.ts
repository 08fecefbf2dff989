import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../platform/hash.ts';
import { corruptIndex, IDS_FILE, type IndexCard } from './index-card.ts';

/** The item of each row of an index, shape [N], ascending. @throws QuartetError CORRUPT_ARTIFACT when they are not those that the card names */
export async function readItemIds(dir: string, card: IndexCard): Promise<Int32Array> {
  const path = join(dir, IDS_FILE);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw corruptIndex(path, "can't be read", cause);
  });
  if (sha256(bytes) !== card.files[IDS_FILE].sha256 || bytes.length !== card.count * 4) {
    throw corruptIndex(path, 'does not match its checksum: truncated or changed');
  }
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
