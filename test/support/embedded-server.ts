import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../../src/platform/logger.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';

/** A data directory of a test's own. Private, as `mkdtemp` makes it. After the test no process may work in it any more, and it is removed. */
export async function dataDirectory(t: TestContext, parent = tmpdir(), name = ''): Promise<string> {
  const dataDir = await mkdtemp(join(parent, `quartet-embedded-${name}`));
  t.after(async () => {
    // Hooks run in the order of their registration, so what was opened later is closed here.
    for (const database of opened.get(dataDir) ?? []) await database.close();
    const root = await placeRoot(dataDir);
    await until(`the server of ${dataDir} stops`, async () => (await processesIn(root)).length === 0);
    await rm(root, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });
  return dataDir;
}

const opened = new Map<string, Database[]>();

/** Opens the embedded database of a data directory that `dataDirectory` made; closed before that is removed. */
export async function openEmbedded(dataDir: string): Promise<Database> {
  const database = await openDatabase({ dataDir, logger: silentLogger });
  opened.set(dataDir, [...(opened.get(dataDir) ?? []), database]);
  return database;
}

export async function placeRoot(dataDir: string): Promise<string> {
  const pointer = await readFile(join(dataDir, 'postgres.location'), 'utf8').catch(() => undefined);
  return pointer?.trim() ?? join(dataDir, 'postgres');
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(await placeRoot(dataDir), 'cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
}

export async function guardianPid(dataDir: string): Promise<number> {
  const log = await readFile(join(await placeRoot(dataDir), 'guardian.log'), 'utf8');
  return Number(
    log
      .match(/guardian (\d+) started/g)
      ?.at(-1)
      ?.match(/\d+/)?.[0],
  );
}

/** Processes of a place: PostgreSQL's work in its cluster, the guardian names it on its command line. */
export async function processesIn(root: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return folder.startsWith(root) || (command.includes('guardian') && command.includes(`"${root}"`));
    }),
  );
  return pids.filter((_, index) => found[index]);
}

export async function until(what: string, condition: () => Promise<boolean>, patience = 60_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `${what}: not within ${patience} ms`);
    await sleep(50);
  }
}
