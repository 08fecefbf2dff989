import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readCsv } from '../../../src/data/readers/csv.ts';
import { parseRecord } from '../../../src/data/readers/csv-fields.ts';
import { collect, fileOf, scratch, shown } from '../files.ts';

const COMMA = 44;
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
const field = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', '\n', '\r\n', ' ', '\t', ';'), maxLength: 6 });

test('rows come back as they were written: quotes, separators and line ends within fields', async (t) => {
  const directory = scratch(t);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field, field), { maxLength: 12 }),
      fc.constantFrom(',', ';', '\t'),
      fc.record({
        gzip: fc.boolean(),
        crlf: fc.boolean(),
        bom: fc.boolean(),
        always: fc.boolean(),
        last: fc.boolean(),
      }),
      async (rows, separator, { gzip, crlf, bom, always, last }) => {
        const write = (value: string) =>
          always || /["\r\n]/.test(value) || value.includes(separator) || value === '' ? quoted(value) : value;
        const end = crlf ? '\r\n' : '\n';
        const lines = [['x', 'y', 'z'], ...rows].map((values) => values.map(write).join(separator));
        const text = (bom ? '\ufeff' : '') + lines.join(end) + (last ? end : '');
        const source = fileOf(directory, `${number++}`, gzip ? gzipSync(text) : text);
        const read = await collect(readCsv(source, separator));
        assert.deepEqual(
          shown(read),
          rows.map(([x, y, z]) => ({ x, y, z })),
        );
        const starts = lines.map(
          (_, index) => lines.slice(0, index).join('\n').split('\n').length + (index === 0 ? 0 : 1),
        );
        assert.deepEqual(
          read.map(({ line }) => line),
          starts.slice(1),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('any text gives the fields that csv-parse gives, where that takes it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n'), maxLength: 24 });
  let compared = 0;
  fc.assert(
    fc.property(text, (made) => {
      let oracle: string[][];
      try {
        oracle = parse(made, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
      } catch {
        return; // strictly wrong, and what to make of it is our decision
      }
      const buffer = Buffer.from(made);
      const found: string[][] = [];
      for (let at = 0; at < buffer.length; ) {
        const record = parseRecord(buffer, at, COMMA, true);
        assert(record.kind === 'record');
        found.push(record.fields.map(String));
        at += record.bytes;
        // What is not final has to say that it can't tell, or the same.
        for (let size = at - record.bytes; size < at; size++) {
          assert.equal(parseRecord(buffer.subarray(0, size), at - record.bytes, COMMA, false).kind, 'incomplete');
        }
      }
      compared++;
      assert.deepEqual(found, oracle);
    }),
    { numRuns: 3000 },
  );
  assert(compared > 500, `${compared} texts were compared`);
});

test('wrong rows are told with the line where they begin, and reading goes on behind them', async (t) => {
  const text = [
    'id,text',
    '1,ok',
    '2,too,many',
    '',
    '3',
    '4,"two',
    'lines"',
    '5,5" pipe',
    '6,"so" he said',
    '7,trailing,,',
    '8,"never closed',
    '9,last',
  ].join('\r\n');
  const rows = await collect(readCsv(fileOf(scratch(t), 'x.csv', text)));
  assert.deepEqual(shown(rows), [
    { id: '1', text: 'ok' },
    '3: 3 fields where the header has 2',
    '5: 1 fields where the header has 2',
    { id: '4', text: 'two\r\nlines' },
    { id: '5', text: '5" pipe' },
    { id: '6', text: '"so" he said' },
    { id: '7', text: 'trailing' },
    '11: a quoted field begins here and does not end before the end of the file',
    { id: '9', text: 'last' },
  ]);
  assert.deepEqual(
    rows.map(({ line }) => line),
    [2, 3, 5, 6, 8, 9, 10, 11, 12],
  );
});

test('a row beyond the limit is a bad row, on one line or in an open quote', async (t) => {
  const directory = scratch(t);
  const long = 'x'.repeat(3_000_000);
  const one = fileOf(directory, 'one.csv', `id\n1\n${long}\n2\n`);
  assert.deepEqual(shown(await collect(readCsv(one, ',', 1000))), [
    { id: '1' },
    '3: the row is longer than 1000 bytes',
    { id: '2' },
  ]);
  const open = fileOf(directory, 'open.csv', `id\n"1\n${'2\n'.repeat(100_000)}`);
  const rows = await collect(readCsv(open, ',', 1000));
  assert.equal(rows[0]?.reason, 'a quoted field begins here and does not end within 1000 bytes');
  assert.equal(rows.length, 100_001);
  assert.equal(rows.at(-1)?.line, 100_002);
});

test('malformed bytes are a bad row; a header twice, or none, is an error', async (t) => {
  const directory = scratch(t);
  const bytes = Buffer.concat([Buffer.from('a\nx'), Buffer.from([0xc3]), Buffer.from('\ny\n')]);
  assert.deepEqual(shown(await collect(readCsv(fileOf(directory, 'b', bytes)))), ['2: not valid UTF-8', { a: 'y' }]);
  await assert.rejects(collect(readCsv(fileOf(directory, 'c.csv', 'a,b,a\n1,2,3\n'))), {
    code: 'BAD_INPUT',
    message: /c\.csv has two columns called "a"/,
  });
  await assert.rejects(collect(readCsv(fileOf(directory, 'd.csv', ''))), {
    code: 'BAD_INPUT',
    message: /d\.csv is empty/,
  });
  assert.deepEqual(await collect(readCsv(fileOf(directory, 'e.csv', 'a,b\n'))), []);
  await assert.rejects(collect(readCsv(fileOf(directory, 'f.csv', 'a'), '""')), { code: 'BAD_INPUT' });
});

test('the dialect is told from the header: its delimiter, and lines that end with a lone CR', async (t) => {
  const directory = scratch(t);
  let number = 0;
  const read = async (text: string) => shown(await collect(readCsv(fileOf(directory, `${number++}`, text))));
  const rows = [
    { a: '1', b: 'x, y' },
    { a: '2', b: 'z' },
  ];
  for (const delimiter of [';', '\t', '|']) {
    for (const end of ['\n', '\r\n', '\r']) {
      assert.deepEqual(await read(['a,b', '1,"x, y"', '2,z'].join(end)), rows);
      assert.deepEqual(await read(['a,b', '1,x', '2,z'].join(end).replaceAll(',', delimiter)), [
        { a: '1', b: 'x' },
        { a: '2', b: 'z' },
      ]);
      assert.deepEqual(await read([`"a"${delimiter}"b"`, `1${delimiter}x, y`, `2${delimiter}z`].join(end)), rows);
    }
  }
  assert.deepEqual(await read('a (x;y),b\n1,2\n'), [{ 'a (x;y)': '1', b: '2' }]);
  assert.deepEqual(await read('"a,\n;",b\n1,2\n'), [{ 'a,\n;': '1', b: '2' }]);
  assert.deepEqual(await read('"p,q";r\n1;2\n'), [{ 'p,q': '1', r: '2' }]);
  assert.deepEqual(await read('one\nx;y\n'), [{ one: 'x;y' }]);
});
