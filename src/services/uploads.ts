import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { QuartetError } from '../domain/errors.ts';
import type { UploadId } from '../domain/ids.ts';
import { DEFAULT_LIMITS } from '../domain/limits.ts';
import { type Clock, DAY, systemClock } from '../platform/clock.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { type Received, UploadFiles } from '../store/upload-files.ts';
import { completeUpload, deleteExpiredUploads, findUploads, insertUpload, type UploadRow } from '../store/uploads.ts';
import { requireDisk } from './disk-room.ts';
import type { Statements } from './enqueue.ts';

export type { UploadRow };

export interface UploadsDeps {
  readonly db: Database;
  readonly dataDir: string;
  /** Where other machines find what came in here; default: they share the data directory. */
  readonly artifacts?: ArtifactStore;
  /** Of one upload. Default `DEFAULT_LIMITS`. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

export interface NewUpload extends Pick<UploadRow, 'namespace' | 'fileName'> {
  /** What will come must have just these; default: anything will do. */
  readonly bytes?: number | null | undefined;
  /** Lower-case hexadecimal. */
  readonly sha256?: string | null | undefined;
}

/** Bytes `offset` to `end`, exclusive, of `total`. */
export interface UploadPart {
  readonly offset: number;
  readonly end: number;
  readonly total: number;
}

/** An upload may be sent this long after it was opened, and is kept this long after it was sent or last imported. */
export const UPLOAD_LIFETIME = DAY;
const MAX_FILE_NAME = 255;

/** Files on their way in. States of an upload: PENDING (opened), COMPLETE (all bytes on disk), gone (expired and swept). */
export class UploadsService {
  readonly #db: Database;
  readonly #files: UploadFiles;
  readonly #artifacts: ArtifactStore | undefined;
  readonly #maxBytes: number;
  readonly #clock: Clock;

  constructor({ db, dataDir, artifacts, maxBytes = DEFAULT_LIMITS.uploadBytes, clock = systemClock }: UploadsDeps) {
    this.#db = db;
    this.#files = new UploadFiles(dataDir);
    this.#artifacts = artifacts;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /**
   * Opens an upload; its token is the permission to send the bytes.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT
   */
  async create(
    { namespace, fileName, bytes = null, sha256 = null }: NewUpload,
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
    if (bytes !== null && (bytes < 0 || bytes > this.#maxBytes)) {
      const message = `an upload has 0 to ${this.#maxBytes} bytes, this is announced with ${bytes}; split the file`;
      throw new QuartetError('BAD_INPUT', message, { field: ['input', 'bytes'] });
    }
    if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) {
      const message = 'sha256 has another form than 64 lower-case hexadecimal digits';
      throw new QuartetError('BAD_INPUT', message, { field: ['input', 'sha256'] });
    }
    return insertUpload(within, {
      id: newUuid() as UploadId,
      namespace,
      fileName,
      announcedBytes: bytes,
      announcedSha256: sha256,
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

  /** How much of an upload has come; null when it is complete. @throws QuartetError NOT_FOUND also for a wrong token */
  async progress(id: UploadId, token: string): Promise<{ readonly bytes: number; readonly complete: boolean }> {
    const { status, bytes } = await this.#permitted(id, token);
    return status === 'COMPLETE'
      ? { bytes, complete: true }
      : { bytes: await this.#files.partBytes(id), complete: false };
  }

  /**
   * Takes a part of an upload, streaming to disk; with the last one it is complete. What has come stays when a part breaks off.
   * @param part bytes `offset` to `end` (exclusive) of `total`
   * @throws QuartetError as `receive`; CONFLICT also for a part that does not follow on what has come
   */
  async receivePart(
    id: UploadId,
    token: string,
    stream: AsyncIterable<Uint8Array>,
    { offset, end, total }: UploadPart,
  ): Promise<{ readonly bytes: number; readonly sha256: string | null }> {
    const upload = await this.#permitted(id, token);
    if (upload.status === 'COMPLETE') {
      if (upload.bytes === total) return { bytes: total, sha256: upload.sha256 };
      throw new QuartetError(
        'CONFLICT',
        `upload ${id} is complete already, with ${upload.bytes} bytes; open another one`,
      );
    }
    this.#requireOpen(upload);
    const most = upload.announcedBytes ?? this.#maxBytes;
    if (total > most) {
      throw new QuartetError(
        'LIMIT_EXCEEDED',
        `upload ${id} may have ${most} bytes, this has ${total}; open another one`,
      );
    }
    if (offset === 0) await this.#requireRoom(total);
    const bytes = await this.#files.addPart(id, stream, { offset, end });
    if (bytes < total) return { bytes, sha256: null };
    return await this.#complete(upload, await this.#files.settleParts(id));
  }

  /**
   * Takes the bytes of an upload, streaming to disk. Sent again (the answer got lost), the same bytes are fine.
   * @throws QuartetError NOT_FOUND also for a wrong token, CONFLICT when it has expired or is complete with other bytes,
   * LIMIT_EXCEEDED when it is too large, DISK_FULL; the stream's error when the sender went away. Nothing is kept then.
   */
  async receive(id: UploadId, token: string, stream: AsyncIterable<Uint8Array>): Promise<UploadRow> {
    const upload = await this.#permitted(id, token);
    this.#requireOpen(upload);
    await this.#requireRoom(upload.announcedBytes ?? 0);
    return await this.#complete(upload, await this.#files.write(id, stream, upload.announcedBytes ?? this.#maxBytes));
  }

  async #permitted(id: UploadId, token: string): Promise<UploadRow> {
    const upload = await this.get(id);
    if (!sameToken(token, upload.token)) throw notFound(id);
    return upload;
  }

  #requireOpen({ id, expiresAt }: UploadRow): void {
    if (expiresAt.getTime() > this.#clock()) return;
    throw new QuartetError('CONFLICT', `upload ${id} expired at ${expiresAt.toISOString()}; open another one`);
  }

  /** Before a byte is taken of what will not fit. */
  async #requireRoom(bytes: number): Promise<void> {
    const free = await this.#files.freeBytes();
    requireDisk({ what: 'this upload', bytes, free, remedy: 'import what has come and send the rest later' });
  }

  async #complete({ id, announcedBytes, announcedSha256 }: UploadRow, received: Received): Promise<UploadRow> {
    const { bytes, sha256 } = received;
    if (bytes !== (announcedBytes ?? bytes) || sha256 !== (announcedSha256 ?? sha256)) {
      await this.#files.discard(id, sha256);
      const announced = `${announcedBytes ?? 'any number of'} bytes with SHA-256 ${announcedSha256 ?? 'not stated'}`;
      const message = `what has come is ${bytes} bytes with SHA-256 ${sha256}, announced were ${announced}; send it again`;
      throw new QuartetError('BAD_INPUT', message);
    }
    await this.#artifacts?.share(sharedName(id, sha256), this.#files.path(id, sha256), received);
    const expiresAt = this.#expiry();
    const complete = await this.#db.retrying(() => completeUpload(this.#db.pool, { id, ...received, expiresAt }));
    if (complete !== null) return complete;
    const before = await this.get(id);
    if (before.sha256 === received.sha256) return before;
    throw new QuartetError('CONFLICT', `upload ${id} is complete already, with other bytes; open another one`);
  }

  /** Where the bytes of a complete upload are; those that came in at another machine are brought. */
  async path({ id, sha256 }: { readonly id: UploadId; readonly sha256: string }): Promise<string> {
    const path = this.#files.path(id, sha256);
    if (!(await this.#files.has(id, sha256))) await this.#artifacts?.fetchShared(sharedName(id, sha256), path);
    return path;
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
    return readFile(await this.path({ id, sha256 }));
  }

  /**
   * Lets go of uploads that have expired and that no unfinished import needs, and of files here whose upload another process has let
   * go of, on a disk of its own. @returns how many
   */
  async removeExpired(): Promise<number> {
    const gone = await deleteExpiredUploads(this.#db.pool, new Date(this.#clock()));
    // A row is there before any file of its upload is, so that a file without one is not just coming in.
    const here = await this.#files.ids();
    const known = new Set((await this.getMany(here)).map(({ id }) => id));
    await this.#files.remove([...gone, ...here.filter((id) => !known.has(id))]);
    for (const id of gone) await this.#artifacts?.removeShared(sharedName(id, ''));
    return gone.length;
  }

  #expiry(): Date {
    return new Date(this.#clock() + UPLOAD_LIFETIME);
  }
}

function sharedName(id: UploadId, sha256: string): string {
  return `uploads/${id}-${sha256}`;
}

function sameToken(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The same answer for an unknown id and a wrong token: neither tells that the other is right. */
function notFound(id: string): QuartetError {
  return new QuartetError('NOT_FOUND', `there is no upload ${id} for this token`, { field: ['input', 'uploadIds'] });
}
