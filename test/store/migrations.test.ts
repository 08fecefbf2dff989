import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { silentLogger } from '../../src/platform/logger.ts';
import { applyMigrations, MIGRATIONS_FOLDER } from '../../src/store/migrations.ts';
import { SCHEMA_FILE, schemaDifference } from '../../src/store/schema-difference.ts';
import { testDatabase } from '../support/database.ts';

test('prisma/migrations and prisma/schema.prisma agree, and a planted difference is found', async (t) => {
  const { pool } = await testDatabase(t);
  assert.equal(await schemaDifference(pool), '');
  const schema = await readFile(SCHEMA_FILE, 'utf8');
  const planted = schema.replace('model Dataset {', 'model Dataset {\n  planted Int @default(0)');
  assert.match(await schemaDifference(pool, planted), /ALTER TABLE "Dataset" ADD COLUMN\s+"planted" INTEGER/);
  await pool.query('DROP INDEX "TrainingRun_status_idx"');
  assert.match(await schemaDifference(pool), /CREATE INDEX "TrainingRun_status_idx"/);
});

test('applies what is pending once, also when several processes start at once', async (t) => {
  const { pool, url } = await testDatabase(t);
  const folder = await migrationsWith(t, {
    '99990101000000_more': 'CREATE TABLE more (a int); INSERT INTO more VALUES (1);',
  });
  const applied = await Promise.all(Array.from({ length: 4 }, () => applyMigrations(url, silentLogger, folder)));
  assert.deepEqual(applied.flat(), ['99990101000000_more']);
  assert.equal((await pool.query('SELECT * FROM more')).rowCount, 1);
});

test('a migration that fails leaves nothing, and can be applied once it is mended', async (t) => {
  const { pool, url } = await testDatabase(t);
  const folder = await migrationsWith(t, {
    '99990101000000_good': `CREATE TABLE good (a text); INSERT INTO good VALUES ('a;b');`,
    '99990101000001_bad': 'CREATE TABLE half (a int); SELECT 1 / 0;',
  });
  await assert.rejects(applyMigrations(url, silentLogger, folder), /division by zero/);
  const { rows } = await pool.query(`SELECT to_regclass('good') AS good, to_regclass('half') AS half`);
  assert.deepEqual(rows, [{ good: null, half: null }]);
  await writeFile(join(folder, '99990101000001_bad/migration.sql'), 'CREATE TABLE half (a int);');
  assert.equal((await applyMigrations(url, silentLogger, folder)).length, 2);
  assert.deepEqual((await pool.query('SELECT a FROM good')).rows, [{ a: 'a;b' }]);
});

test('refuses a database of a newer version, and a migration edited after it was applied', async (t) => {
  const { url } = await testDatabase(t);
  const folder = await migrationsWith(t, { '99990101000000_newer': 'SELECT 1;' });
  await applyMigrations(url, silentLogger, folder);
  await assert.rejects(applyMigrations(url, silentLogger), { code: 'NOT_READY', message: /99990101000000_newer/ });
  await writeFile(join(folder, '99990101000000_newer/migration.sql'), 'SELECT 2;');
  await assert.rejects(applyMigrations(url, silentLogger, folder), { code: 'NOT_READY', message: /was changed/ });
});

/** The project's migrations and more. */
async function migrationsWith(t: TestContext, more: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-migrations-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  for (const [name, sql] of Object.entries(more)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}
