// A process for tests that joins and leaves the ephemeral embedded server of its first argument as often as its second says, and
// tells which servers answered. Between two visits nobody may be left, so that the server goes.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { silentLogger } from '../../src/platform/logger.ts';
import { joinServer } from '../../src/store/embedded/membership.ts';

const [dataDir, visits] = process.argv.slice(2) as [string, string];
const servers: string[] = [];
try {
  for (let visit = 0; visit < Number(visits); visit++) {
    const { url, leave } = await joinServer({ dataDir, logger: silentLogger, grace: 0, ephemeral: true });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query('SELECT pg_postmaster_start_time()::text AS started');
    await client.end();
    servers.push(rows[0].started);
    leave();
    await sleep(Math.random() * 600);
  }
  process.send?.(servers);
} catch (error) {
  process.send?.({ failed: (error as Error).stack });
}
process.disconnect();
