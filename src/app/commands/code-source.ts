import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { QuartetError } from '../../domain/errors.ts';
import type { ImportSource } from './import-sources.ts';

/** Which column of a code source holds what; name, kind, file and line become metadata. */
export const CODE_COLUMNS = { query: 'doc', positive: 'declaration' } as const;

/**
 * Documentation comment -> declaration pairs of a folder, extracted here and sent as gzipped JSON lines while they are
 * found: the server may be elsewhere and never sees the folder.
 * @param limit pairs taken at most
 * @throws QuartetError NOT_FOUND, BAD_INPUT for what is no folder; IMPORT_FAILED, while reading, when it holds no pair
 */
export async function codeSource(folder: string, limit = Number.POSITIVE_INFINITY): Promise<ImportSource> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) throw new QuartetError('NOT_FOUND', `There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new QuartetError('BAD_INPUT', `${folder} is a file; --code takes a folder.`);
  return {
    name: 'code.jsonl.gz',
    bytes: null,
    open: () => pipeline(Readable.from(lines(folder, limit)), createGzip({ level: 1 }), () => {}),
  };
}

async function* lines(folder: string, limit: number): AsyncGenerator<string> {
  let block = '';
  let count = 0;
  // Loads a native parser, which no other command needs.
  const { codePairs } = await import('../../data/code/pairs.ts');
  for (const pair of codePairs(folder)) {
    block += `${JSON.stringify(pair)}\n`;
    count += 1;
    if (block.length > 65_536) {
      yield block;
      block = '';
      // Reading and parsing block; this lets the bytes go out.
      await nextTurn();
    }
    if (count >= limit) break;
  }
  if (count === 0) throw new QuartetError('IMPORT_FAILED', `No documented declaration was found below ${folder}.`);
  if (block !== '') yield block;
}
