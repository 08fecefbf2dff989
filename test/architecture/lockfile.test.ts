import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const packages = (JSON.parse(text) as { packages: Record<string, Entry> }).packages;
const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;

test('the lockfile names no registry', () => {
  const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
  assert.deepEqual(resolved, []);
});

test('the lockfile holds the optional packages of every platform', () => {
  // A registry mirror that lacks other platforms' binaries makes npm leave them out, and then `npm ci` fails everywhere.
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !folders(path).some((folder) => `${folder}node_modules/${name}` in packages),
    ),
  );
  assert.deepEqual(missing, []);
});

test('dependencies have exact versions', () => {
  const all = { ...(manifest.dependencies as object), ...(manifest.devDependencies as object) };
  assert.deepEqual(
    Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+/.test(String(version))),
    [],
  );
});

/** Where Node looks for a package needed at `path`: there and in each folder around it. */
function folders(path: string): string[] {
  const parts = path.split('/node_modules/');
  return ['', ...parts.map((_, i) => `${parts.slice(0, i + 1).join('/node_modules/')}/`)];
}
