import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect, inspectShape } from './inspect.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function read(pattern: string): Map<string, string> {
  // The database client is not ours to shape, and is there only after a set-up.
  const paths = globSync(pattern, { cwd: root, exclude: ['src/store/generated'] }).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

test('src keeps to the import table', () => {
  const sources = read('src/**/*.{ts,mts,tsx}');
  assert.ok(sources.size > 20, 'the sources were found');
  assert.deepEqual(inspect(sources), []);
});

test('tests, benchmarks and scripts have short files with names that say something', () => {
  const sources = read('{test,bench,scripts}/**/*.{ts,mjs}');
  assert.deepEqual(
    [...sources].flatMap(([path, source]) => inspectShape(path, source.trimEnd().split('\n').length)),
    [],
  );
});
