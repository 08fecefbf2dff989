import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/platform/random.ts';
import { type BackendChoice, loadTensors, type Tensor2D } from '../../../src/tensor/backend.ts';
import { createBatches } from '../../../src/training/batches.ts';
import { readCheckpoint } from '../../../src/training/checkpoint.ts';
import { createParadigm } from '../../../src/training/paradigms/index.ts';
import { matryoshka } from '../../../src/training/paradigms/matryoshka.ts';
import { prefixesOf, prefixTower } from '../../../src/training/paradigms/prefix-tower.ts';
import { curve, runTask, syntheticTask } from '../synthetic-task.ts';
import { TableEncoder } from '../table-encoder.ts';

const tensors = await loadTensors((process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice);
const { tf } = tensors;

test('the gradient of a prefix is that of finite differences', () => {
  const random = createRandom(1);
  const [rows, D, width] = [4, 6, 3];
  const tower = new TableEncoder(tensors, random, 10, D);
  const batch = Array.from({ length: rows }, () => Int32Array.of(random.int(10), random.int(10)));
  const upstream = Float32Array.from({ length: rows * width }, () => random.normal());
  const seen: Float32Array[] = [];
  const spy = Object.assign(Object.create(tower) as TableEncoder, {
    dimensions: D,
    forward: (inputs: readonly Int32Array[]) => {
      const whole = tower.forward(inputs);
      return { ...whole, backward: (g: Tensor2D) => void seen.push(g.dataSync<'float32'>().slice()) };
    },
  });
  const before = tf.memory().numTensors;
  const prefix = prefixTower(tensors, spy, { width, weight: 0.25 });
  const forward = prefix.forward(batch);
  assert.deepEqual(forward.embeddings.shape, [rows, width]);
  const gradient = tf.tensor2d(upstream, [rows, width]);
  forward.backward(gradient);
  const embeddings = forward.embeddings.dataSync<'float32'>().slice();
  gradient.dispose();
  forward.dispose();
  assert.equal(tf.memory().numTensors, before);

  const whole = Float64Array.from(tower.encodePrepared(batch));
  const value = (x: Float64Array) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const cut = x.subarray(row * D, row * D + width);
      const norm = Math.hypot(...cut);
      for (let d = 0; d < width; d++) sum += ((upstream[row * width + d] as number) * (cut[d] as number)) / norm;
    }
    return sum;
  };
  const found = seen[0] ?? assert.fail('no gradient came back');
  for (let i = 0; i < whole.length; i++) {
    const at = (shift: number) => value(whole.map((x, j) => (j === i ? x + shift : x)));
    const expected = (0.25 * (at(1e-5) - at(-1e-5))) / 2e-5;
    assert.ok(Math.abs((found[i] as number) - expected) < 1e-5, `${i}: ${found[i]} is not ${expected}`);
  }
  const cut = prefixesOf(tower.encodePrepared(batch), D, width);
  for (const [i, x] of cut.entries()) assert.ok(Math.abs(x - (embeddings[i] as number)) < 1e-6);
});

for (const name of ['in-batch-negatives', 'end-to-end'] as const) {
  test(`the loss is the mean of that of each width, and its gradient too: ${name}`, () => {
    const optimizer = { name: 'sgd', momentum: 0 } as const;
    const config = { paradigm: { name }, batchSize: 8, optimizer };
    const both = syntheticTask(tensors, { ...config, matryoshka: [8] });
    const batch = { ...createBatches(both).at(0), progress: 0 };
    const loss = both.paradigm.step(batch);
    const gradients = [8, 16].map((width) => {
      const one = syntheticTask(tensors, config);
      const tower = prefixTower(tensors, one.tower, { width, weight: 1 });
      const context = {
        tensors,
        queryTower: tower,
        keyTower: tower,
        positivesOf: () => new Int32Array(0),
        negativesOf: () => new Int32Array(0),
        items: { count: 120, prepared: one.item.bind(one) as (row: number) => Int32Array },
        seed: one.config.seed,
      };
      const paradigm = createParadigm<Int32Array>(one.config.paradigm, {
        ...context,
        positivesOf: (row) => Int32Array.of(batch.keyRows[batch.queryRows.indexOf(row)] as number),
      });
      return { loss: paradigm.step(batch), task: one };
    });
    const losses = gradients.map((one) => one.loss);
    assert.ok(Math.abs(loss - ((losses[0] ?? 0) + (losses[1] ?? 0)) / 2) < 1e-6, `${loss} of ${losses}`);
    assert.notEqual(losses[0], losses[1]);
    // A step of plain descent moves by the gradient itself.
    const [moved, first, second] = [both, ...gradients.map((one) => one.task)].map(({ tower }) => {
      const before = tower.table.slice();
      tower.applyGradients(1);
      return tower.table.map((weight, i) => weight - (before[i] as number));
    });
    for (const [i, step] of (moved ?? assert.fail()).entries()) {
      assert.ok(Math.abs(step - ((first?.[i] ?? 0) + (second?.[i] ?? 0)) / 2) < 1e-6);
    }
  });
}

test('a narrow prefix that is trained serves better than one that is not', async (t) => {
  const narrow = async (matryoshka: number[]) => {
    const task = syntheticTask(tensors, { matryoshka, epochs: 8 });
    await runTask(t, task);
    return (await task.measure(8)).metrics.ndcgAt10;
  };
  const [trained, untrained] = [await narrow([8]), await narrow([])];
  assert.ok(trained > untrained + 0.02, `${trained} against ${untrained}`);
});

test('goes on from a checkpoint bit for bit, each width with a temperature of its own', async (t) => {
  const config = {
    matryoshka: [8, 12],
    paradigm: { learnTemperature: true },
    epochs: 3,
    checkpointEvery: 11,
    clipNorm: 0.3,
  };
  const task = syntheticTask(tensors, config);
  const whole = await runTask(t, task);
  const resume = await readCheckpoint(`${whole.checkpointsDir}/step-0000000011`);
  const again = syntheticTask(tensors, config);
  const rest = await runTask(t, again, { resume });
  assert.deepEqual(curve(rest.events), curve(whole.events, 11));
  assert.deepEqual(again.tower.state(), task.tower.state());
  const state = task.paradigm.state();
  assert.notDeepEqual(state['width8/temperature'], state['width16/temperature']);
});

test('a width that the embedding does not have is refused', () => {
  const task = syntheticTask(tensors, {});
  const context = {
    tensors,
    queryTower: task.tower,
    keyTower: task.tower,
    positivesOf: () => new Int32Array(0),
    negativesOf: () => new Int32Array(0),
    items: { count: 1, prepared: () => new Int32Array(0) },
    seed: 1,
  };
  const create = () => task.paradigm;
  assert.throws(() => matryoshka([8, 17], context, create), { code: 'BAD_INPUT', message: /width 17.* 16 dimensions/ });
  assert.equal(matryoshka([16], context, create), task.paradigm);
});
