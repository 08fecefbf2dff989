import { Worker } from 'node:worker_threads';
import type { ImagePixels } from '../domain/contents.ts';
import type { Side } from '../encoders/index.ts';

/** What the thread is asked. */
export interface EncodingRequest {
  readonly id: number;
  readonly images: readonly ImagePixels[];
  readonly side: Side;
}
/** What it answers. */
export type EncodingAnswer =
  | { readonly id: number; readonly vectors: Float32Array }
  | { readonly id: number; readonly error: Error };

/**
 * An encoder of images in a thread of its own: one image takes tens of milliseconds, for which the event loop of a server must not stand
 * still. Started with the first request; a thread that dies fails what it was asked and is started anew with the next request.
 */
export class EncodingThread {
  readonly #dir: string;
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<number, { resolve(vectors: Float32Array): void; reject(error: Error): void }>();

  /** @param dir of the encoder, its files checked */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @returns shape [images, D] */
  encode(images: readonly ImagePixels[], side: Side): Promise<Float32Array> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, images, side } satisfies EncodingRequest);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./encoding-worker.ts', import.meta.url), { workerData: this.#dir });
    // A server that stops does not wait for it.
    worker.unref();
    worker.on('message', (answer: EncodingAnswer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.vectors);
    });
    const gone = (error: Error) => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on('error', gone);
    worker.on('exit', () => gone(new Error('the thread that encodes images has ended')));
    return worker;
  }
}
