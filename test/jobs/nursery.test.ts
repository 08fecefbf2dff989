import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ChildCrash } from '../../src/jobs/child-crash.ts';
import { Nursery } from '../../src/jobs/nursery.ts';
import { type ForkOptions, forkWork } from '../../src/jobs/supervisor.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { takesLessThan } from '../support/takes-less-than.ts';
import { CHILD_ENTRY } from './harness.ts';
import { childrenOf, isRunning, killAll, parentOf, until } from './processes.ts';

function run(name: string, spec: unknown, options: Partial<ForkOptions> = {}): Promise<unknown> {
  const { signal } = new AbortController();
  return forkWork({ name, spec, workDir: '.', logger: silentLogger, signal, entry: CHILD_ENTRY, ...options });
}

test('children of a killed nursery end, are reported as crashed, and the next ones have another nursery', async () => {
  await takesLessThan(5_000, async () => {
    const children: number[] = [];
    const nurseries = new Set<number>();
    const onEvent = () => {
      children.push(...childrenOf(process.pid).filter((pid) => !children.includes(pid)));
      for (const pid of children) nurseries.add(parentOf(pid));
      if (children.length === 2) killAll([...nurseries]);
    };
    const spinning = [run('spin', null, { onEvent }), run('spin', null, { onEvent })];
    await Promise.all(spinning.map((one) => assert.rejects(one, ChildCrash)));
    assert.equal(nurseries.size, 1, 'one nursery for all');
    return until(() => children.every((pid) => !isRunning(pid)));
  });
  assert.deepEqual(await run('echo', 'again'), { spec: 'again', workDir: '.' });
});

test('a module that can not be loaded ends its child and nothing else', async () => {
  const running = run('count', { to: 1_000 });
  const entry = new URL('./no-such-module.ts', import.meta.url);
  await assert.rejects(run('echo', null, { entry }), /exited with code 1.*no-such-module/s);
  assert.equal(await running, 1_000);
});

test('several children speak at once and none hears the others', async () => {
  const specs = Array.from({ length: 4 }, (_, n) => ({ n, vector: new Float32Array([n]) }));
  const answers = await Promise.all(specs.map((spec) => run('echo', spec)));
  assert.deepEqual(
    answers,
    specs.map((spec) => ({ spec, workDir: '.' })),
  );
});

test('what is said to a child that has ended, and a second kill, do nothing', async () => {
  const nursery = new Nursery();
  const ended = Promise.withResolvers<unknown>();
  const child = nursery.fork(CHILD_ENTRY, 10, {
    heard: () => {},
    printed: () => {},
    refused: ended.reject,
    ended: ended.resolve,
  });
  await until(() => child.pid !== undefined);
  child.kill();
  assert.deepEqual(await ended.promise, { kind: 'ended', id: 1, exitCode: null, exitSignal: 'SIGKILL' });
  child.say({ kind: 'abort' });
  child.kill();
  assert.equal(isRunning(child.pid as number), false);
});

test('an idle nursery keeps no process alive', async () => {
  const { spawn } = await import('node:child_process');
  const source = `const { Nursery } = await import(${JSON.stringify(new URL('../../src/jobs/nursery.ts', import.meta.url).href)}); new Nursery().start();`;
  const [status] = await once(spawn(process.execPath, ['--input-type=module', '--eval', source]), 'exit');
  assert.equal(status, 0);
});
