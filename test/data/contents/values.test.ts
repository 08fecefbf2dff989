import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseImage } from '../../../src/data/contents/image-value.ts';
import { parseVector } from '../../../src/data/contents/vector-value.ts';

const floats = (...numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer);
const reasonOf = (parsed: ReturnType<typeof parseVector>) => ('fault' in parsed ? parsed.fault : '');

test('a vector comes as a list, as the text of one, with separators, or as base64', () => {
  const bytes = floats(0.5, -2, 3e-5);
  const given = [
    [0.5, -2, 3e-5],
    '[0.5, -2, 3e-5]',
    '0.5 -2 3e-5',
    '0.5;-2;3e-5',
    ' 0.5,-2, 3e-5 ',
    '[ 0.5 -2.\n  3e-05]',
    '{0.5,-2,3e-5}',
    bytes.toString('base64'),
  ];
  for (const value of given) assert.deepEqual(parseVector(value), { bytes }, String(value));
  // Base64 whose letters are digits only is still read as what it could be: numbers.
  assert.deepEqual(parseVector('1234'), { bytes: floats(1234) });
});

test('a vector that can not be used says why', () => {
  const cases: [unknown, RegExp][] = [
    [[], /without a number/],
    [[0, 0], /zero/],
    [[1, null], /null at 1/],
    [[1, 'x'], /"x" at 1/],
    [[1e39], /not finite/],
    ['[1, NaN]', /at 1 that is not finite/],
    ['nan;1', /at 0 that is not finite/],
    ['[1 2 ... 9]', /neither/],
    ['[1,,2]', /neither/],
    ['{"a": 1}', /neither/],
    [floats(1, Number.NaN).toString('base64'), /at 1 that is not finite/],
    ['AAAA', /neither/],
    ['what', /neither/],
    [{ a: 1 }, /neither/],
    [new Array(20_000).fill(1), /20000 numbers, at most 16384/],
  ];
  for (const [value, reason] of cases) assert.match(reasonOf(parseVector(value)), reason);
});

test('an image comes as bytes, base64, a data: URI, or as Parquet files of images have it', () => {
  const bytes = Buffer.from([1, 2, 3, 250]);
  const base64 = bytes.toString('base64');
  for (const value of [bytes, base64, `data:image/png;base64,${base64}`, { bytes: base64, path: 'a.png' }]) {
    assert.deepEqual(parseImage(value), { bytes });
  }
  assert.match(reasonOf(parseImage('cats/1.png')), /send the file it names/);
  assert.match(reasonOf(parseImage('no base64!')), /no base64/);
  assert.match(reasonOf(parseImage(Buffer.alloc(12 * 2 ** 20))), /at most/);
});
