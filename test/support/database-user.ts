// A process for tests that opens the embedded database of its first argument, says which server it reached, and stays until told to close.
import { silentLogger } from '../../src/platform/logger.ts';
import { openDatabase } from '../../src/store/database.ts';

try {
  const database = await openDatabase({ dataDir: process.argv[2] as string, logger: silentLogger });
  const { rows } = await database.pool.query('SELECT pg_postmaster_start_time()::text AS started');
  process.send?.(rows[0].started);
  process.once('message', async () => {
    await database.close();
    process.disconnect();
  });
} catch (error) {
  process.send?.(`failed: ${(error as Error).message}`);
  process.disconnect();
}
