import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildClient } from '../../scripts/build-client.mjs';
import * as source from '../../src/client/index.ts';

test('one module for browsers holds the client and graphql-ws, asks for nothing else, and is small', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-bundle-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'client.mjs');
  const { inputs, outputs } = await buildClient(file);
  const strangers = Object.keys(inputs).filter((path) => !/(^|\/)(src\/client|node_modules\/graphql-ws)\//.test(path));
  assert.deepEqual(strangers, []);
  assert.deepEqual(
    Object.values(outputs).flatMap(({ imports }) => imports),
    [],
  );
  const text = await readFile(file);
  assert.doesNotMatch(text.toString(), /node:|require\(/);
  t.diagnostic(`${text.length} bytes, ${gzipSync(text).length} gzipped`);
  assert.ok(gzipSync(text).length < 40_000, 'gzipped it stays below 40 kB');
  const bundled = await import(pathToFileURL(file).href);
  assert.deepEqual(Object.keys(bundled).sort(), Object.keys(source).sort());
});

test('`quartet/client` leads to the bundle, its types to the source', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.deepEqual(manifest.exports['./client'], { types: './src/client/index.ts', default: './dist/client.js' });
  assert.match(createRequire(import.meta.url).resolve('quartet/client'), /dist\/client\.js$/);
});
