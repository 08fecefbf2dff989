import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { ImageShape } from '../../domain/contents.ts';
import type { ViewThreads } from './views.ts';

/** What a thread is asked for: views of some rows of a block of images. */
export interface ViewRequest {
  readonly shape: ImageShape;
  /** All images, row by row, in memory that threads share. */
  readonly pixels: Uint8Array;
  readonly rows: Int32Array;
  readonly side: 0 | 1;
  readonly batch: number;
  readonly seed: number;
}

/** A view takes some tenths of a millisecond: more threads would only wait. */
const MOST_THREADS = 4;

/** Threads that draw views of images while the training thread is at a step. To be closed. */
export class ImageViews implements ViewThreads {
  readonly #pool: Piscina<ViewRequest, Uint8Array>;
  readonly #images: Pick<ViewRequest, 'shape' | 'pixels'>;

  /** @param images in a SharedArrayBuffer: any other would be copied with each request */
  constructor(images: Pick<ViewRequest, 'shape' | 'pixels'>) {
    this.#images = images;
    const maxThreads = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
    this.#pool = new Piscina({ filename: new URL('./image-views-worker.ts', import.meta.url).href, maxThreads });
  }

  async draw(rows: Int32Array, side: 0 | 1, batch: number, seed: number): Promise<readonly Uint8Array[]> {
    const { width, height, channels } = this.#images.shape;
    const length = width * height * channels;
    const views = await this.#pool.run({ ...this.#images, rows, side, batch, seed });
    return Array.from(rows, (_, i) => views.subarray(i * length, (i + 1) * length));
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
