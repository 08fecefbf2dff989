import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRows } from '../../data/readers/index.ts';
import { QuartetError } from '../../domain/errors.ts';
import { CODE_COLUMNS, codeSource } from '../commands/code-source.ts';
import { beirSources, fileSources, type ImportSource } from '../commands/import-sources.ts';
import { guessColumns } from './guess-columns.ts';
import type { Question } from './questions.ts';

/** What a demo trains on, and what it asks afterwards. */
export interface DemoCorpus {
  readonly datasetName: string;
  /** One line for people. */
  readonly origin: string;
  readonly sources: readonly ImportSource[];
  /** Fields of ImportDatasetInput. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Null: queries of the dataset's own TEST split are asked. */
  readonly questions: readonly Question[] | null;
  readonly epochs: number;
}

/** Rows looked at to find the columns of a user's file. */
const SAMPLE_ROWS = 500;

/** Answered by Node.js, p-limit, Luxon, TensorFlow.js and D3, whose declarations are always installed here. */
const QUESTIONS = [
  'create a temporary directory',
  'limit the number of concurrent tasks',
  'difference between two dates',
  'multiply two matrices',
  'make a color darker',
];
/** Answered by Node.js, lodash and D3. */
const QUICK_QUESTIONS = [
  'create a temporary directory',
  'compress data with gzip',
  'verify a digital signature',
  'pad the start of a string',
  'make a color darker',
];

/** Documentation comments and their declarations from this project's own installed packages: real, and there on every machine. */
export async function packagesCorpus(quick: boolean): Promise<DemoCorpus> {
  const folder = fileURLToPath(
    new URL(quick ? '../../../node_modules/@types' : '../../../node_modules', import.meta.url),
  );
  return {
    datasetName: quick ? 'demo-quick' : 'demo',
    origin: `documentation comments and the declarations they describe, from ${quick ? 'node_modules/@types' : 'node_modules'}`,
    sources: [await codeSource(folder)],
    input: { format: 'JSONL', columns: CODE_COLUMNS },
    questions: (quick ? QUICK_QUESTIONS : QUESTIONS).map((text) => ({ text, answers: [] })),
    epochs: quick ? 4 : 6,
  };
}

/**
 * The user's own file or BEIR folder.
 * @throws QuartetError NOT_FOUND, UNSUPPORTED_FORMAT, BAD_INPUT when no pair of columns can be told
 */
export async function ownCorpus(path: string, quick: boolean): Promise<DemoCorpus> {
  const common = { datasetName: `demo-${basename(path).split('.')[0]}`, questions: null, epochs: quick ? 4 : 10 };
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true) {
    return { ...common, origin: `BEIR folder ${path}`, sources: await beirSources(path), input: { format: 'BEIR' } };
  }
  const sources = await fileSources([path]);
  const columns = guessColumns(await firstRows(path));
  const split = columns.split === undefined ? '' : `, "${columns.split}" says train or test`;
  return {
    ...common,
    origin: `${path}: column "${columns.query}" asks, "${columns.positive}" answers${split}`,
    sources,
    input: { columns },
  };
}

async function firstRows(path: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const scratch = await mkdtemp(join(tmpdir(), 'quartet-demo-'));
  try {
    for await (const batch of readRows({ name: basename(path), path }, { format: 'auto', scratch })) {
      for (const { record } of batch.rows) if (record !== null) rows.push(record);
      if (rows.length >= SAMPLE_ROWS) break;
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  if (rows.length === 0) throw new QuartetError('IMPORT_FAILED', `${path} has no row that can be read.`);
  return rows.slice(0, SAMPLE_ROWS);
}
