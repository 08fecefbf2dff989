import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError, fromWire, seconds } from '../../src/client/client-error.ts';
import { delay, pause, retrying } from '../../src/client/retry.ts';

const quick = { attempts: 4, base: 1, cap: 2 };
const passing = () => new ClientError('RETRY_LATER', 'full');

test('pauses double up to the cap, half of each at random, and a hint of the server is the least', () => {
  const options = { base: 100, cap: 1_000 };
  assert.deepEqual(
    [1, 2, 3, 4, 5, 9].map((attempt) => delay(attempt, undefined, options, () => 1)),
    [100, 200, 400, 800, 1_000, 1_000],
  );
  assert.equal(
    delay(3, undefined, options, () => 0),
    200,
  );
  assert.equal(
    delay(1, 30_000, options, () => 0),
    30_025,
  );
});

test('what passes is sent again until it succeeds, or the attempts are used up', async () => {
  let sent = 0;
  const flaky = async () => {
    if (++sent < 3) throw passing();
    return sent;
  };
  assert.equal(await retrying(flaky, () => true, quick), 3);
  sent = -10;
  await assert.rejects(
    retrying(flaky, () => true, quick),
    { code: 'RETRY_LATER' },
  );
  assert.equal(sent, -6, 'four times');
});

test('what is final, or must not be repeated, is sent once', async () => {
  for (const [error, repeats] of [
    [new ClientError('BAD_INPUT', 'no'), true],
    [passing(), false],
    [new TypeError('a fault of ours'), true],
  ] as const) {
    let sent = 0;
    const send = async () => {
      sent++;
      throw error;
    };
    await assert.rejects(
      retrying(send, () => repeats, quick),
      error,
    );
    assert.equal(sent, 1, error.message);
  }
});

test('giving up ends the pause and nothing is sent any more', async () => {
  const controller = new AbortController();
  let sent = 0;
  const send = async () => {
    sent++;
    setImmediate(() => controller.abort(new Error('left')));
    throw passing();
  };
  const never = { attempts: 5, base: 1_000_000, cap: 1_000_000 };
  await assert.rejects(
    retrying(send, () => true, never, controller.signal),
    /left/,
  );
  await assert.rejects(pause(1_000_000, controller.signal), /left/);
  assert.equal(sent, 1);
});

test('a hint is read wherever the server puts it', () => {
  assert.equal(fromWire({ message: '', extensions: { code: 'RETRY_LATER', retryAfterMs: 250 } }).retryAfter, 250);
  assert.equal(fromWire({ message: '', extensions: { code: 'RETRY_LATER', retryAfterSeconds: 2 } }).retryAfter, 2_000);
  assert.equal(fromWire({ message: '' }, 4_000).retryAfter, 4_000);
  assert.equal(fromWire({ message: '' }).code, 'BAD_INPUT');
  assert.deepEqual(
    [seconds('1.5'), seconds(''), seconds('soon'), seconds(null)],
    [1_500, undefined, undefined, undefined],
  );
});
