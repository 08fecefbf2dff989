import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import hnswlib, { type HierarchicalNSW } from 'hnswlib-node';
import { QuartetError } from '../domain/errors.ts';
import { type HnswShape, vectorBytes } from './hnsw-layout.ts';

/*
 * What must be known about hnswlib-node 3.0.0, in one place. A C++ exception that its glue does not expect ends the process
 * (std::terminate), so each call here is preceded by the checks that make the exception impossible. Its `readIndex` works
 * off the main thread, its destructor does not.
 */

/** A native index over inner products: on unit vectors, cosine distance. */
export function newNative(dimensions: number): HierarchicalNSW {
  return new hnswlib.HierarchicalNSW('ip', dimensions);
}

/** Bytes that an index needs in memory: vectors, links of layer 0, label, locks and look-up table; upper layers add about 1 in m. */
export function nativeBytes(count: number, { dimensions, m, storage = 'float32' }: Omit<HnswShape, 'count'>): number {
  const vector = vectorBytes(dimensions, storage);
  return Math.ceil(count * (vector + 8 * m + 140) * (1 + 0.1 / m)) + 4 * 1024 * 1024;
}

/**
 * Refuses what would not fit: a failed allocation inside the library can't be caught.
 * @throws QuartetError RETRY_LATER with both numbers
 */
export function requireMemory(bytes: number, what: string): void {
  const available = process.availableMemory();
  if (bytes <= available) return;
  const mebibytes = (value: number) => `${Math.ceil(value / 2 ** 20).toLocaleString('en')} MiB`;
  throw new QuartetError(
    'RETRY_LATER',
    `${what} needs ${mebibytes(bytes)} of memory and ${mebibytes(available)} are free; free some, or use fewer items, ` +
      'fewer dimensions or a smaller m',
  );
}

/**
 * Frees the memory of an index without waiting for the garbage collector and without stopping the event loop: reading a
 * one-point file into the object makes the reading thread destroy what was there (18 ms for 100,000 x 256 otherwise).
 * The object must not be searched afterwards.
 */
export async function releaseNative(native: HierarchicalNSW): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-index-'));
  try {
    const file = join(folder, 'one-point');
    const onePoint = newNative(1);
    onePoint.initIndex(1, 2, 1, 1);
    onePoint.addPoint([1], 0);
    onePoint.writeIndexSync(file);
    await native.readIndex(file);
  } catch {
    // No room for the little file: then on this thread.
    native.initIndex(1, 2, 1, 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
