import { randomBytes } from 'node:crypto';
import type { Statements } from './statements.ts';

/** 256 random bits that all servers of the installation share under this name; made by whoever asks first. */
export async function sharedSecret(sql: Statements, name: string): Promise<Buffer> {
  await sql.query('INSERT INTO "Secret" (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    randomBytes(32),
  ]);
  const { rows } = await sql.query('SELECT value FROM "Secret" WHERE name = $1', [name]);
  return rows[0].value;
}
