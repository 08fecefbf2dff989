import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EncoderSpec } from '../../src/domain/training.ts';
import { type Content, learnModel, loadEncoder, saveTwoTowers } from '../../src/encoders/index.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Tensor2D } from '../../src/tensor/backend.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { testTensors } from '../support/tensors.ts';

const tensors = await testTensors();
const { optimizer } = resolveTrainingConfig({});
const CONTENTS = {
  text: Array.from({ length: 300 }, (_, i) => `word${i % 7} of text${i % 11} number${i}`),
  vector: Array.from({ length: 9 }, (_, i) => Float32Array.from({ length: 20 }, (_, j) => Math.sin(3 * i + j))),
  image: Array.from({ length: 5 }, (_, i) => ({
    height: 6,
    width: 7,
    channels: 3,
    pixels: Uint8Array.from({ length: 6 * 7 * 3 }, (_, j) => (i * 31 + j * 17) % 256),
  })),
};
const SPECS = [
  { reads: 'text', spec: { kind: 'text-static', dimensions: 16, vocabularySize: 256, maxTokens: 64 } },
  { reads: 'vector', spec: { kind: 'vector-mlp', dimensions: null, hidden: 16 } },
  { reads: 'image', spec: { kind: 'image-conv', size: null, dimensions: 16, filters: 8 } },
] as const satisfies readonly { reads: keyof typeof CONTENTS; spec: EncoderSpec }[];

const learn = (spec: EncoderSpec, contents: Iterable<Content>) =>
  learnModel(spec, contents, createRandom(4), tensors, optimizer);

for (const { reads, spec } of SPECS) {
  test(`${spec.kind} is learned from ${reads}s, and what is saved embeds as it does`, async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'quartet-learn-'));
    t.after(() => rm(dir, { recursive: true, force: true }));
    const contents: readonly Content[] = CONTENTS[reads];
    const model = learn(spec, contents);
    const prepared = contents.map((content) => model.prepare(content));
    const expected = model.tower.encodePrepared(prepared);
    const config = resolveTrainingConfig({ encoder: spec });
    await model.save(dir, { runId: 'r', datasetHash: 'h', config, metrics: null });
    const encoder = await loadEncoder(dir);
    assert.deepEqual([encoder.kind, encoder.reads, encoder.dimensions], [spec.kind, reads, model.tower.dimensions]);
    const found = encoder.encode(contents);
    assert.equal(found.length, expected.length);
    found.forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-6, `${value} is not ${expected[i]}`);
    });
    const other = Object.entries(CONTENTS).find(([kind]) => kind !== reads)!;
    assert.throws(() => encoder.encode([...other[1]]), { code: 'BAD_INPUT', message: new RegExp(`reads ${reads}s`) });
    assert.throws(() => learn(spec, other[1]), {
      code: 'BAD_INPUT',
      message: new RegExp(`${spec.kind} reads ${reads}s, the dataset holds ${other[0]}s`),
    });
    model.dispose();
  });
}

for (const { reads, spec } of SPECS) {
  test(`${spec.kind} with weights for each side embeds each by its own, saved too`, async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'quartet-twin-'));
    t.after(() => rm(dir, { recursive: true, force: true }));
    const contents: readonly Content[] = CONTENTS[reads];
    const item = learn(spec, contents);
    const query = item.twin();
    const prepared = contents.map((content) => item.prepare(content));
    const before = item.tower.encodePrepared(prepared);
    assert.deepEqual(query.tower.encodePrepared(prepared), before, 'they begin equal');
    const gradient = tensors.tf.randomNormal([prepared.length, spec.dimensions ?? 24], 0, 1, 'float32', 3);
    const pass = query.tower.forward(prepared);
    pass.backward(gradient as Tensor2D);
    query.tower.applyGradients(0.1);
    tensors.tf.dispose(gradient);
    pass.dispose();
    assert.deepEqual(item.tower.encodePrepared(prepared), before, 'a step of one leaves the other as it is');
    const config = resolveTrainingConfig({ encoder: spec, towers: 'separate' });
    await saveTwoTowers(dir, { query, item }, { runId: 'r', datasetHash: 'h', config, metrics: null });
    const encoder = await loadEncoder(dir);
    for (const [side, model] of [
      ['query', query],
      ['item', item],
      [undefined, item],
    ] as const) {
      const expected = model.tower.encodePrepared(prepared);
      encoder.encode(contents, side).forEach((value, i) => {
        assert.ok(Math.abs(value - expected[i]!) < 1e-6, `${side}: ${value} is not ${expected[i]}`);
      });
    }
    assert.notDeepEqual(encoder.encode(contents, 'query'), encoder.encode(contents, 'item'));
    await writeFile(join(dir, 'query', 'card.json'), '{}');
    await assert.rejects(loadEncoder(dir), { code: 'CORRUPT_ARTIFACT', message: /query.card\.json/ });
    for (const used of [query, item]) used.dispose();
  });
}

test('vectors of other widths, no numbers and no vectors at all are refused', () => {
  const spec = { kind: 'vector-mlp', dimensions: null, hidden: 16 } as const;
  assert.throws(() => learn(spec, []), { code: 'NOT_READY' });
  const model = learn(spec, CONTENTS.vector);
  assert.throws(() => model.prepare(new Float32Array(3)), { code: 'BAD_INPUT', message: /3 dimensions.*20/ });
  assert.throws(() => model.prepare(new Float32Array(20).fill(Number.NaN)), {
    code: 'BAD_INPUT',
    message: /element 0/,
  });
  model.dispose();
});

test('images of another size or with bytes missing are refused, and a view is one of the same size', () => {
  const spec = { kind: 'image-conv', size: null, dimensions: 16, filters: 8 } as const;
  assert.throws(() => learn(spec, []), { code: 'NOT_READY' });
  const model = learn(spec, CONTENTS.image);
  const [image] = CONTENTS.image as [(typeof CONTENTS.image)[number]];
  assert.throws(() => model.prepare({ ...image, height: 5 }), { code: 'BAD_INPUT', message: /7 x 5 x 3.*7 x 6 x 3/ });
  assert.throws(() => model.prepare({ ...image, pixels: new Uint8Array(9) }), {
    code: 'BAD_INPUT',
    message: /9 bytes/,
  });
  const prepared = model.prepare(image);
  const view = model.view?.(prepared, createRandom(1)) as Uint8Array;
  assert.equal(view.length, image.pixels.length);
  assert.notDeepEqual(view, prepared);
  model.dispose();
});
