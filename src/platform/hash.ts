import { createHash, hash as hashAtOnce } from 'node:crypto';
import { open } from 'node:fs/promises';

const BLOCK_BYTES = 512 * 1024;

/** @returns the SHA-256 as 64 lower-case hexadecimal digits; a string is hashed as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return hashAtOnce('sha256', data, 'hex');
}

/** Hashes a file without reading it into memory. @throws the file system's error when it can't be read */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    // One block for the whole file: a stream's many would have the garbage collector stop the process again and again.
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(block.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
