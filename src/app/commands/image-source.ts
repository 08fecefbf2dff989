import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { MAX_IMAGE_BYTES } from '../../data/limits.ts';
import { splitLines } from '../../data/readers/lines.ts';
import { readBytes } from '../../data/readers/source.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { ImportSource } from './import-sources.ts';

/*
 * Images are sent as JSON lines with base64, made while they are sent: the server may be elsewhere and never sees a path of this machine.
 */

/** Which column of a folder's lines holds what. */
export const FOLDER_COLUMNS = { image: 'image', label: 'label', id: 'file' } as const;

/**
 * A folder with a folder of files for each class; files that lie in none have no label. In the order of their paths.
 * @throws QuartetError NOT_FOUND, BAD_INPUT for what is no folder; IMPORT_FAILED, while reading, when it holds no file
 */
export async function folderSource(folder: string): Promise<ImportSource> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) throw new QuartetError('NOT_FOUND', `There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new QuartetError('BAD_INPUT', `${folder} is a file; --images takes a folder.`);
  return { name: 'images.jsonl', bytes: null, open: () => folderLines(folder) };
}

async function* folderLines(folder: string): AsyncGenerator<Buffer> {
  const names = await readdir(folder, { recursive: true });
  let count = 0;
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (basename(name).startsWith('.') || !(await stat(path)).isFile()) continue;
    const parts = name.split(sep);
    // Null, not absent, so that a folder without classes has the column too.
    const label = parts.length > 1 ? parts[0] : null;
    count++;
    // The image last: a report shows how a row begins.
    yield line({ file: parts.join('/'), label, image: await base64Of(path) });
  }
  if (count === 0) throw new QuartetError('IMPORT_FAILED', `There is no file below ${folder}.`);
}

/**
 * JSON lines in which a column names image files, by paths relative to the file: each is sent with the image in its place. What is no path of
 * a file stays as it is.
 */
export function inlinedSource(path: string, column: string): ImportSource {
  return { name: basename(path).replace(/\.gz$/, ''), bytes: null, open: () => inlinedLines(path, column) };
}

async function* inlinedLines(path: string, column: string): AsyncGenerator<Buffer> {
  for await (const lines of splitLines(readBytes({ name: basename(path), path }))) {
    for (const { bytes, tooLong } of lines) {
      const record = tooLong ? null : objectOf(bytes);
      const named = record === null ? undefined : record[column];
      const file = typeof named === 'string' && named.length < 4096 ? resolve(dirname(path), named) : null;
      const isFile = file !== null && (await stat(file).catch(() => undefined))?.isFile() === true;
      if (isFile) yield line({ ...record, [column]: await base64Of(file) });
      // With its line break, so that the report counts the lines as the file has them.
      else yield Buffer.concat([bytes, Buffer.from('\n')]);
    }
  }
}

function objectOf(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** What can't be an image comes as words in its place, which the server then reports with the file's name. */
async function base64Of(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_IMAGE_BYTES) return `a file of ${size} bytes`;
    return (await readFile(path)).toString('base64');
  } catch (error) {
    return (error as Error).message;
  }
}

function line(record: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(`${JSON.stringify(record)}\n`);
}
