import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { describePlace } from '../../../src/store/embedded/place.ts';
import { dataDirectory, placeRoot, processesIn, until } from '../../support/embedded-server.ts';

const USER = new URL('../../support/database-user.ts', import.meta.url);

test('eight processes that start at once share one server, and it stops with the last one', async (t) => {
  // Its socket's path would be longer than the kernel allows.
  const dataDir = await dataDirectory(t, tmpdir(), 'with-a-long-name-'.repeat(6));
  const users = Array.from({ length: 8 }, () => fork(USER, [dataDir]));
  t.after(() => {
    for (const user of users) user.kill('SIGKILL');
  });
  const servers = await Promise.all(users.map(answer));
  assert.equal(new Set(servers).size, 1, servers.join('\n'));
  assert.match(servers[0] as string, /^\d{4}-/);
  const root = await placeRoot(dataDir);

  // Half of them leave politely, the others are killed, all but one.
  await Promise.all(
    users.slice(1).map(async (user, index) => {
      if (index % 2 === 0) user.send('close');
      else user.kill('SIGKILL');
      await once(user, 'exit');
    }),
  );
  const late = fork(USER, [dataDir]);
  assert.equal(await answer(late), servers[0]);
  late.kill('SIGKILL');
  users[0]?.kill('SIGKILL');
  await until('the last one has left', async () => (await processesIn(root)).length === 0);
  await assert.rejects(access((await describePlace(root)).run), { code: 'ENOENT' });
  await assert.rejects(access(join(root, 'cluster/postmaster.pid')), { code: 'ENOENT' });

  const next = fork(USER, [dataDir]);
  assert.notEqual(await answer(next), servers[0]);
  next.send('close');
  await once(next, 'exit');
});

async function answer(user: ChildProcess): Promise<string> {
  const [message] = (await once(user, 'message')) as [string];
  return message;
}
