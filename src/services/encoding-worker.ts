import { parentPort, workerData } from 'node:worker_threads';
import { loadEncoder } from '../encoders/index.ts';
import type { EncodingAnswer, EncodingRequest } from './encoding-thread.ts';

/* The thread of EncodingThread. Loads its encoder once, then answers in the order of requests. */

const loading = loadEncoder(workerData as string);
// Whoever asks gets the error.
loading.catch(() => {});

parentPort?.on('message', async ({ id, images, side }: EncodingRequest) => {
  let answer: EncodingAnswer;
  try {
    answer = { id, vectors: (await loading).encode(images, side) };
  } catch (error) {
    answer = { id, error: error as Error };
  }
  parentPort?.postMessage(answer);
});
