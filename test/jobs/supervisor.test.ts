import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { QuartetError } from '../../src/domain/errors.ts';
import { ChildCrash } from '../../src/jobs/child-crash.ts';
import { type ForkOptions, forkWork } from '../../src/jobs/supervisor.ts';
import { createLogger, silentLogger } from '../../src/platform/logger.ts';
import { takesLessThan } from '../support/takes-less-than.ts';
import { childrenOf, isRunning, killAll, until } from './processes.ts';

const entry = new URL('./fixtures/child.ts', import.meta.url);

function run(name: string, spec: unknown = null, options: Partial<ForkOptions> = {}): Promise<unknown> {
  const signal = new AbortController().signal;
  return forkWork({ name, spec, workDir: '/nowhere', logger: silentLogger, signal, entry, ...options });
}

test('carries typed arrays there and back', async () => {
  const spec = { rows: new Float32Array([1, 2.5, -3]), nested: { big: 2n ** 60n } };
  assert.deepEqual(await run('echo', spec), { spec, workDir: '/nowhere' });
});

test('hands events over one by one in order and waits for a slow reader', async () => {
  const seen: number[] = [];
  let open = 0;
  const onEvent = async (n: number) => {
    open += 1;
    assert.equal(open, 1);
    if (n % 100 === 0) await sleep(2);
    open -= 1;
    seen.push(n);
  };
  assert.equal(await run('count', { to: 1_000 }, { onEvent }), 1_000);
  assert.deepEqual(
    seen,
    Array.from({ length: 1_000 }, (_, n) => n),
  );
});

test('a reader that throws ends the child and its error comes back', async () => {
  const onEvent = (n: number) => {
    if (n === 3) throw new QuartetError('FENCED', 'another attempt has the row');
  };
  await assert.rejects(run('count', { to: 1e9 }, { onEvent }), { code: 'FENCED' });
});

test('an error keeps its code and field across the process', async () => {
  await assert.rejects(run('refuse'), (error) => {
    assert.ok(error instanceof QuartetError && !(error instanceof ChildCrash));
    assert.equal(error.code, 'TRAINING_DIVERGED');
    assert.equal(error.message, 'loss became NaN at step 7');
    assert.deepEqual(error.field, ['config', 'learningRate']);
    return true;
  });
});

test('a fault of ours stays a plain error with the stack of the child', async () => {
  await assert.rejects(run('fault'), (error: Error) => {
    assert.ok(!(error instanceof QuartetError));
    assert.match(error.stack ?? '', /fixtures\/child\.ts/);
    return true;
  });
});

test('names the signal, the remedy and the last words of a native abort', async () => {
  await assert.rejects(run('abort'), (error) => {
    assert.ok(error instanceof ChildCrash);
    assert.match(error.message, /SIGABRT.*quartet doctor.*std::runtime_error/s);
    return true;
  });
});

test('names memory when the system kills the child', async () => {
  const onEvent = () => void killAll(childrenOf(process.pid));
  await assert.rejects(run('obey', null, { onEvent }), /SIGKILL.*more memory/s);
});

test('names the exit code of a child that left without a result', async () => {
  await assert.rejects(run('exit'), /exited with code 3/);
});

test('relays the log of the child with its fields', async () => {
  const lines: string[] = [];
  await run('log', null, { logger: createLogger({ level: 'info', json: true, write: (line) => lines.push(line) }) });
  const { msg, step } = JSON.parse(lines[0] ?? '{}');
  assert.deepEqual({ msg, step }, { msg: 'going on', step: 3 });
});

test('an aborted child that listens stops by itself, one that never yields is killed, both within a second', async () => {
  const stop = async (name: string) => {
    const abort = new AbortController();
    let abortedAt = 0;
    let pid = 0;
    const onEvent = () => {
      pid = childrenOf(process.pid).at(-1) ?? 0;
      abortedAt = performance.now();
      abort.abort();
    };
    await assert.rejects(run(name, null, { onEvent, signal: abort.signal }), { code: 'CANCELLED' });
    const took = performance.now() - abortedAt;
    assert.ok(pid > 0 && !isRunning(pid));
    return took;
  };
  await takesLessThan(400, () => stop('obey'));
  await takesLessThan(1_000, () => stop('spin'));
});

test('leaves no zombie behind', async () => {
  await run('echo');
  assert.deepEqual(childrenOf(process.pid), []);
});

test('a child that never yields is gone soon after its parent was killed', async () => {
  await takesLessThan(1_000, async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const [child = 0] = childrenOf(parent.pid ?? 0);
    assert.ok(isRunning(child));
    parent.kill('SIGKILL');
    return until(() => !isRunning(child));
  });
});

test('a child runs at lower priority', async () => {
  let priority = 0;
  const onEvent = () => {
    priority = getPriority(childrenOf(process.pid).at(-1));
  };
  await run('count', { to: 1 }, { onEvent });
  assert.equal(priority, 10);
});
