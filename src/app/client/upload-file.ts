import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../../domain/errors.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import { sha256, sha256File } from '../../platform/hash.ts';
import type { Connection } from './connection.ts';
import { CREATE_UPLOAD, type UploadFields } from './operations.ts';

/** Uploads of one file that may have ended without an import, before it is given up to find one. */
const GENERATIONS = 10;
/** One that ends sooner is not begun with. */
const LEAST_TIME = 10 * MINUTE;
/** Times that nothing more has come, before it is told. */
const ATTEMPTS = 5;

/**
 * Sends a file from where the server has it, also when that was sent by a command that was interrupted: an upload is opened under an
 * idempotency key made of the file's name and content, so that whoever sends the same file finds the one that there is.
 * @param onSent called with the number of bytes that are sent so far, those of commands before included
 * @returns the upload's id
 */
export async function uploadFile(
  connection: Connection,
  { path, name, bytes }: { readonly path: string; readonly name: string; readonly bytes: number },
  onSent: (bytes: number) => void,
): Promise<string> {
  const upload = await openUpload(connection, { fileName: name, bytes, sha256: await sha256File(path) });
  if (upload.url === null) {
    onSent(bytes);
    return upload.id;
  }
  let most = 0;
  for (let failures = 0; ; ) {
    try {
      await connection.putFrom(upload.url, path, { bytes, onSent });
      return upload.id;
    } catch (error) {
      // It may still hold on to the attempt that broke off: then it says CONFLICT.
      const passes = error instanceof QuartetError && ['RETRY_LATER', 'CONFLICT'].includes(error.code);
      const reached = passes ? await connection.uploaded(upload.url).catch(() => most) : most;
      failures = reached > most ? 0 : failures + 1;
      most = Math.max(most, reached);
      if (!passes || failures >= ATTEMPTS) throw error;
      await sleep(failures * SECOND);
    }
  }
}

interface Announced {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The one that was begun and still has time, else a new one. */
async function openUpload(connection: Connection, announced: Announced): Promise<UploadFields> {
  const key = sha256(JSON.stringify(announced));
  for (let generation = 1; ; generation++) {
    const keyed = generation > GENERATIONS ? {} : { idempotencyKey: `upload ${key} ${generation}` };
    const { upload } = await connection.mutate<{ upload: UploadFields | null }>('createUpload', CREATE_UPLOAD, {
      ...announced,
      ...keyed,
    });
    if (upload !== null && Date.parse(upload.expiresAt) > Date.now() + LEAST_TIME) return upload;
    if (generation > GENERATIONS) throw new Error('an upload that was just opened has no time left');
  }
}
