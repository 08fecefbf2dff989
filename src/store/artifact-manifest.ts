import { open, readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import { fsyncDir, writeFileAtomic } from '../platform/atomic-file.ts';
import { sha256, sha256File } from '../platform/hash.ts';

export const MANIFEST = 'MANIFEST';

/**
 * Writes a folder's MANIFEST, a line `name sha256` for every file, sorted by name, and syncs everything.
 * @returns the manifest's text, and the sum of the files' sizes
 * @throws QuartetError BAD_INPUT when there is no file, a link, or a name with a line break
 */
export async function sealFolder(dir: string): Promise<{ manifest: string; bytes: number }> {
  const names = (await filesBelow(dir)).filter((name) => name !== MANIFEST);
  if (names.length === 0) throw new QuartetError('BAD_INPUT', `${dir} has no file to make an artifact of`);
  let bytes = 0;
  const lines: string[] = [];
  for (const name of names) {
    if (/[\r\n]/.test(name))
      throw new QuartetError('BAD_INPUT', `a line break in the file name ${JSON.stringify(name)}`);
    const path = join(dir, name);
    const file = await open(path, 'r');
    try {
      await file.sync();
      bytes += (await file.stat()).size;
    } finally {
      await file.close();
    }
    lines.push(`${name} ${await sha256File(path)}\n`);
  }
  const manifest = lines.join('');
  await writeFileAtomic(join(dir, MANIFEST), manifest);
  const folders = new Set(names.map((name) => join(dir, name, '..')));
  for (const folder of folders) await fsyncDir(folder);
  return { manifest, bytes };
}

/** Reads every byte below `path`. @returns what differs from the manifest, or its own hash from `address`; undefined when nothing does */
export async function findFault(path: string, address: string): Promise<string | undefined> {
  const manifest = await readFile(join(path, MANIFEST), 'utf8').catch(() => undefined);
  if (manifest === undefined) return `${MANIFEST} is missing`;
  if (sha256(manifest) !== address) return `${MANIFEST} has another hash`;
  const listed = new Map(manifestEntries(manifest).map(({ name, sha256: hash }) => [name, hash]));
  for (const name of await filesBelow(path)) {
    if (name !== MANIFEST && !listed.has(name)) return `${name} does not belong to it`;
  }
  for (const [name, hash] of listed) {
    const found = await sha256File(join(path, name)).catch(() => undefined);
    if (found === undefined) return `${name} is missing`;
    if (found !== hash) return `${name} has another hash`;
  }
  return undefined;
}

/** The files that a manifest lists. */
export function manifestEntries(manifest: string): { readonly name: string; readonly sha256: string }[] {
  const lines = manifest.split('\n').filter((line) => line !== '');
  return lines.map((line) => ({ name: line.slice(0, -65), sha256: line.slice(-64) }));
}

export async function readManifestEntries(dir: string): Promise<ReturnType<typeof manifestEntries>> {
  return manifestEntries(await readFile(join(dir, MANIFEST), 'utf8'));
}

/** Names of all files, relative, with `/`, sorted by code unit so that the order is the same everywhere. */
async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const name = join(entry.parentPath, entry.name).slice(dir.length).split(sep).filter(Boolean).join('/');
    if (!entry.isFile()) throw new QuartetError('BAD_INPUT', `${name} in ${dir} is neither a file nor a folder`);
    names.push(name);
  }
  return names.sort();
}
