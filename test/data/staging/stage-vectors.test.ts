import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stageFiles } from '../../../src/data/staging/stage-files.ts';
import { Staging } from '../../../src/data/staging/staging.ts';
import type { ColumnMapping } from '../../../src/domain/imports.ts';
import { REPORT_FILE, ROW_COLUMNS, ROWS_FILE } from '../../../src/domain/staged-files.ts';
import { fileOf, scratch } from '../files.ts';

const GOOD = [
  [0.25, -2, 3e-5, 4],
  [1, 0, 0, -0.5],
];

/** Stages one file of vectors. @returns the vectors of the rows taken, their labels, and why others were skipped */
async function staged(directory: string, name: string, content: string | Uint8Array, columns: ColumnMapping = {}) {
  const staging = new Staging({ directory, strict: false });
  await stageFiles(
    [fileOf(directory, name, content)],
    columns,
    { format: 'auto', scratch: directory },
    staging,
    'VECTOR',
  );
  const { dimensions } = staging.finish();
  const lines = (file: string) => readFileSync(join(directory, file), 'utf8').split('\n').slice(0, -1);
  const rows = lines(ROWS_FILE).map((line) => {
    const values = line.split('\t');
    const column = (of: (typeof ROW_COLUMNS)[number]) => values[ROW_COLUMNS.indexOf(of)] as string;
    return { vector: vectorOf(column('item_data')), query: column('query_data'), label: column('label') };
  });
  const skipped = lines(REPORT_FILE).map((line) => `${JSON.parse(line).line}: ${JSON.parse(line).reason}`);
  return { dimensions, rows, skipped };
}

/** Of COPY's text of a bytea. */
function vectorOf(text: string): number[] {
  const bytes = Uint8Array.from(Buffer.from(text.replace(/^\\+x/, ''), 'hex'));
  return Array.from(new Float32Array(bytes.buffer));
}

const asFloat32 = (vectors: readonly number[][]) => vectors.map((vector) => Array.from(Float32Array.from(vector)));

const [NOT_FINITE, EMPTY] = [/at 1 that is not finite as float32$/, / (is empty|is a vector without a number)$/];
const RAGGED = [/the vector has 3 numbers, those of this dataset have 4$/, NOT_FINITE, EMPTY];
const FIXED = [EMPTY, NOT_FINITE, EMPTY];

test('vectors of a CSV file come as JSON, with separators, or as base64; ragged, NaN and empty ones are skipped', async (t) => {
  const base64 = (vector: readonly number[]) => Buffer.from(Float32Array.from(vector).buffer).toString('base64');
  const writings: [string, (vector: readonly number[]) => string][] = [
    ['JSON', (vector) => `"[${vector.join(', ')}]"`],
    ['with spaces', (vector) => vector.join(' ')],
    ['as numpy prints it', (vector) => `[ ${vector.map((n) => (Number.isInteger(n) ? `${n}.` : n)).join('  ')}]`],
    ['an array of PostgreSQL', (vector) => `"{${vector.join(',')}}"`],
    ['base64', base64],
  ];
  for (const [name, written] of writings) {
    const vectors = [...GOOD, [1, 2, 3], [1, Number.NaN, 3, 4]].map(written);
    const csv = ['vector,label', ...vectors.map((vector, i) => `${vector},l${i}`), ',l4'].join('\n');
    const { dimensions, rows, skipped } = await staged(scratch(t), 'v.csv', csv);
    assert.equal(dimensions, 4, name);
    assert.deepEqual(
      rows.map(({ vector }) => vector),
      asFloat32(GOOD),
      name,
    );
    assert.deepEqual(
      rows.map(({ label }) => label),
      ['l0', 'l1'],
    );
    // Lines of a file with a header.
    assert.deepEqual(
      skipped.map((reason) => reason.slice(0, 2)),
      ['4:', '5:', '6:'],
    );
    for (const [i, reason] of skipped.entries()) assert.match(reason, RAGGED[i] as RegExp, name);
  }
});

// Five rows by pyarrow: two good vectors, a shorter one, one with NaN, an empty one. Lists of a fixed length have null for the two that do not fit.
const ARROW = readFileSync(new URL('../readers/parquet/arrow-vectors.parquet', import.meta.url));

for (const column of ['floats', 'doubles', 'halves', 'fixed', 'json', 'raw']) {
  test(`vectors of a Parquet file come from ${column}; ragged, NaN and empty ones are skipped`, async (t) => {
    const columns = { vector: column, label: 'label' };
    const { dimensions, rows, skipped } = await staged(scratch(t), 'v.parquet', ARROW, columns);
    assert.equal(dimensions, 4);
    assert.deepEqual(
      rows.map(({ vector }) => vector),
      // A half has no 3e-5.
      asFloat32(
        column === 'halves'
          ? [
              [0.25, -2, 0.5, 4],
              [1, 0, 0, -0.5],
            ]
          : GOOD,
      ),
    );
    assert.deepEqual(
      rows.map(({ label }) => label),
      ['l0', 'l1'],
    );
    assert.equal(skipped.length, 3);
    for (const [i, reason] of skipped.entries())
      assert.match(reason, (column === 'fixed' ? FIXED : RAGGED)[i] as RegExp);
  });
}
