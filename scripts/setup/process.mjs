import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { modules, root } from './stamp.mjs';

export const node24 = join(modules, '.bin/node');

/** One line for people. */
export function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/**
 * Runs a program, quiet unless it fails.
 * @returns its standard output
 * @throws Error with the last lines it wrote; `cause.code` is ENOENT when there is no such program
 */
export function run(program, args, { cwd = root, env = {}, timeoutMs = 20 * 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    // Not spawn's own timeout: it goes on counting, and keeps us alive, after a program that could not be started.
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        written[stream] += text;
      });
    }
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new Error(`${program} can't be run (${cause.code})`, { cause }));
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      if (status === 0) return resolve(written.stdout);
      const tail = `${written.stdout}\n${written.stderr}`.trim().split('\n').slice(-12).join('\n');
      reject(new Error(`${[program, ...args.slice(0, 3)].join(' ')} ended with ${signal ?? status}\n${tail}`));
    });
  });
}

/** The machine's own npm: the one in node_modules/.bin would run on the very Node that `npm ci` is about to replace. */
export function npm(args, options = {}) {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder));
  return run('npm', args, { ...options, env: { ...options.env, PATH: path.join(delimiter) } });
}

/** The line of an error that says why, for a one-line report: warnings of tries before it do not. */
export function reason(error) {
  const lines = String(error?.message ?? error).split('\n');
  const line =
    lines.find((line) => /^\s*error\b/i.test(line)) ??
    lines.find((line) => /error/i.test(line) && !/^warning/i.test(line));
  return (line ?? lines[0]).trim().slice(0, 200);
}
