import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readJsonl } from '../../../src/data/readers/jsonl.ts';
import { splitLines } from '../../../src/data/readers/lines.ts';
import { collect, fileOf, scratch, shown } from '../files.ts';

test('JSON objects come back, gzipped or not, whatever their strings hold', async (t) => {
  const directory = scratch(t);
  const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { maxKeys: 4, noNullPrototype: true });
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(object, { maxLength: 20 }), fc.boolean(), fc.boolean(), async (objects, gzip, crlf) => {
      const text = objects.map((value) => JSON.stringify(value) + (crlf ? '\r\n' : '\n')).join('');
      const source = fileOf(directory, `${number++}`, gzip ? gzipSync(text) : text);
      const rows = await collect(readJsonl(source));
      assert.deepEqual(
        rows.map(({ record }) => JSON.stringify(record)),
        objects.map((value) => JSON.stringify(value)),
      );
      assert.deepEqual(
        rows.map(({ line }) => line),
        objects.map((_, index) => index + 1),
      );
    }),
    { numRuns: 60 },
  );
});

test('bad lines are told with their numbers, the rest is read', async (t) => {
  const bytes = Buffer.concat([
    Buffer.from('\ufeff{"a":1}\n\n{"a":\n[1]\n"text"\n'),
    Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d, 0x0a]),
    Buffer.from('{"a":2}'),
  ]);
  const rows = shown(await collect(readJsonl(fileOf(scratch(t), 'x', bytes))));
  assert.deepEqual(rows[0], { a: 1 });
  assert.match(rows[1] as string, /^3: not JSON: /);
  assert.deepEqual(rows.slice(2), ['4: not a JSON object', '5: not a JSON object', '6: not valid UTF-8', { a: 2 }]);
});

test('lines are split alike however the bytes arrive, and only a bounded part of a long one is held', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '\r'), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      async (lines, end, size) => {
        const bytes = Buffer.from(lines.join('\n') + (end ? '\n' : ''));
        async function* pieces() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        }
        const found: string[] = [];
        const long: boolean[] = [];
        for await (const batch of splitLines(pieces(), 10)) {
          for (const { bytes: content, tooLong } of batch) {
            found.push(content.toString());
            long.push(tooLong);
          }
        }
        const expected = bytes.toString().split('\n');
        if (expected.at(-1) === '') expected.pop();
        assert.deepEqual(
          long,
          expected.map((text) => Buffer.byteLength(text) > 10),
        );
        for (const [index, text] of expected.entries()) {
          if (!long[index]) assert.equal(found[index], text.replace(/\r$/, ''));
        }
      },
    ),
  );
});

test('a gzip file that was made to fill disks is given up, with its ratio', async (t) => {
  const directory = scratch(t);
  const bomb = fileOf(directory, 'bomb.jsonl.gz', gzipSync(Buffer.alloc(80 << 20, `${' '.repeat(65_535)}\n`)));
  await assert.rejects(collect(readJsonl(bomb)), {
    code: 'IMPORT_FAILED',
    message: /bomb\.jsonl\.gz unpacks to more than 300 times its \d+ bytes; send it unpacked/,
  });
});

test('a truncated gzip is an error that names the file, and so is UTF-16', async (t) => {
  const directory = scratch(t);
  const packed = gzipSync(JSON.stringify({ a: 'x'.repeat(10_000) }));
  const cut = fileOf(directory, 'cut.jsonl.gz', packed.subarray(0, packed.length - 9));
  await assert.rejects(collect(readJsonl(cut)), { code: 'IMPORT_FAILED', message: /cut\.jsonl\.gz is a damaged/ });
  const wide = fileOf(directory, 'wide.jsonl', Buffer.from('\ufeff{"a":1}\n', 'utf16le'));
  await assert.rejects(collect(readJsonl(wide)), { code: 'UNSUPPORTED_FORMAT', message: /wide\.jsonl is UTF-16/ });
  await assert.rejects(collect(readJsonl({ name: 'gone', path: `${directory}/gone` })), { code: 'NOT_FOUND' });
});
