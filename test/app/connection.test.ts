import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Connection } from '../../src/app/client/connection.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function listening(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function* pieces(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n++) yield new Uint8Array(bytes).fill(n);
}

test('an upload takes as much memory as is on its way, not as much as it has bytes', async (t) => {
  const url = await listening(t, async (request, response) => {
    let received = 0;
    for await (const piece of request) received += piece.length;
    response.end(JSON.stringify({ received }));
  });
  let most = 0;
  let sent = 0;
  await new Connection(url).put(`${url}/x`, pieces(512, 2 ** 19), (bytes) => {
    sent += bytes;
    if (sent % 2 ** 24 !== 0) return;
    // Without what both ends have dropped, and the collector would find at a time of its own choice.
    collectGarbage();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  });
  assert.equal(sent, 2 ** 28);
  assert.ok(most < 2 ** 26, `${Math.round(most / 2 ** 20)} MiB for an upload of 256 MiB`);
});

test('a refusal that comes while the bytes are still on their way is what the caller is told', async (t) => {
  const url = await listening(t, (request, response) => {
    request.once('data', () => {
      response.writeHead(409, { connection: 'close' });
      response.end(JSON.stringify({ code: 'CONFLICT', message: 'it has expired' }));
      request.resume();
    });
  });
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield new Uint8Array(1_000);
      await sleep(1);
    }
  }
  const put = new Connection(url).put(`${url}/x`, endless(), () => {});
  await assert.rejects(put, { code: 'CONFLICT', message: 'it has expired' });
});

test('a source that fails is told from a server that can not be reached', async (t) => {
  const url = await listening(t, (request) => request.resume());
  const connection = new Connection(url);
  await assert.rejects(
    connection.put(`${url}/x`, '/no/such/file', () => {}),
    { code: 'ENOENT' },
  );
  await assert.rejects(
    connection.put('http://127.0.0.1:9/x', pieces(3, 10), () => {}),
    { code: 'RETRY_LATER' },
  );
  const closing = await listening(t, (request) => request.destroy());
  await assert.rejects(
    connection.put(`${closing}/x`, pieces(100, 2 ** 20), () => {}),
    { code: 'RETRY_LATER' },
  );
});
