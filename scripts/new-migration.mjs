// Writes prisma/migrations/<time>_<name>/migration.sql: what turns the present migrations' tables into prisma/schema.prisma.
// Usage: node scripts/new-migration.mjs NAME
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLogger } from '../src/platform/logger.ts';
import { joinServer } from '../src/store/embedded/membership.ts';
import { applyMigrations, MIGRATIONS_FOLDER } from '../src/store/migrations.ts';
import { schemaDifference } from '../src/store/schema-difference.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: node scripts/new-migration.mjs NAME   (NAME: lower-case letters, digits, underscores)');
  process.exit(2);
}
const logger = createLogger({ level: 'info', json: false });
const dataDir = await mkdtemp(join(tmpdir(), 'quartet-migration-'));
const server = await joinServer({ dataDir, logger, ephemeral: true, grace: 100, settings: { fsync: 'off' } });
const pool = new pg.Pool({ connectionString: server.url });
let difference;
try {
  await applyMigrations(server.url, logger);
  difference = await schemaDifference(pool);
} finally {
  await pool.end();
  server.leave();
  // The server still empties its own folder for a moment.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
if (difference === '') {
  console.log('prisma/migrations and prisma/schema.prisma agree: nothing to write');
} else {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${time}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), difference);
  console.log(`wrote ${join(folder, 'migration.sql')}; read it, then commit it with the schema`);
}
