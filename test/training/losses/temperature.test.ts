import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTemperature } from '../../../src/training/losses/temperature.ts';

test('starts at the temperature given and moves by the learning rate on the first step, as Adam does', () => {
  const temperature = createTemperature(0.05);
  assert.ok(Math.abs(temperature.scale - 20) < 1e-5);
  temperature.accumulate(-3);
  temperature.applyGradient(0.01);
  assert.ok(Math.abs(Math.log(temperature.scale) - (Math.log(20) + 0.01)) < 1e-6);
});

test('keeps the scale between 1 and 100', () => {
  const [up, down] = [createTemperature(0.02), createTemperature(0.5)];
  for (let step = 0; step < 100; step++) {
    up.accumulate(-1);
    up.applyGradient(0.5);
    down.accumulate(1);
    down.applyGradient(0.5);
  }
  assert.ok(Math.abs(up.scale - 100) < 1e-4);
  assert.equal(down.scale, 1);
});

test('finds the minimum of a parabola, and goes on exactly from a saved state', () => {
  const temperature = createTemperature(0.5);
  const other = createTemperature(0.1);
  const step = (one: typeof temperature) => {
    one.accumulate(Math.log(one.scale) - Math.log(7));
    one.applyGradient(0.05);
  };
  for (let i = 0; i < 200; i++) step(temperature);
  other.restore(temperature.state());
  for (let i = 0; i < 200; i++) {
    step(temperature);
    step(other);
  }
  assert.deepEqual(other.state(), temperature.state());
  assert.ok(Math.abs(temperature.scale - 7) < 0.05, String(temperature.scale));
});
