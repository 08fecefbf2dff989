import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentHash, rowMapper, type StagedRow, splitOf } from '../../../src/data/staging/row-mapper.ts';

const PAIRS = { query: 'q', positive: 'p' };
const map = (record: Record<string, unknown>, mapping = {}, columns = Object.keys(record)) =>
  rowMapper({ ...PAIRS, ...mapping }, columns, 'f.jsonl')({ q: 'ask', p: 'answer', ...record });

test('a pair becomes query, item and judgement; other columns become metadata', () => {
  const row = map({ q: 'ask', p: 'answer', c: 'x', n: null, deep: { a: [1] } }, { label: 'c' }) as StagedRow;
  assert.deepEqual(row, {
    itemId: null,
    text: 'answer',
    label: 'x',
    metadata: '{"deep":{"a":[1]}}',
    queryId: null,
    query: 'ask',
    split: null,
    grade: 1,
  });
});

test('without a mapping query and positive are taken, else text, else the columns are named', () => {
  const guess = (columns: string[]) =>
    rowMapper({}, columns, 'f')(Object.fromEntries(columns.map((name) => [name, 'test'])));
  assert.equal((guess(['query', 'positive', 'split']) as StagedRow).split, 'TEST');
  assert.equal((guess(['text', 'id']) as StagedRow).itemId, 'test');
  assert.throws(() => guess(['a', 'b']), { code: 'BAD_INPUT', message: /it has "a", "b"/ });
});

test('a column that is not there is an error that names those that are', () => {
  assert.throws(() => rowMapper(PAIRS, ['question', 'p'], 'f.csv'), {
    code: 'BAD_INPUT',
    message: 'f.csv has no column "q" (given as query); it has "question", "p"',
    field: ['input', 'columns', 'query'],
  });
  assert.throws(() => rowMapper({ query: 'q' }, ['q'], 'f'), { code: 'BAD_INPUT', message: /both query and positive/ });
  assert.throws(() => rowMapper({ ...PAIRS, text: 'p' }, ['q', 'p'], 'f'), { code: 'BAD_INPUT' });
});

test('what can not be stored is a reason, not a row', () => {
  const deep = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ q: '' }, /column "q" is empty/],
    [{ q: ' \n' }, /column "q" is empty/],
    [{ p: null }, /column "p" is empty/],
    [{ p: 'nul \0' }, /column "p" contains a NUL/],
    [{ p: 'half \ud800' }, /half of a surrogate pair/],
    [{ p: 'é'.repeat(600_000) }, /has 1200000 bytes, more than 1048576/],
    [{ p: ['list'] }, /is a list, not text/],
    [{ p: { an: 'object' } }, /is an object, not text/],
    [{ q: 'ask', p: 'answer', m: 'a\0' }, /metadata "m" contains a NUL/],
    [{ m: { 'key\0': 1 } }, /metadata "m" contains a NUL/],
    [{ m: ['\udfff'] }, /metadata "m" contains a NUL character or half/],
    [{ m: deep }, /metadata is nested deeper than 64/],
    [{ m: 'x'.repeat(1_100_000) }, /metadata has 1100008 bytes/],
  ];
  for (const [record, reason] of cases) {
    assert.match(map(record, {}, ['q', 'p', 'm']) as string, reason, JSON.stringify(record).slice(0, 60));
  }
  const escaped = map({ m: 'a backslash before u0000: \\u0000 \\ud800' }, {}, ['q', 'p', 'm']) as StagedRow;
  assert.deepEqual(JSON.parse(escaped.metadata as string), { m: 'a backslash before u0000: \\u0000 \\ud800' });
});

test('ids are text; numbers that are not exact are refused', () => {
  const id = (value: unknown) => map({ i: value }, { id: 'i' }, ['q', 'p', 'i']);
  assert.equal((id(17) as StagedRow).itemId, '17');
  assert.equal((id('') as StagedRow).itemId, null);
  assert.match(id(2 ** 60) as string, /too large to be exact; write it in quotes/);
  assert.match(id('x'.repeat(1025)) as string, /has 1025 bytes, more than 1024/);
});

test('splits go by their usual names, grades from 0 to 255', () => {
  const split = (value: unknown) => map({ s: value }, { split: 's' }, ['q', 'p', 's']);
  for (const [name, expected] of [
    ['Train', 'TRAIN'],
    [' dev ', 'VALIDATION'],
    ['VALID', 'VALIDATION'],
    ['val', 'VALIDATION'],
    ['test', 'TEST'],
  ]) {
    assert.equal((split(name) as StagedRow).split, expected);
  }
  assert.equal(split('holdout'), 'split "holdout" is not train, validation or test');
  assert.equal(split(undefined), 'split null is not train, validation or test');
  const grade = (value: unknown) => map({ g: value }, { grade: 'g' }, ['q', 'p', 'g']);
  assert.deepEqual(
    [0, '2', -2, 255].map((value) => (grade(value) as StagedRow).grade),
    [0, 2, 0, 255],
  );
  for (const value of ['', 'x', 1.5, 256, null, true]) assert.match(grade(value) as string, /is not a whole number/);
});

test('without a split column 90, 5 and 5 of 100 queries train, validate and test, always the same', () => {
  const counts = { TRAIN: 0, VALIDATION: 0, TEST: 0 };
  for (let n = 0; n < 10_000; n++) counts[splitOf(contentHash(`query ${n}`))]++;
  assert(Math.abs(counts.TRAIN - 9000) < 150 && Math.abs(counts.TEST - 500) < 100, JSON.stringify(counts));
  assert.equal(splitOf('e6666665'.padEnd(64, '0')), 'TRAIN');
  assert.equal(splitOf('e6666667'.padEnd(64, '0')), 'VALIDATION');
  assert.equal(splitOf('f3333334'.padEnd(64, '0')), 'TEST');
});
