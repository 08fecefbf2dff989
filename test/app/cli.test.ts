import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProgram, main } from '../../src/app/program.ts';
import { testServer } from '../api/harness.ts';
import { testDatabaseUrl } from '../support/database.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function quartet(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const clean = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(QUARTET_|DATABASE_URL)/.test(name)),
    );
    execFile(process.execPath, [CLI, ...args], { env: { ...clean, ...env } }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** The same in this process, which has loaded everything: for commands that need no environment of their own and set no exit code. */
async function here(t: TestContext, args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const write = process[name].write.bind(process[name]);
    // The test runner writes bytes.
    t.mock.method(process[name], 'write', (text: string | Uint8Array) => {
      if (typeof text !== 'string') return write(text);
      written[name] += text;
      return true;
    });
  }
  try {
    return { status: await main([process.execPath, CLI, ...args]), ...written };
  } finally {
    t.mock.restoreAll();
  }
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'quartet-cli-'));
  t.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const rows = Array.from(
  { length: 60 },
  (_, i) => `question number ${i} about topic${i},answer to topic${i} is ${i * 7}`,
);
const csv = `ask,reply\n${rows.join('\n')}\nlonely\n`;

test('the commands do the whole way against a running server, with JSON for machines', {
  timeout: 480_000,
}, async (t) => {
  const server = await testServer(t, { worker: true });
  const dir = await folder(t);
  const file = join(dir, 'faq.csv');
  const report = join(dir, 'report.jsonl');
  await writeFile(file, csv);
  const at = ['--url', server.url, '--json'];

  const imported = await quartet([
    'import',
    '--dataset',
    'faq',
    '--file',
    file,
    '--query',
    'ask',
    '--positive',
    'reply',
    '--report',
    report,
    ...at,
  ]);
  assert.equal(imported.status, 0, imported.stderr);
  const summary = JSON.parse(imported.stdout);
  assert.deepEqual([summary.itemsAdded, summary.rowsSkipped, summary.dataset.name], [60, 1, 'faq']);
  assert.match(await readFile(report, 'utf8'), /"line":62/);

  const trained = await quartet([
    'train',
    '--dataset',
    'faq',
    '--epochs',
    '5',
    '--batch-size',
    '8',
    '--dimensions',
    '16',
    ...at,
  ]);
  assert.equal(trained.status, 0, trained.stderr);
  const run = JSON.parse(trained.stdout);
  assert.equal(run.status, 'SUCCEEDED');
  assert.ok(run.best.ndcgAt10 > 0);

  const built = await quartet(['index', '--url', server.url]);
  assert.equal(built.status, 0, built.stderr);
  assert.match(built.stdout, /Indexed 60 items of "faq" with faq@1/);

  const out = join(dir, 'map.csv');
  const drawn = await quartet(['map', '--method', 'pca', '--sample', '50', '--out', out, '--url', server.url]);
  assert.equal(drawn.status, 0, drawn.stderr);
  assert.match(drawn.stdout, /^Drew 50 of 60 items by PCA\.\n {2}variance along x 0\.\d+, along y 0\.\d+\n/);
  const [header, ...points] = (await readFile(out, 'utf8')).trim().split('\n');
  assert.deepEqual([header, points.length], ['item,x,y,label', 50]);
  assert.ok(
    points.every((line) => /^[\w-]+,-?[\d.e-]+,-?[\d.e-]+,$/.test(line)),
    points[0],
  );
  const late = await quartet([
    'cancel',
    JSON.parse((await quartet(['map', '--method', 'pca', ...at])).stdout).id,
    ...at,
  ]);
  assert.match(late.stdout, /"CONFLICT".*is SUCCEEDED/);

  const measured = await quartet(['evaluate', '--split', 'train', '--encoder', 'faq@1', ...at]);
  assert.equal(JSON.parse(measured.stdout).metrics.corpus, 60);

  const found = await quartet(['search', 'question about topic7', '-k', '2', '--url', server.url]);
  assert.equal(found.status, 0, found.stderr);
  assert.match(found.stdout, /^ {2}1\. 0\.\d{3} {2}answer to topic7 is 49\n/);

  const second = await quartet([
    'import',
    '--dataset',
    'faq',
    '--file',
    file,
    '--query',
    'ask',
    '--positive',
    'reply',
    '--url',
    server.url,
  ]);
  assert.match(second.stdout, /0 items added, 0 updated/);
});

test('what went wrong has an exit status, names the remedy, and is JSON when asked for', async (t) => {
  const server = await testServer(t);
  await server.ask('mutation { createDataset(input: {name: "faq"}) { dataset { id } } }');
  const cases: [string[], number, string, RegExp][] = [
    [
      ['search', 'x', '--dataset', 'nope', '--url', server.url],
      2,
      'NOT_FOUND',
      /no dataset "nope"\. Datasets here: faq/,
    ],
    [['search', 'x', '--url', server.url], 2, 'NOT_READY', /build one first/],
    [['index', '--url', server.url], 2, 'NOT_FOUND', /quartet train --dataset faq/],
    [['train', '--epochs', 'many', '--url', server.url], 2, 'BAD_INPUT', /must be a whole number/],
    [['train', '--batch-size', '1', '--url', server.url], 2, 'BAD_INPUT', /at least 2, got 1/],
    [
      ['import', '--dataset', 'a', '--file', '/nowhere.csv', '--url', server.url],
      2,
      'NOT_FOUND',
      /no file \/nowhere\.csv/,
    ],
    [
      ['import', '--dataset', 'a', '--url', server.url],
      2,
      'BAD_INPUT',
      /exactly one of --file PATH, --images DIR, --beir DIR and --code DIR/,
    ],
    [['import', '--url', server.url], 2, 'BAD_INPUT', /--dataset <name>/],
    [['serch', 'x'], 2, 'BAD_INPUT', /unknown command 'serch'.*search/],
  ];
  for (const [args, status, code, message] of cases) {
    const json = await here(t, [...args, '--json']);
    assert.equal(json.status, status, json.stderr);
    assert.equal(json.stdout.trim().split('\n').length, 1, json.stdout);
    const { error } = JSON.parse(json.stdout);
    assert.equal(error.code, code, json.stdout);
    assert.match(error.message, message);
  }
  // As a shell sees it.
  const text = await quartet(['search', 'x', '--dataset', 'nope', '--url', server.url]);
  assert.deepEqual([text.status, text.stdout], [2, '']);
  assert.equal(text.stderr, 'quartet: There is no dataset "nope". Datasets here: faq.\n');
});

test('an import that fails leaves no dataset behind that it made, and none that was there is touched', async (t) => {
  const server = await testServer(t, { worker: true });
  const file = join(await folder(t), 'faq.csv');
  await writeFile(file, csv);
  const names = async () =>
    (await server.ask('{ datasets { nodes { name } } }')).datasets.nodes.map(({ name }: { name: string }) => name);
  const faq = (dataset: string, positive: string, ...more: string[]) =>
    quartet(
      ['import', '--dataset', dataset, '--file', file, '--query', 'ask', '--positive', positive, ...more].concat(
        '--url',
        server.url,
      ),
    );
  const strict = await faq('strict', 'reply', '--strict');
  assert.equal(strict.status, 1, strict.stdout);
  assert.match(strict.stderr, /faq\.csv.*62/s);
  assert.equal((await faq('refused', 'reply', '--delimiter', 'ab')).status, 2);
  assert.deepEqual(await names(), []);

  const lax = await faq('kept', 'reply');
  assert.equal(lax.status, 0, lax.stderr);
  assert.match(lax.stderr, /^Importing: 61 rows, 1 skipped$/m);
  assert.match(lax.stderr, /^Sending: \d+ of \d+ kB \(100 %\)$/m);
  assert.match(lax.stdout, /Skipped 1 rows .* report: http/);
  assert.equal((await faq('kept', 'reply', '--strict')).status, 1);
  assert.deepEqual(await names(), ['kept']);
});

test('the address of a report is not given when its server ends with the command', async (t) => {
  const dir = await folder(t);
  const file = join(dir, 'faq.csv');
  await writeFile(file, csv);
  const input = ['import', '--dataset', 'faq', '--file', file, '--query', 'ask', '--positive', 'reply', '--data', dir];
  const { status, stdout, stderr } = await quartet(input, { DATABASE_URL: await testDatabaseUrl(t) });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /Skipped 1 rows that could not be taken; --report FILE writes why\./);
});

test('nobody listening at the address is an exit status of its own', async () => {
  const { status, stderr } = await quartet(['search', 'x', '--url', 'http://127.0.0.1:1']);
  assert.equal(status, 3);
  assert.match(stderr, /No server can be reached at http:\/\/127\.0\.0\.1:1 .*Is `quartet serve` running there\?/);
});

test('a command finds the server of its data directory, and else starts one for itself', async (t) => {
  const server = await testServer(t);
  await server.ask('mutation { createDataset(input: {name: "from the server"}) { dataset { id } } }');
  const found = await quartet(['search', 'x', '--dataset', 'nope', '--data', server.dataDir]);
  assert.match(found.stderr, /Datasets here: from the server\./);

  // Left over from a server that is gone.
  const dir = await folder(t);
  await writeFile(join(dir, 'server.json'), JSON.stringify({ url: server.url, pid: 1, instance: 'another' }));
  const own = await quartet(['search', 'x', '--data', dir], { DATABASE_URL: await testDatabaseUrl(t) });
  assert.equal(own.status, 2, own.stderr);
  assert.match(own.stderr, /There are no datasets yet/);
});

test('serve stops in order at SIGTERM and takes its address file with it', async (t) => {
  // Not there yet: it makes its data directory, also beside an external database.
  const dir = join(await folder(t), 'data');
  const { spawn } = await import('node:child_process');
  const env = { ...process.env, DATABASE_URL: await testDatabaseUrl(t), QUARTET_LOG_FORMAT: 'json' };
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--data', dir], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (piece) => {
      log += String(piece);
      if (log.includes('GraphQL listens at')) resolve();
    });
    child.once('exit', () => reject(new Error(log)));
  });
  const { url } = JSON.parse(await readFile(join(dir, 'server.json'), 'utf8'));
  assert.equal((await fetch(`${url}/livez`)).status, 200);
  child.kill('SIGTERM');
  const status = await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(status, 0, log);
  await assert.rejects(readFile(join(dir, 'server.json')), { code: 'ENOENT' });
});

test('help names every command, and each command its examples', async () => {
  const { stdout, status } = await quartet(['--help']);
  assert.equal(status, 0);
  for (const command of createProgram().commands) {
    assert.match(stdout, new RegExp(`^  ${command.name()} `, 'm'));
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    assert.match(help, /Examples:\n {2}\$ .*quartet/);
  }
});

test('a reader that stops reading ends a command quietly', async () => {
  const child = spawn(process.execPath, [CLI, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [status] = await once(child, 'close');
  assert.deepEqual([status, stderr], [0, '']);
});
