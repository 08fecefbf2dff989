import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { testServer } from './harness.ts';

test('pages of the origins named in the settings may ask, subscribe and send files; others may not', async (t) => {
  const { url } = await testServer(t);
  const asked = async (path: string, origin: string, method = 'OPTIONS') =>
    (
      await fetch(`${url}${path}`, {
        method,
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      })
    ).headers.get('access-control-allow-origin');
  for (const path of ['/graphql', '/uploads/x']) {
    assert.equal(await asked(path, 'https://shop.example'), 'https://shop.example', path);
    assert.equal(await asked(path, 'https://evil.example'), null, path);
  }
  const opens = (origin: string) =>
    new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
      socket.on('open', () => resolve(true)).on('error', () => resolve(false));
      t.after(() => socket.terminate());
    });
  assert.deepEqual(
    [await opens('https://shop.example'), await opens(url), await opens('https://evil.example')],
    [true, true, false],
  );
});

test('the client comes from the server as a module that any page may load', async (t) => {
  const { url } = await testServer(t);
  const response = await fetch(`${url}/client.js`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /javascript/);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.match(await response.text(), /QuartetClient/);
});
