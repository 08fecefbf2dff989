import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Deadline, deadline, throwIfOver, withDeadline, withoutDeadline } from '../../src/platform/deadline.ts';
import { nextTurn } from '../../src/platform/turns.ts';

test('a deadline tells once that it is over, to those that still listen', () => {
  const over = new Deadline();
  const heard: string[] = [];
  over.onEnd((reason) => heard.push(`first: ${reason}`));
  const forget = over.onEnd(() => heard.push('second'));
  forget();
  over.throwIfOver();
  over.end('late');
  over.end('later');
  assert.deepEqual(heard, ['first: late']);
  assert.throws(
    () => over.throwIfOver(),
    (reason) => reason === 'late',
  );
});

test('work ends with its deadline where it gives way, and what is for others goes on', async () => {
  const over = new Deadline();
  const work = withDeadline(over, async () => {
    assert.equal(deadline(), over);
    const shared = withoutDeadline(async () => {
      await nextTurn();
      return 'done';
    });
    await assert.rejects(nextTurn(), /too late/);
    assert.throws(throwIfOver, /too late/);
    return await shared;
  });
  over.end(new Error('too late'));
  assert.equal(await work, 'done');
  throwIfOver();
});
