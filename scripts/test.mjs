/*
 * Runs the tests: `npm test [-- FILE… | -- --test-name-pattern=…]`. Each file is a process of its own, some at a time.
 *
 *   --wasm   only the folders whose code runs tensors, on the wasm backend
 *   --long   the slow ones instead (*.long.ts): soak, chaos, full benchmarks as tests
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINUTE = 60_000;
const TENSOR_FOLDERS = ['tensor', 'encoders', 'training', 'evaluation', 'services/work'];

const root = fileURLToPath(new URL('..', import.meta.url));
const own = ['--wasm', '--long'];
const given = process.argv.slice(2).filter((argument) => !own.includes(argument));
const wasm = process.argv.includes('--wasm');
const long = process.argv.includes('--long');

const pattern = long ? '**/*.long.ts' : '**/*.test.ts';
const folders = wasm ? TENSOR_FOLDERS.map((folder) => `test/${folder}`) : ['test'];
const files = given.some((argument) => !argument.startsWith('-'))
  ? []
  : folders.flatMap((folder) => globSync(`${folder}/${pattern}`, { cwd: root })).sort();
const timeout = long ? 60 * MINUTE : 10 * MINUTE;
if (files.length === 0 && given.every((argument) => argument.startsWith('-'))) {
  process.stderr.write(`no test matches ${folders.join(', ')} ${pattern}\n`);
  process.exit(1);
}

// One more than the cores: a test waits nearly half of its time, for children, pauses and disks. With many more, the tests of how soon
// something ends would wait for each other.
const concurrency = long ? 2 : Math.max(2, Math.min(8, availableParallelism() + 1));
// Every file is a process that compiles much the same modules: the first to need one leaves it for the others.
const compiled = join(root, 'node_modules', '.quartet', 'compile-cache');
const child = spawn(
  process.execPath,
  ['--test', `--test-concurrency=${concurrency}`, `--test-timeout=${timeout}`, ...given, ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...(wasm ? { QUARTET_BACKEND: 'wasm' } : {}) },
  },
);
child.on('exit', (status, signal) => process.exit(status ?? (signal === null ? 1 : 130)));
