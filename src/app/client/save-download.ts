import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { QuartetError } from '../../domain/errors.ts';
import { fsyncDir } from '../../platform/atomic-file.ts';
import { sha256File } from '../../platform/hash.ts';
import type { Connection } from './connection.ts';

export interface SavedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface SaveOptions {
  /** Default: the server's name for it, in the working folder. */
  readonly output?: string | undefined;
  readonly onBytes: (done: number, size: number) => void;
}

/** Beside the file to be: `<name>.<tag>.partial`, so that what an interrupted command left can be gone on with. */
const PARTIAL = /^(.+)\.([a-z\d-]+\.[\da-f]{64})\.partial$/;

/**
 * Fetches a file; it appears under its name whole, with the SHA-256 that the server named, or not at all.
 * @throws QuartetError RETRY_LATER when other bytes came than were announced; the file system's error
 */
export async function saveDownload(connection: Connection, url: string, options: SaveOptions): Promise<SavedFile> {
  const { output, onBytes } = options;
  const begun = output === undefined ? undefined : await partialOf(resolve(output));
  const { fileName, size, sha256, tag, offset, bytes } = await connection.download(url, begun);
  const path = resolve(output ?? basename(fileName));
  const partial = `${path}.${tag}.partial`;
  if (begun !== undefined && offset === 0) await rm(`${path}.${begun.tag}.partial`, { force: true });
  const file = await open(partial, offset === 0 ? 'w' : 'a');
  try {
    let done = offset;
    onBytes(done, size);
    for await (const piece of bytes) {
      await file.writeFile(piece);
      done += piece.length;
      onBytes(done, size);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const found = await sha256File(partial);
  if (found !== sha256) {
    await rm(partial, { force: true });
    throw new QuartetError('RETRY_LATER', `${fileName} came with SHA-256 ${found}, announced was ${sha256}; try again`);
  }
  await rename(partial, path);
  await fsyncDir(dirname(path));
  return { path, bytes: size, sha256 };
}

async function partialOf(path: string): Promise<{ offset: number; tag: string } | undefined> {
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const [, base, tag] = PARTIAL.exec(name) ?? [];
    if (base !== basename(path) || tag === undefined) continue;
    const { size } = await stat(join(dirname(path), name));
    if (size > 0) return { offset: size, tag };
  }
  return undefined;
}
