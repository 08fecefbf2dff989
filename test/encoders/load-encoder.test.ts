import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { loadEncoder } from '../../src/encoders/index.ts';
import { readSafetensors } from '../../src/encoders/safetensors.ts';
import { createTextEncoder } from '../../src/encoders/text-static/encoder.ts';
import { rowsOf } from '../../src/encoders/text-static/features.ts';
import { saveTextStatic } from '../../src/encoders/text-static/files.ts';
import { learnVocabulary } from '../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../src/platform/random.ts';

const spec = { kind: 'text-static', dimensions: 64, vocabularySize: 512, maxTokens: 64 } as const;
const TEXTS = Array.from(
  { length: 60 },
  (_, i) => `diabetes insulin treatment number ${i % 20} of 東京 ${'ab'.repeat(i % 5)}`,
);

async function savedEncoder(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-encoder-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const vocabulary = learnVocabulary(TEXTS, spec);
  const random = createRandom(3);
  const vectors = Float32Array.from({ length: rowsOf(vocabulary) * 64 }, () => random.next() - 0.5);
  await saveTextStatic(dir, vocabulary, vectors);
  return { dir, encoder: createTextEncoder(vocabulary, vectors, 64), vectors };
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0);
}

test('a saved encoder embeds as before, every kind of text, one at a time or together', async (t) => {
  const { dir, encoder } = await savedEncoder(t);
  const texts = [
    'diabetes',
    '',
    '🙂',
    '東京都',
    'never heard',
    'x'.repeat(1_000_000),
    'word '.repeat(200_000),
    '\ud800',
  ];
  const loaded = await loadEncoder(dir);
  assert.equal(loaded.dimensions, 64);
  const together = loaded.encode(texts);
  assert.deepEqual(together, encoder.encode(texts));
  texts.forEach((text, i) => {
    const row = together.subarray(i * 64, (i + 1) * 64);
    assert.deepEqual(loaded.encode([text]), row);
    assert.ok(Math.abs(cosine(row, row) - 1) < 1e-5, `text ${i} is no unit vector`);
  });
  assert.equal(loaded.encode([]).length, 0);
});

test('a typo lands near its word, further from others', async (t) => {
  const { encoder } = await savedEncoder(t);
  const [word, typo, other] = ['diabetes', 'diabtes', 'treatment'].map((text) => encoder.encode([text])) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  assert.ok(cosine(word, typo) > 0.6, `${cosine(word, typo)}`);
  assert.ok(cosine(other, typo) < 0.4, `${cosine(other, typo)}`);
});

test('the file is safetensors: header, types, shapes and order as published', async (t) => {
  const { dir, vectors } = await savedEncoder(t);
  const file = join(dir, 'encoder.safetensors');
  const bytes = await readFile(file);
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  assert.equal(header.vectors.dtype, 'F32');
  assert.deepEqual(header.vectors.shape, [vectors.length / 64, 64]);
  const [from, to] = header.vectors.data_offsets;
  const raw = bytes.subarray(8 + length + from, 8 + length + to);
  assert.deepEqual(new Float32Array(new Uint8Array(raw).buffer), vectors);
  assert.equal(header.tokens.dtype, 'U8');
  const { arrays } = await readSafetensors(file);
  assert.match(new TextDecoder().decode(arrays.tokens as Uint8Array), /^(.+\n)*diabetes(\n.+)*$/);
});

test('a changed file, a missing file, another version and a foreign kind are told apart', async (t) => {
  const { dir } = await savedEncoder(t);
  const [file, card] = [join(dir, 'encoder.safetensors'), join(dir, 'card.json')];
  const [bytes, text] = [await readFile(file), await readFile(card, 'utf8')];
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(file, bytes);
  await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /encoder\.safetensors.*SHA-256/ });
  await rm(file);
  await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /encoder\.safetensors/ });
  await writeFile(card, text.replace('quartet-encoder/1', 'quartet-encoder/9'));
  await assert.rejects(loadEncoder(dir), { code: 'UNSUPPORTED_FORMAT', message: /quartet-encoder\/9/ });
  await writeFile(card, JSON.stringify({ ...JSON.parse(text), kind: 'oracle', files: {} }));
  await assert.rejects(loadEncoder(dir), { code: 'UNSUPPORTED_FORMAT', message: /oracle.*text-static/ });
  await writeFile(card, '{');
  await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /card\.json/ });
});

test('a card that disagrees with its arrays is corrupt', async (t) => {
  const { dir } = await savedEncoder(t);
  const card = join(dir, 'card.json');
  const content = JSON.parse(await readFile(card, 'utf8'));
  await writeFile(card, JSON.stringify({ ...content, dimensions: 128 }));
  await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /rows of 128/ });
  await writeFile(card, JSON.stringify({ ...content, shape: { buckets: -1 } }));
  await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /buckets/ });
});

test('loading and embedding touch no tensor library', async (t) => {
  const { dir } = await savedEncoder(t);
  const script = `
    import { createRequire, registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve(name, context, next) { const found = next(name, context); seen.push(found.url); return found; } });
    const { loadEncoder } = await import(${JSON.stringify(new URL('../../src/encoders/index.ts', import.meta.url).href)});
    const encoder = await loadEncoder(${JSON.stringify(dir)});
    encoder.encode(['diabetes']);
    const loaded = [...seen, ...Object.keys(createRequire(import.meta.url).cache)].filter((name) => /tensorflow|tensor.backend/.test(name));
    console.log(JSON.stringify({ modules: seen.length > 5, loaded }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  assert.deepEqual(JSON.parse(stdout), { modules: true, loaded: [] });
});

test('a query is embedded in well under a millisecond', async (t) => {
  const { encoder } = await savedEncoder(t);
  const times = Array.from({ length: 200 }, (_, i) => {
    const begun = performance.now();
    encoder.encode([`what is the treatment of diabtes number ${i}`]);
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  assert.ok(times[100]! < 0.5, `${times[100]} ms`);
});
