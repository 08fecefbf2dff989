import { QuartetError } from '../domain/errors.ts';
import type { Artifact, ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { holdIndexFiles } from '../store/index-files.ts';
import type { Statements } from './enqueue.ts';

/**
 * Makes what a child wrote an artifact and writes the row that names it, so that nobody removes it in between. Waits out a restart of
 * PostgreSQL; `write` may be called again after it was committed and only the answer got lost.
 * @throws QuartetError DISK_FULL; RETRY_LATER when the files were removed while the database was away
 */
export async function adoptIndexFiles(
  { db, artifacts }: { readonly db: Database; readonly artifacts: ArtifactStore },
  indexDir: string,
  write: (tx: Statements, files: Artifact) => Promise<void>,
): Promise<void> {
  let files: Artifact | undefined;
  await db.retrying(() =>
    db.transaction(async (tx) => {
      await holdIndexFiles(tx);
      if (files !== undefined) await artifacts.renew('index', files.sha256).catch(removed);
      files ??= await artifacts.adopt('index', indexDir);
      await write(tx, files);
    }),
  );
}

function removed(cause: unknown): never {
  const message = 'the new files of an index were removed before a row named them; they are built again';
  throw new QuartetError('RETRY_LATER', message, { cause });
}
