import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { NO_FILTERS } from './migrations.ts';
import { withSchemaEngine } from './schema-engine.ts';

export const SCHEMA_FILE = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));

/**
 * The SQL that turns a database's tables into what a Prisma schema says; empty when they agree.
 * @param pool a pool of the database, which is only read
 * @param schema text of the schema, default prisma/schema.prisma
 */
export async function schemaDifference(pool: pg.Pool, schema?: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: schema ?? (await readFile(SCHEMA_FILE, 'utf8')) }];
  return withSchemaEngine(pool, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '/' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
}
