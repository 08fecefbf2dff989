import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ByteWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData } from 'hyparquet-writer';
import { detectFormat, readRows } from '../../../src/data/readers/index.ts';
import { collect, fileOf, scratch, shown } from '../files.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => value.isWellFormed());

test('a page that unpacks to more than it says is refused, before it is all there', async (t) => {
  const bomb = gzipSync(Buffer.alloc(200 << 20));
  const bytes = parquetWriteBuffer({
    columnData: [{ name: 'text', data: ['a', 'b'], type: 'STRING' }],
    codec: 'GZIP',
    compressors: { GZIP: () => new Uint8Array(bomb) },
  });
  const source = fileOf(scratch(t), 'bomb.parquet', Buffer.from(bytes));
  await assert.rejects(collect(readRows(source, { format: 'auto', scratch: scratch(t) })), {
    code: 'IMPORT_FAILED',
    message: /bomb\.parquet can not be read as Parquet/,
  });
});

test('a row group that is too large, or says so, is refused before it is read', async (t) => {
  const columnData = [{ name: 'text', data: ['a', 'b'], type: 'STRING' as const }];
  for (const lie of [{ total_byte_size: 5n * 2n ** 30n }, { num_rows: 10n ** 9n }]) {
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({ writer: bytes, schema: schemaFromColumnData({ columnData }) });
    writer.write({ columnData, rowGroupSize: 2 });
    Object.assign((writer as unknown as { row_groups: object[] }).row_groups[0] as object, lie);
    writer.finish();
    const source = fileOf(scratch(t), 'group.parquet', Buffer.from(bytes.getBytes()));
    await assert.rejects(collect(readRows(source, { format: 'auto', scratch: scratch(t) })), {
      code: 'IMPORT_FAILED',
      message: /a row group of \d+ bytes and \d+ rows; write row groups of up to/,
    });
  }
});

test('a small file whose rows share one long text, or that has a run of numbers without end, is refused', async (t) => {
  const read = (bytes: Uint8Array) =>
    collect(readRows(fileOf(scratch(t), 'shared.parquet', bytes), { format: 'auto', scratch: scratch(t) }));
  const refused = {
    code: 'IMPORT_FAILED',
    message: /shared\.parquet can not be read as Parquet: rows that come to more than 300 times its \d+ bytes/,
  };
  const texts = (count: number, one: string) =>
    new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'text', data: Array(count).fill(one), type: 'STRING' }] }),
    );
  await assert.rejects(read(texts(400, 'a'.repeat(200_000))), refused);
  assert.equal((await read(texts(50_000, 'the same'))).length, 50_000, 'many rows of a short text are no such file');

  const columnData = [{ name: 'count', data: [1, 2], type: 'INT32' as const }];
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaFromColumnData({ columnData }) });
  writer.write({ columnData, rowGroupSize: 2 });
  const [group] = (writer as unknown as { row_groups: { columns: { meta_data: object }[] }[] }).row_groups;
  Object.assign(group?.columns[0]?.meta_data as object, { num_values: 10n ** 10n });
  writer.finish();
  await assert.rejects(read(new Uint8Array(bytes.getBytes())), refused);
});

test('rows come back row group by row group, packed in any way', async (t) => {
  const directory = scratch(t);
  let number = 0;
  const value = fc.record({ text, count: fc.integer({ min: -1000, max: 1000 }), flag: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 25 }),
      fc.constantFrom('UNCOMPRESSED', 'SNAPPY'),
      fc.boolean(),
      async (rows, codec, gzip) => {
        const bytes = Buffer.from(
          parquetWriteBuffer({
            columnData: [
              { name: 'text', data: rows.map((row) => row.text), type: 'STRING' },
              { name: 'count', data: rows.map((row) => row.count), type: 'INT32' },
              { name: 'flag', data: rows.map((row) => row.flag), type: 'BOOLEAN' },
            ],
            codec: codec as 'SNAPPY',
            rowGroupSize: 10,
          }),
        );
        const source = fileOf(directory, `${number++}`, gzip ? gzipSync(bytes) : bytes);
        assert.equal(await detectFormat(source), 'parquet');
        const sizes: number[] = [];
        const read = [];
        for await (const batch of readRows(source, { format: 'auto', scratch: directory })) {
          assert.deepEqual(batch.columns, ['text', 'count', 'flag']);
          sizes.push(batch.rows.length);
          read.push(...batch.rows);
        }
        assert(Math.max(...sizes) <= 10);
        assert.deepEqual(
          shown(read).map((row) => ({ ...(row as object) })),
          rows.map((row) => ({ ...row })),
        );
        assert.deepEqual(
          read.map(({ line }) => line),
          rows.map((_, index) => index + 1),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('large integers stay exact, dates and bytes become text, malformed strings are bad rows', async (t) => {
  const directory = scratch(t);
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'big', data: [1n, 9_007_199_254_740_993n], type: 'INT64' },
      { name: 'when', data: [new Date(0), new Date(86_400_000)], type: 'TIMESTAMP' },
      { name: 'raw', data: [Uint8Array.of(0xff), Uint8Array.of(0x61)], type: 'BYTE_ARRAY' },
    ],
  });
  const rows = await collect(
    readRows(fileOf(directory, 'a.parquet', Buffer.from(bytes)), { format: 'auto', scratch: directory }),
  );
  assert.deepEqual(
    shown(rows).map((row) => ({ ...(row as object) })),
    [
      { big: 1, when: '1970-01-01T00:00:00.000Z', raw: '/w==' },
      { big: '9007199254740993', when: '1970-01-02T00:00:00.000Z', raw: 'a' },
    ],
  );
  const good = Buffer.from(
    parquetWriteBuffer({ columnData: [{ name: 's', data: ['aaaa', 'zzzz'], type: 'STRING' }], codec: 'UNCOMPRESSED' }),
  );
  for (let at = good.indexOf('zzzz'); at !== -1; at = good.indexOf('zzzz', at + 4)) good[at] = 0xff;
  const malformed = await collect(
    readRows(fileOf(directory, 'b.parquet', good), { format: 'auto', scratch: directory }),
  );
  assert.deepEqual(
    shown(malformed).map((row) => (typeof row === 'string' ? row : { ...(row as object) })),
    [{ s: 'aaaa' }, '2: column "s" is not valid UTF-8'],
  );
});

test('lists, dates, decimals, structs and columns of nulls come back from files that Arrow wrote, by any codec', async (t) => {
  // Two rows each, written by pyarrow: this project's own writer makes neither these types nor these codecs.
  for (const codec of ['lz4', 'zstd', 'gzip', 'brotli']) {
    const bytes = readFileSync(new URL(`parquet/arrow-${codec}.parquet`, import.meta.url));
    const source = fileOf(scratch(t), 'arrow.parquet', bytes);
    const rows = shown(await collect(readRows(source, { format: 'auto', scratch: scratch(t) })));
    assert.deepEqual(JSON.parse(JSON.stringify(rows)), [
      {
        ...{ id: 'a', tags: ['x', 'y'], day: '2024-01-01T00:00:00.000Z', price: 1.25, place: { x: 1, name: 'w' } },
        ...{ kind: 'k', none: null, raw: 'AAE=' },
      },
      { id: 'b', tags: [], day: null, price: null, place: null, kind: 'k', none: null, raw: 'text' },
    ]);
  }
});

test('a truncated file is an error that names it', async (t) => {
  const directory = scratch(t);
  const columnData = [
    { name: 'text', data: Array.from({ length: 100 }, (_, n) => `text ${n}`), type: 'STRING' as const },
  ];
  const good = Buffer.from(parquetWriteBuffer({ columnData }));
  for (const length of [4, 20, good.length - 5]) {
    const source = fileOf(directory, 'cut.parquet', good.subarray(0, length));
    await assert.rejects(collect(readRows(source, { format: 'parquet', scratch: directory })), {
      code: 'IMPORT_FAILED',
      message: /cut\.parquet can not be read as Parquet/,
    });
  }
});

test('formats are told by content, then by name', async (t) => {
  const directory = scratch(t);
  const detect = (name: string, content: string) => detectFormat(fileOf(directory, name, content));
  assert.equal(await detect('a.csv', '{"looks": "like json"}'), 'csv');
  assert.equal(await detect('a.TSV.gz', gzipSync('a\tb').toString('latin1')), 'tsv');
  assert.equal(await detect('noname', '\ufeff {"a":1}'), 'jsonl');
  assert.equal(await detect('noname', 'a,b\n1,2'), 'csv');
  assert.equal(await detect('noname', 'a\tb\n1,2'), 'tsv');
  for (const [name, content, message] of [
    ['a.xlsx', 'PK\u0003\u0004', /ZIP archive or a spreadsheet/],
    ['a.json', '[{"a":1}]', /one JSON array/],
    ['a', 'plain prose', /--format/],
  ] as const) {
    await assert.rejects(detect(name, content), { code: 'UNSUPPORTED_FORMAT', message });
  }
});
