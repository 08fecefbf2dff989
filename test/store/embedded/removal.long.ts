import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { describePlace, findPlace, removePlace } from '../../../src/store/embedded/place.ts';
import { despiteRemoval } from '../../../src/store/embedded/removal.ts';

const EPHEMERAL_USER = new URL('../../support/ephemeral-user.ts', import.meta.url);

// As root below a private folder the place is elsewhere, and a file points to it.
for (const mode of [0o755, 0o700]) {
  test(`a place below a folder of mode ${mode.toString(8)} is found whole at every moment of its removal`, async (t) => {
    const dataDir = await temporaryData(t, mode);
    let searching = true;
    const search = async () => {
      for (let round = 0; round < 100; round++) assert.notEqual((await findPlace(dataDir)).password, '');
    };
    const remove = async () => {
      let removed = 0;
      while (searching) {
        await removePlace(await findPlace(dataDir), dataDir).then(() => removed++, goneAlready);
        // Now and then nobody removes for a while.
        if (Math.random() < 0.5) await new Promise(setImmediate);
      }
      return removed;
    };
    const removing = remove();
    await Promise.all(Array.from({ length: 6 }, search)).finally(() => {
      searching = false;
    });
    assert.ok((await removing) > 20, `it was removed again and again: ${await removing}`);
    await removePlace(await findPlace(dataDir), dataDir);
  });
}

test('leaves the pointer to a place that took over', async (t) => {
  const dataDir = await temporaryData(t);
  const place = await findPlace(dataDir);
  await writeFile(join(dataDir, 'postgres.location'), `${join(dataDir, 'another')}\n`);
  await mkdir(join(dataDir, 'another'));
  await removePlace(place, dataDir);
  assert.equal((await findPlace(dataDir)).root, join(dataDir, 'another'));
});

test('a name that never comes, and any other error, is reported', async () => {
  await assert.rejects(
    despiteRemoval(async () => describePlace('/nonexistent/postgres')),
    { code: 'ENOENT' },
  );
  let attempts = 0;
  const denied = async () => {
    attempts++;
    throw Object.assign(new Error('denied'), { code: 'EACCES' });
  };
  await assert.rejects(despiteRemoval(denied), { code: 'EACCES' });
  assert.equal(attempts, 1);
});

test('processes that join while the last user of an ephemeral server leaves always reach a server that answers', async (t) => {
  const dataDir = await temporaryData(t);
  const users = Array.from({ length: 2 }, () => fork(EPHEMERAL_USER, [dataDir, '3']));
  t.after(() => {
    for (const user of users) user.kill('SIGKILL');
  });
  const servers = (await Promise.all(users.map(answer))).flat();
  assert.equal(servers.length, 6);
  assert.ok(new Set(servers).size > 1, 'there was more than one server');
});

async function temporaryData(t: test.TestContext, mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-removal-'));
  await chmod(folder, mode);
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));
  return join(folder, 'data');
}

async function answer(user: ChildProcess): Promise<string[]> {
  const [message] = (await once(user, 'message')) as [string[] | { failed: string }];
  assert.ok(Array.isArray(message), JSON.stringify(message));
  return message;
}

function goneAlready(error: NodeJS.ErrnoException): void {
  assert.equal(error.code, 'ENOENT');
}
