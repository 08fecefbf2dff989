import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer-core';
import { testServer } from '../api/harness.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const run = promisify(execFile);

/** The page's files, from another origin than the server's. */
async function pageServer(t: TestContext): Promise<string> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://page');
    const file = pathname === '/' ? 'index.html' : pathname.slice(1);
    const body = await readFile(join(EXAMPLES, 'search-page', file)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': types[extname(file)] ?? 'text/plain' });
    response.end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the examples run: a script imports, trains and searches; a page searches while one types', async (t) => {
  const page = await pageServer(t);
  const server = await testServer(t, { worker: true, origins: [page] });
  const script = join(EXAMPLES, 'import-train-search.ts');
  const env = { ...process.env, QUARTET_URL: server.url };
  const { stdout } = await run(process.execPath, [script, 'my password is gone', 'help desk'], { env });
  assert.match(stdout, /^20 answers, 120 questions$/m);
  assert.match(stdout, /^step 20, loss \d/m);
  const [, before, after] = /nDCG@10 (\S+) before, (\S+) after/.exec(stdout) ?? [];
  assert.ok(Number(after) > Number(before) && Number(after) > 0.6, `it has learned: ${before} to ${after}`);
  assert.match(stdout, /^1\. .*Reset password/m);

  await t.test('the page', { skip: CHROMIUM === undefined && 'no Chromium: apt-get install chromium' }, async () => {
    await typeAndSee(t, server, page);
  });
});

async function typeAndSee(t: TestContext, server: { readonly url: string }, page: string): Promise<void> {
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM as string,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    timeout: 120_000,
    protocolTimeout: 120_000,
  });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  tab.setDefaultTimeout(120_000);
  const faults: string[] = [];
  tab.on('pageerror', (error) => faults.push(String(error)));
  tab.on('console', (message) => {
    // What is given up is no fault; everything else that the browser complains of is.
    if (message.type() === 'error' && !message.location().url?.endsWith('favicon.ico')) faults.push(message.text());
  });
  const searches: string[] = [];
  tab.on('request', (request) => {
    const text = /"text":"([^"]*)"/.exec(request.postData() ?? '')?.[1];
    if (text !== undefined) searches.push(text);
  });
  await tab.goto(`${page}/?dataset=help%20desk&server=${encodeURIComponent(server.url)}`);
  await tab.waitForNetworkIdle();
  const typed = 'change my password';
  const searchedFor = async (text: string) => {
    while (searches.at(-1) !== text) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await tab.type('input', typed);
  await searchedFor(typed);
  await tab.waitForFunction(`/Reset password/.test(document.querySelector('li')?.textContent ?? '')`);
  assert.match((await tab.$eval('[role="status"]', (element) => element.textContent)) ?? '', /^8 of 20 in [\d.]+ ms$/);
  // Keys as fast as can be, whatever the machine does beside it.
  const more = `${typed} please`;
  searches.length = 0;
  await tab.$eval(
    'input',
    (element, text) => {
      for (let length = 1; length <= text.length; length++) {
        element.value = text.slice(0, length);
        element.dispatchEvent(new Event('input'));
      }
    },
    more,
  );
  await searchedFor(more);
  assert.ok(searches.length < 3, `${searches.length} searches for ${more.length} keys`);
  await tab.waitForNetworkIdle();
  const picture = process.env.QUARTET_SCREENSHOT;
  if (picture !== undefined) {
    await mkdir(dirname(picture), { recursive: true });
    await tab.screenshot({ path: picture as `${string}.png` });
  }
  await tab.$eval('input', (element) => {
    element.value = '';
    element.dispatchEvent(new Event('input'));
  });
  await tab.waitForFunction(`document.querySelectorAll('li').length === 0`);
  assert.deepEqual(faults, []);
}
