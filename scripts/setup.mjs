#!/usr/bin/env node
/*
 * Makes a checkout ready to run: packages, Node 24, native addons, database client, tensor backend. Every npm script begins
 * with it, so it is instant when nothing has changed: it then reads four small files. Plain JavaScript for the Node
 * that the machine has, 20 or newer. Says what it does on standard error; standard output belongs to the script after it.
 *
 *   --retry    also tries again for native TensorFlow where an earlier set-up had to settle for wasm (`npm run setup`)
 *
 * QUARTET_CACHE     folder for what is built once per machine (default $XDG_CACHE_HOME/quartet, ~/.cache/quartet)
 * QUARTET_CXXFLAGS  flags for hnswlib (default -O3 -march=native; set -O3 -march=x86-64-v2 for an image that travels)
 * QUARTET_PYTHON    Python whose pip fetches TensorFlow (default python3)
 */
import { pending } from './setup/stamp.mjs';

const retry = process.argv.includes('--retry');
if (pending({ retry }).length > 0) {
  const { setUp } = await import('./setup/set-up.mjs');
  process.exitCode = await setUp({ retry });
}
