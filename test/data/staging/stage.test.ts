import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Source } from '../../../src/data/readers/source.ts';
import { stageBeir } from '../../../src/data/staging/stage-beir.ts';
import { stageFiles } from '../../../src/data/staging/stage-files.ts';
import { Staging } from '../../../src/data/staging/staging.ts';
import type { ColumnMapping } from '../../../src/domain/imports.ts';
import { JUDGEMENTS_FILE, REPORT_FILE, ROW_COLUMNS, ROWS_FILE } from '../../../src/domain/staged-files.ts';
import { fileOf, scratch } from '../files.ts';

function rowsIn(directory: string): Record<string, string>[] {
  const lines = readFileSync(join(directory, ROWS_FILE), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, index) => [ROW_COLUMNS[index], value])));
}

function reportIn(directory: string): unknown[] {
  const lines = readFileSync(join(directory, REPORT_FILE), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

async function stage(directory: string, sources: readonly Source[], columns: ColumnMapping, strict = false) {
  const staging = new Staging({ directory, strict });
  await stageFiles(sources, columns, { format: 'auto', scratch: directory }, staging);
  return staging.finish();
}

test('good rows of several files are numbered through, bad ones reported with file, line, reason and excerpt', async (t) => {
  const directory = scratch(t);
  const one = fileOf(directory, 'one.csv', 'q,p,s\nask,answer,train\nask,,train\n');
  const two = fileOf(
    directory,
    'two.jsonl',
    '{"q":"x","p":"tab\\tback\\\\slash\\nline","s":"oops"}\n{"q":"x","p":"tab\\tback\\\\slash\\nline","s":"dev"}\n',
  );
  const staged = await stage(directory, [one, two], { query: 'q', positive: 'p', split: 's' });
  assert.deepEqual(staged, { rowsRead: 4, rowsSkipped: 2, rows: 2, judgements: 0, dimensions: null, files: [] });
  assert.deepEqual(
    rowsIn(directory).map(({ seq, item_text, query_text, split }) => [seq, item_text, query_text, split]),
    [
      ['1', 'answer', 'ask', 'TRAIN'],
      ['2', 'tab\\tback\\\\slash\\nline', 'x', 'VALIDATION'],
    ],
  );
  assert.deepEqual(reportIn(directory), [
    { file: 'one.csv', line: 3, reason: 'column "p" is empty', excerpt: '{"q":"ask","p":"","s":"train"}' },
    {
      file: 'two.jsonl',
      line: 1,
      reason: 'split "oops" is not train, validation or test',
      excerpt: '{"q":"x","p":"tab\\tback\\\\slash\\nline","s":"oops"}',
    },
  ]);
});

test('strict stops at the first bad row and says where', async (t) => {
  const directory = scratch(t);
  const source = fileOf(directory, 'x.csv', 'text\nfine\n"\0"\n');
  await assert.rejects(stage(directory, [source], { text: 'text' }, true), {
    code: 'IMPORT_FAILED',
    message: /^x\.csv line 3: column "text" contains a NUL character; nothing was imported/,
  });
});

test('a missing column ends it at once, also where only the rows tell the columns', async (t) => {
  const directory = scratch(t);
  const lines = fileOf(directory, 'x.jsonl', '{"a":1}\nnot json\n{"b":1}\n');
  await assert.rejects(stage(directory, [lines], { text: 'c' }), { code: 'BAD_INPUT', message: /it has "a", "b"$/ });
  const noise = fileOf(directory, 'n.jsonl', 'noise\n[1]\n');
  await assert.rejects(stage(directory, [noise], { text: 'c' }), {
    code: 'BAD_INPUT',
    message: /^no row of n\.jsonl can be read; line 1: ./,
  });
  const header = fileOf(directory, 'y.csv', 'a,b\n');
  await assert.rejects(stage(directory, [header], { text: 'c' }), { code: 'BAD_INPUT', message: /it has "a", "b"$/ });
  for (const [name, content] of [
    ['z.jsonl', ''],
    ['z.jsonl', '\n\n'],
    ['z.csv', ''],
    ['z.jsonl.gz', gzipSync('')],
  ] as const) {
    await assert.rejects(stage(directory, [fileOf(directory, name, content)], { text: 'a' }), {
      code: 'BAD_INPUT',
      message: new RegExp(`${name} is empty`),
    });
  }
  const headerOnly = await stage(directory, [fileOf(directory, 'h.csv', 'a\n')], { text: 'a' });
  assert.equal(headerOnly.rowsRead, 0);
});

test('a column that JSONL names only behind many rows is found', async (t) => {
  const directory = scratch(t);
  const rows = Array.from({ length: 3000 }, (_, n) =>
    JSON.stringify(n < 900 ? { text: `t${n}` } : { text: `t${n}`, label: 'x' }),
  );
  const staged = await stage(directory, [fileOf(directory, 'x.jsonl', rows.join('\n'))], {
    text: 'text',
    label: 'label',
  });
  assert.equal(staged.rows, 3000);
  assert.equal(rowsIn(directory)[2999]?.label, 'x');
});

test('a BEIR folder gives documents with titles, queries for each split that judges them, and judgements', async (t) => {
  const directory = scratch(t);
  const files = [
    fileOf(
      directory,
      'corpus.jsonl.gz',
      gzipSync(
        '{"_id":"d1","title":"Title","text":"body","metadata":{"url":"u"}}\n{"_id":"d2","text":""}\n{"text":"no id"}\n',
      ),
    ),
    fileOf(directory, 'queries.jsonl', '{"_id":"q1","text":"what?"}\n{"_id":"q2","text":"why?"}\n'),
    fileOf(directory, 'qrels/test.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t-1\nq1\td1\tx\n'),
    fileOf(directory, 'README.md', 'not data'),
  ];
  const staging = new Staging({ directory, strict: false });
  await stageBeir(files, staging);
  assert.deepEqual(staging.finish(), {
    rowsRead: 8,
    rowsSkipped: 3,
    rows: 3,
    judgements: 2,
    dimensions: null,
    files: ['qrels/test.tsv'],
  });
  const [document, query] = rowsIn(directory);
  assert.equal(document?.item_text, 'Title body');
  assert.equal(document?.metadata, '{"title":"Title","url":"u"}');
  assert.deepEqual([query?.query_ext, query?.split], ['q1', '\\N']);
  const judgements = readFileSync(join(directory, JUDGEMENTS_FILE), 'utf8');
  assert.equal(judgements, '4\t0\t2\tTEST\tq1\td1\t2\n5\t0\t3\tTEST\tq1\td2\t0\n');
  assert.deepEqual(
    reportIn(directory).map((row) => (row as { reason: string }).reason),
    ['column "text" is empty', 'column "_id" is empty', 'grade "x" is not a whole number up to 255'],
  );
});

test('a BEIR folder without corpus, queries or columns says what is missing', async (t) => {
  const directory = scratch(t);
  const staging = () => new Staging({ directory, strict: false });
  const corpus = fileOf(directory, 'corpus.jsonl', '{"_id":"d","text":"x"}');
  const qrels = fileOf(directory, 'qrels/test.tsv', 'q1 d1 1\n');
  await assert.rejects(stageBeir([qrels], staging()), { code: 'BAD_INPUT', message: /here is qrels\/test\.tsv/ });
  await assert.rejects(stageBeir([corpus, qrels], staging()), { code: 'BAD_INPUT', message: /needs queries\.jsonl/ });
  const queries = fileOf(directory, 'queries.jsonl', '{"_id":"q","text":"x"}');
  await assert.rejects(stageBeir([corpus, queries, qrels], staging()), {
    code: 'BAD_INPUT',
    message: 'qrels/test.tsv has no column "query-id"; it has "q1 d1 1"',
  });
});
