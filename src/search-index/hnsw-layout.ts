import { open } from 'node:fs/promises';
import type { VectorStorage } from './graph.ts';

/*
 * The file that hnswlib 0.8 writes, little-endian, on a 64-bit machine:
 *   header   96 bytes, see HEADER
 *   points   count x (2m links + their number, uint32 each; vector; label uint64)
 *            vector: D float32, or float32 scale and D int8
 *   layers   for each point: uint32 bytes of its upper links, then as many bytes, a multiple of (m + 1) x 4
 * The library's own check of a file reads from wherever the header points it to. This one comes first.
 */

export interface HnswShape {
  readonly dimensions: number;
  readonly m: number;
  readonly count: number;
  /** Default float32. */
  readonly storage?: VectorStorage;
}

/** Bytes of one vector in memory and in the file. */
export function vectorBytes(dimensions: number, storage: VectorStorage = 'float32'): number {
  return storage === 'int8' ? 4 + dimensions : 4 * dimensions;
}

const HEADER_BYTES = 96;
const CHUNK_BYTES = 1 << 20;

/** @returns what is wrong with the file's structure, null when it is whole and of this shape */
export async function checkHnswLayout(path: string, shape: HnswShape): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return 'can not be opened';
  try {
    const { size } = await file.stat();
    if (size < HEADER_BYTES) return `is truncated: ${size} bytes`;
    const header = Buffer.alloc(HEADER_BYTES);
    await file.read(header, 0, HEADER_BYTES, 0);
    const flaw = checkHeader(header, shape);
    if (flaw !== null) return flaw;
    return await checkLayers(file, HEADER_BYTES + shape.count * pointBytes(shape), size, shape);
  } finally {
    await file.close();
  }
}

function pointBytes({ dimensions, m, storage }: HnswShape): number {
  return (2 * m + 1) * 4 + vectorBytes(dimensions, storage) + 8;
}

function checkHeader(header: Buffer, shape: HnswShape): string | null {
  const word = (offset: number) => Number(header.readBigUInt64LE(offset));
  const { count, m, dimensions, storage } = shape;
  const linkBytes = (2 * m + 1) * 4;
  const fields: readonly (readonly [name: string, found: number, expected: number])[] = [
    ['offset of level 0', word(0), 0],
    ['capacity', word(8), Math.max(1, count)],
    ['count', word(16), count],
    ['bytes of a point', word(24), pointBytes(shape)],
    ['offset of labels', word(32), linkBytes + vectorBytes(dimensions, storage)],
    ['offset of vectors', word(40), linkBytes],
    ['links of upper layers', word(56), m],
    ['links of layer 0', word(64), 2 * m],
    ['m', word(72), m],
  ];
  for (const [name, found, expected] of fields) {
    if (found !== expected) return `has ${name} ${found}, not ${expected}`;
  }
  if (count === 0) return null;
  if (header.readUInt32LE(52) >= count) return `enters at point ${header.readUInt32LE(52)} of ${count}`;
  return null;
}

/** Walks the sizes of the upper links; most points have none, so nearly all of it is read in large chunks. */
async function checkLayers(
  file: { read(target: Buffer, at: number, length: number, position: number): Promise<{ bytesRead: number }> },
  start: number,
  size: number,
  { count, m }: HnswShape,
): Promise<string | null> {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, Math.max(4, size)));
  let chunkStart = start;
  let chunkBytes = 0;
  let position = start;
  for (let point = 0; point < count; point++) {
    if (position + 4 > size) return `is truncated at point ${point} of ${count}: ${size} bytes`;
    if (position < chunkStart || position + 4 > chunkStart + chunkBytes) {
      chunkStart = position;
      chunkBytes = (await file.read(chunk, 0, chunk.length, position)).bytesRead;
      if (chunkBytes < 4) return `can not be read at byte ${position}`;
    }
    const upper = chunk.readUInt32LE(position - chunkStart);
    if (upper % ((m + 1) * 4) !== 0) return `has broken upper links at point ${point}`;
    position += 4 + upper;
  }
  return position === size ? null : `has ${size} bytes, its points take ${position}`;
}
