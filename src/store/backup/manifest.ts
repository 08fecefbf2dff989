import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { QuartetError } from '../../domain/errors.ts';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import { sha256 } from '../../platform/hash.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const manifest = z.object({
  format: z.literal(1),
  createdAt: z.string(),
  /** Applied to the database when the backup was made: a restore makes the same tables first. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** In an order in which each refers only to itself and those before it. */
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number(), bytes: z.number(), sha256: hash }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  artifacts: z.array(z.object({ kind: z.string(), sha256: hash })),
  uploads: z.array(z.object({ name: z.string(), sha256: hash })),
});

/** What a backup holds. Lies in its folder as `manifest.json`, and the hash of that as `manifest.sha256`. */
export type Manifest = z.infer<typeof manifest>;

export const tableFile = (folder: string, table: string) => join(folder, 'tables', `${table}.copy`);
export const artifactFolder = (folder: string, kind: string, address: string) =>
  join(folder, 'artifacts', kind, address);
export const uploadFile = (folder: string, name: string) => join(folder, 'uploads', name);

/** Written last: a folder without it is no backup. */
export async function writeManifest(folder: string, value: Manifest): Promise<void> {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  await writeFileAtomic(join(folder, 'manifest.sha256'), `${sha256(text)}\n`);
  await writeFileAtomic(join(folder, 'manifest.json'), text);
}

/** @throws QuartetError NOT_FOUND where there is no backup, CORRUPT_ARTIFACT when its manifest was changed */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  const noted = await readFile(join(folder, 'manifest.sha256'), 'utf8').catch(() => undefined);
  if (text === undefined || noted === undefined) {
    throw new QuartetError('NOT_FOUND', `${folder} holds no whole backup: its manifest is missing`);
  }
  const parsed = noted.trim() === sha256(text) ? manifest.safeParse(JSON.parse(text)) : undefined;
  if (parsed?.success !== true) {
    throw new QuartetError('CORRUPT_ARTIFACT', `the backup in ${folder} is damaged: manifest.json; use another one`);
  }
  return parsed.data;
}
