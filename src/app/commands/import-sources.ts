import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { QuartetError } from '../../domain/errors.ts';

/** Something to upload: a file, or bytes made while they are sent. */
export interface ImportSource {
  /** Name that the server sees, with the ending that tells the format. */
  readonly name: string;
  /** Size, where it is known before. */
  readonly bytes: number | null;
  open(): string | AsyncIterable<Uint8Array>;
}

/** @throws QuartetError NOT_FOUND naming the path */
export async function fileSources(paths: readonly string[]): Promise<ImportSource[]> {
  return Promise.all(paths.map((path) => fileSource(path, basename(path))));
}

/**
 * The files of a BEIR folder, with their paths inside it as names.
 * @throws QuartetError NOT_FOUND naming what is missing
 */
export async function beirSources(folder: string): Promise<ImportSource[]> {
  const top = await namesIn(folder);
  const qrels = await namesIn(join(folder, 'qrels'));
  const pick = (stem: string) => {
    const name = top.find((candidate) => candidate === stem || candidate === `${stem}.gz`);
    if (name !== undefined) return name;
    throw new QuartetError('NOT_FOUND', `${folder} is no BEIR folder: it has no ${stem} (or ${stem}.gz).`);
  };
  const judgements = qrels.filter((name) => /\.tsv(\.gz)?$/.test(name)).map((name) => `qrels/${name}`);
  if (judgements.length === 0) {
    throw new QuartetError(
      'NOT_FOUND',
      `${folder} is no BEIR folder: it has no qrels/train.tsv, qrels/dev.tsv or qrels/test.tsv.`,
    );
  }
  return Promise.all(
    [pick('corpus.jsonl'), pick('queries.jsonl'), ...judgements].map((name) => fileSource(join(folder, name), name)),
  );
}

async function fileSource(path: string, name: string): Promise<ImportSource> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new QuartetError('NOT_FOUND', `There is no file ${path}.`);
  if (found.isDirectory()) {
    throw new QuartetError(
      'BAD_INPUT',
      `${path} is a folder: give its files with --file, or the folder with --beir or --code.`,
    );
  }
  return { name, bytes: found.size, open: () => path };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
