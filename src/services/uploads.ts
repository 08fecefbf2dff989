import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { QuartetError } from '../domain/errors.ts';
import type { UploadId } from '../domain/ids.ts';
import { DEFAULT_LIMITS } from '../domain/limits.ts';
import { type Clock, DAY, systemClock } from '../platform/clock.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { Database } from '../store/database.ts';
import { UploadFiles } from '../store/upload-files.ts';
import { completeUpload, deleteExpiredUploads, findUploads, insertUpload, type UploadRow } from '../store/uploads.ts';
import type { Statements } from './enqueue.ts';

export type { UploadRow };

export interface UploadsDeps {
  readonly db: Database;
  readonly dataDir: string;
  /** Of one upload. Default `DEFAULT_LIMITS`. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** An upload may be sent this long after it was opened, and is kept this long after it was sent or last imported. */
export const UPLOAD_LIFETIME = DAY;
const MAX_FILE_NAME = 255;

/** Files on their way in. States of an upload: PENDING (opened), COMPLETE (all bytes on disk), gone (expired and swept). */
export class UploadsService {
  readonly #db: Database;
  readonly #files: UploadFiles;
  readonly #maxBytes: number;
  readonly #clock: Clock;

  constructor({ db, dataDir, maxBytes = DEFAULT_LIMITS.uploadBytes, clock = systemClock }: UploadsDeps) {
    this.#db = db;
    this.#files = new UploadFiles(dataDir);
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /**
   * Opens an upload; its token is the permission to send the bytes.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT
   */
  async create(
    { namespace, fileName }: Pick<UploadRow, 'namespace' | 'fileName'>,
    within: Statements = this.#db.pool,
  ): Promise<UploadRow> {
    if (
      fileName.trim() === '' ||
      fileName.length > MAX_FILE_NAME ||
      /\p{Cc}/u.test(fileName) ||
      !fileName.isWellFormed()
    ) {
      const rule = `1 to ${MAX_FILE_NAME} characters without control characters`;
      throw new QuartetError('BAD_INPUT', `a file name has ${rule}`, { field: ['input', 'fileName'] });
    }
    return insertUpload(within, {
      id: newUuid() as UploadId,
      namespace,
      fileName,
      token: randomBytes(32).toString('base64url'),
      expiresAt: this.#expiry(),
    });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: UploadId): Promise<UploadRow> {
    const [upload] = await this.getMany([id]);
    if (upload === undefined) throw notFound(id);
    return upload;
  }

  /** In no order; ids that are not there are left out. */
  getMany(ids: readonly UploadId[]): Promise<UploadRow[]> {
    return findUploads(this.#db.pool, ids.filter(isUuid));
  }

  /**
   * Takes the bytes of an upload, streaming to disk. Sent again (the answer got lost), the same bytes are fine.
   * @throws QuartetError NOT_FOUND also for a wrong token, CONFLICT when it has expired or is complete with other bytes,
   * LIMIT_EXCEEDED when it is too large, DISK_FULL; the stream's error when the sender went away. Nothing is kept then.
   */
  async receive(id: UploadId, token: string, stream: AsyncIterable<Uint8Array>): Promise<UploadRow> {
    const upload = await this.get(id);
    if (!sameToken(token, upload.token)) throw notFound(id);
    if (upload.expiresAt.getTime() <= this.#clock()) {
      throw new QuartetError('CONFLICT', `upload ${id} expired at ${upload.expiresAt.toISOString()}; open another one`);
    }
    const received = await this.#files.write(id, stream, this.#maxBytes);
    const expiresAt = this.#expiry();
    const complete = await this.#db.retrying(() => completeUpload(this.#db.pool, { id, ...received, expiresAt }));
    if (complete !== null) return complete;
    const before = await this.get(id);
    if (before.sha256 === received.sha256) return before;
    throw new QuartetError('CONFLICT', `upload ${id} is complete already, with other bytes; open another one`);
  }

  /** Where the bytes of a complete upload are. */
  path({ id, sha256 }: { readonly id: UploadId; readonly sha256: string }): string {
    return this.#files.path(id, sha256);
  }

  /** @throws QuartetError NOT_FOUND, NOT_READY before all bytes have arrived, BAD_INPUT when it is larger than `mostBytes` */
  async readSmall(id: UploadId, mostBytes: number): Promise<Buffer> {
    const { sha256, bytes, fileName } = await this.get(id);
    const field = ['input', 'query', 'imageUploadId'];
    if (sha256 === null) {
      throw new QuartetError('NOT_READY', `upload ${id} (${fileName}) has not arrived; send its bytes first`, {
        field,
      });
    }
    if (bytes > mostBytes) {
      throw new QuartetError('BAD_INPUT', `${fileName} has ${bytes} bytes, at most ${mostBytes} are taken`, { field });
    }
    return readFile(this.path({ id, sha256 }));
  }

  /** Lets go of uploads that have expired and that no unfinished import needs. @returns how many */
  async removeExpired(): Promise<number> {
    const gone = await deleteExpiredUploads(this.#db.pool, new Date(this.#clock()));
    await this.#files.remove(gone);
    return gone.length;
  }

  #expiry(): Date {
    return new Date(this.#clock() + UPLOAD_LIFETIME);
  }
}

function sameToken(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The same answer for an unknown id and a wrong token: neither tells that the other is right. */
function notFound(id: string): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no upload ${id} for this token`, { field: ['input', 'uploadIds'] });
}
