import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/platform/random.ts';
import { createPredictor } from '../../../src/training/paradigms/predictor.ts';
import { testTensors } from '../../support/tensors.ts';
import { assertNear, differences, unitRows } from '../losses/vectors.ts';

const tensors = await testTensors();
const { tf } = tensors;
const WIDTH = 8;
const inputs = unitRows(3, WIDTH, 1);
/** dL/doutputs of a loss that is linear in the outputs. */
const direction = unitRows(3, WIDTH, 2);

const elu = (x: number) => (x > 0 ? x : Math.exp(x) - 1);

/** The network written out in float64. */
function outputsOf(rows: readonly (readonly number[])[], weights: Readonly<Record<string, number[]>>): number[][] {
  const hidden = 2 * WIDTH;
  const { w1, b1, w2, b2 } = weights as Record<'w1' | 'b1' | 'w2' | 'b2', number[]>;
  return rows.map((z) => {
    const units = Array.from({ length: hidden }, (_, h) =>
      elu(z.reduce((sum, x, d) => sum + x * w1[d * hidden + h]!, b1[h]!)),
    );
    const sum = z.map((x, d) => units.reduce((total, u, h) => total + u * w2[h * WIDTH + d]!, x + b2[d]!));
    const norm = Math.hypot(...sum);
    return sum.map((x) => x / norm);
  });
}

function lossOf(outputs: readonly (readonly number[])[]): number {
  return outputs.flat().reduce((sum, y, i) => sum + y * direction.flat()[i]!, 0);
}

test('starts as the identity', () => {
  const predictor = createPredictor(tensors, WIDTH, createRandom(1));
  const rows = tf.tensor2d(inputs);
  const pass = predictor.forward(rows);
  assertNear(pass.outputs.arraySync(), inputs, 'outputs');
  pass.dispose();
  rows.dispose();
});

test('its gradients equal finite differences of the network in float64, and it leaves no tensor behind', () => {
  const predictor = createPredictor(tensors, WIDTH, createRandom(1));
  const { parameters } = predictor.state() as { parameters: Float32Array };
  const random = createRandom(9);
  for (let i = 0; i < parameters.length; i++) parameters[i] = 0.5 * random.normal();
  const hidden = 2 * WIDTH;
  const sizes = { w1: WIDTH * hidden, b1: hidden, w2: hidden * WIDTH, b2: WIDTH };
  const weights: Record<string, number[]> = {};
  let at = 0;
  for (const [name, size] of Object.entries(sizes)) {
    weights[name] = [...parameters.subarray(at, at + size)];
    at += size;
  }
  const before = tf.memory().numTensors;
  const [rows, upstream] = [tf.tensor2d(inputs), tf.tensor2d(direction)];
  const pass = predictor.forward(rows);
  assertNear(pass.outputs.arraySync(), outputsOf(inputs, weights), 'outputs');
  const dInputs = pass.backward(upstream);
  const expected = differences(inputs, (moved) => lossOf(outputsOf(moved, weights)));
  assertNear(dInputs.arraySync(), expected, 'dL/dinputs');
  const all = Object.entries(weights).flatMap(([name, values]) =>
    differences([values], ([moved]) => lossOf(outputsOf(inputs, { ...weights, [name]: moved! }))).flat(),
  );
  assertNear(predictor.gradientNorm(), Math.hypot(...all), 'norm of dL/dweights');
  // One step of plain Adam from zero moments moves each weight by the learning rate against its gradient's sign.
  predictor.applyGradients(0.001, 1);
  for (const [i, gradient] of all.entries()) {
    if (Math.abs(gradient) > 1e-4) {
      const moved = parameters[i]! - Object.values(weights).flat()[i]!;
      assert.ok(Math.abs(moved + 0.001 * Math.sign(gradient)) < 1e-5, `weight ${i}: ${moved} against ${gradient}`);
    }
  }
  pass.dispose();
  tf.dispose([rows, upstream, dInputs]);
  assert.equal(tf.memory().numTensors, before);
});
