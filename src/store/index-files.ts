import type { ArtifactStore } from './artifacts.ts';
import type { Database } from './database.ts';
import type { Statements } from './statements.ts';

/*
 * Files of indexes are named by their content, and two versions may have the same. So that none are removed that a row is about to
 * name: whoever makes files an artifact and then a row's holds a lock in common from the one to the other; whoever removes some holds it alone
 * from the look at the rows to the removal. Builds hold it for the moment of their end, and nobody waits for a build.
 */
const FILES = `hashtext('quartet index files')`;

/** In a transaction, before files become an artifact that a row of this transaction will name. */
export async function holdIndexFiles(tx: Statements): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${FILES})`);
}

/** Of these, those that no row names. */
async function unusedFiles(sql: Statements, files: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query(
    `SELECT f AS sha256 FROM unnest($1::text[]) f WHERE NOT EXISTS (SELECT FROM "IndexVersion" i WHERE i.sha256 = f)`,
    [files],
  );
  return rows.map((row) => row.sha256);
}

/** Removes those of these files that no row names, also while indexes are being built. @returns those removed */
export async function removeUnusedFiles(
  { db, artifacts }: { readonly db: Pick<Database, 'transaction'>; readonly artifacts: ArtifactStore },
  files: readonly string[],
): Promise<readonly string[]> {
  if (files.length === 0) return [];
  return await db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(${FILES})`);
    const unused = await unusedFiles(tx, files);
    for (const sha256 of unused) await artifacts.remove('index', sha256);
    return unused;
  });
}
