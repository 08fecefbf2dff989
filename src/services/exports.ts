import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, IndexId, NegativeSetId } from '../domain/ids.ts';
import { type Clock, DAY, SECOND, systemClock } from '../platform/clock.ts';
import { isDiskFull } from '../platform/disk-full.ts';
import { Gate } from '../platform/gate.ts';
import { sha256File } from '../platform/hash.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { sharedSecret } from '../store/secrets.ts';
import { freeBytes, requireDisk } from './disk-room.ts';
import { datasetSource } from './exports/dataset.ts';
import { embeddingsSource } from './exports/embeddings.ts';
import { negativesSource } from './exports/negatives.ts';
import type { ExportContent, ExportSource, SourceDeps } from './exports/source.ts';

export { EXPORT_CONTENTS, type ExportContent } from './exports/source.ts';

export interface ExportsDeps {
  readonly db: Database;
  readonly dataDir: string;
  readonly artifacts: ArtifactStore;
  readonly globalId: SourceDeps['globalId'];
  readonly clock?: Clock;
}

export const EXPORT_FORMATS = ['jsonl', 'parquet'] as const;

export interface ExportOf {
  readonly content: ExportContent;
  readonly format: (typeof EXPORT_FORMATS)[number];
  /** Of what EXPORT_CONTENTS names. */
  readonly id: string;
}

export interface ExportFile {
  readonly path: string;
  readonly sha256: string;
  /** Names these very bytes: to go on with them after a lost connection, whatever has changed since. Kept for a day. */
  readonly tag: string;
  /** For whoever saves it, e.g. `faq-items.jsonl`. */
  readonly fileName: string;
}

interface Permission {
  /** Seconds since 1970. */
  readonly expires: number;
  readonly token: string;
}

interface Made {
  readonly version: string;
  readonly sha256: string;
}

/** Share of the bytes of JSON lines that the same in Parquet takes at least. */
const PARQUET = 0.2;
/** Files written at a time: each holds a connection and a core. */
const AT_ONCE = 2;

/**
 * Data as files. One is written when it is first asked for, from one transaction and so of one moment, and kept for a day, so that a
 * download that broke off goes on with the very same bytes.
 */
export class ExportsService {
  readonly #deps: ExportsDeps;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #gate = new Gate({
    atOnce: AT_ONCE,
    waiting: 16,
    patience: 30 * SECOND,
    busy: () =>
      new QuartetError('RETRY_LATER', 'Other exports are being written; ask again.', { retryAfterMs: 10 * SECOND }),
  });
  /** Of files that are there, by name. */
  readonly #hashes = new Map<string, string>();
  /** Of files that are being written, by the name they were asked for by. */
  readonly #making = new Map<string, Promise<Made>>();
  #secret: Promise<Buffer> | undefined;

  constructor(deps: ExportsDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#folder = join(deps.dataDir, 'exports');
    this.#clock = deps.clock ?? systemClock;
  }

  /** @returns what carries the permission to fetch it, for a day: `expires` and `token` of the address */
  async permit(of: ExportOf): Promise<Permission> {
    const expires = Math.ceil((this.#clock() + DAY) / SECOND);
    return { expires, token: await this.#token(of, expires) };
  }

  /**
   * @param tag of bytes that somebody has some of: those and not the present ones, while they are kept
   * @throws QuartetError NOT_FOUND also for a wrong or late token; NOT_READY, BAD_INPUT, CORRUPT_ARTIFACT, DISK_FULL, RETRY_LATER
   */
  async file(of: ExportOf, { expires, token }: Permission, tag?: string): Promise<ExportFile> {
    const right = Buffer.from(await this.#token(of, expires));
    const given = Buffer.from(token);
    const isRight = given.length === right.length && timingSafeEqual(given, right);
    if (!isRight || expires * SECOND < this.#clock()) {
      throw new QuartetError('NOT_FOUND', 'there is no export at this address, or its time is over; ask for a new one');
    }
    return (await this.#kept(of, tag)) ?? (await this.#present(of));
  }

  /** Removes files older than a day. @returns how many */
  async removeOld(): Promise<number> {
    let count = 0;
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const modified = (await stat(path).catch(() => null))?.mtimeMs ?? this.#clock();
      if (this.#clock() - modified < DAY) continue;
      await rm(path, { force: true });
      this.#hashes.delete(name);
      count++;
    }
    return count;
  }

  async #token({ content, format, id }: ExportOf, expires: number): Promise<string> {
    this.#secret ??= sharedSecret(this.#deps.db.pool, 'exports');
    this.#secret.catch(() => {
      this.#secret = undefined;
    });
    return createHmac('sha256', await this.#secret)
      .update(`${id} ${content} ${format} ${expires}`)
      .digest('base64url');
  }

  async #kept(of: ExportOf, tag: string | undefined): Promise<ExportFile | null> {
    const [, version, sha256] = /^([a-z\d-]{1,100})\.([\da-f]{64})$/.exec(tag ?? '') ?? [];
    if (version === undefined || sha256 === undefined) return null;
    const file = await this.#found(nameOf(of, version));
    if (file?.sha256 !== sha256) return null;
    const { name } = await this.#reading(of, async (source) => source);
    return described(of, { version, sha256 }, name, this.#folder);
  }

  async #present(of: ExportOf): Promise<ExportFile> {
    const { version, name } = await this.#reading(of, async (source) => source);
    const file = (await this.#found(nameOf(of, version))) ?? (await this.#make(of, version));
    return described(of, { version, ...file }, name, this.#folder);
  }

  /** @returns null when there is no such file */
  async #found(fileName: string): Promise<{ readonly sha256: string } | null> {
    const path = join(this.#folder, fileName);
    if ((await stat(path).catch(() => null)) === null) return null;
    const sha256 = this.#hashes.get(fileName) ?? (await sha256File(path));
    this.#hashes.set(fileName, sha256);
    return { sha256 };
  }

  /** Once, however many ask for this version; of a later one where it has become that meanwhile. */
  async #make(of: ExportOf, version: string): Promise<Made> {
    const key = nameOf(of, version);
    const write = () =>
      this.#gate.run(() =>
        this.#reading(of, async (source) => {
          const fileName = nameOf(of, source.version);
          const sha256 = await this.#write(join(this.#folder, fileName), source, of);
          this.#hashes.set(fileName, sha256);
          return { version: source.version, sha256 };
        }),
      );
    const making = this.#making.get(key) ?? write();
    this.#making.set(key, making);
    try {
      return await making;
    } finally {
      this.#making.delete(key);
    }
  }

  /** In one transaction, of one moment. */
  async #reading<T>({ content, id }: ExportOf, use: (source: ExportSource) => Promise<T>): Promise<T> {
    const { db, artifacts, globalId } = this.#deps;
    return await db.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const deps = { tx, artifacts, globalId };
      if (content === 'negatives') return await use(await negativesSource(deps, id as NegativeSetId));
      if (content === 'embeddings') return await use(await embeddingsSource(deps, id as IndexId));
      return await use(await datasetSource(deps, id as DatasetId, content));
    });
  }

  async #write(path: string, source: ExportSource, { format }: ExportOf): Promise<string> {
    const temporary = `${path}.${randomUUID()}.tmp`;
    const { jsonlWriter, parquetWriter } = await import('../data/table-writers.ts');
    const writer = format === 'jsonl' ? jsonlWriter(source.columns) : parquetWriter(source.columns);
    const hash = createHash('sha256');
    try {
      await mkdir(this.#folder, { recursive: true });
      const bytes = (await source.bytes()) * (format === 'jsonl' ? 1 : PARQUET);
      const free = await freeBytes(this.#folder);
      requireDisk({ what: 'this export', bytes, free, remedy: 'wait until others are a day old' });
      const file = await open(temporary, 'wx', 0o600);
      const write = async (bytes: Uint8Array) => {
        hash.update(bytes);
        await file.writeFile(bytes);
      };
      try {
        for await (const rows of source.rows()) await write(writer.rows(rows));
        await write(writer.end());
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      return hash.digest('hex');
    } catch (error) {
      await rm(temporary, { force: true });
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') {
        const message = 'What is exported was replaced by something newer meanwhile; ask again.';
        throw new QuartetError('RETRY_LATER', message, { cause: error, retryAfterMs: SECOND });
      }
      if (!isDiskFull(error)) throw error;
      const message = `no space left for exports in ${this.#folder}; free some and try again`;
      throw new QuartetError('DISK_FULL', message, { cause: error });
    }
  }
}

function nameOf({ id, content, format }: ExportOf, version: string): string {
  return `${id}-${version}-${content}.${format}`;
}

function described(of: ExportOf, { version, sha256 }: Made, dataset: string, folder: string): ExportFile {
  const { content, format } = of;
  const base = dataset.replace(/[^\w.-]+/g, '_').slice(0, 100);
  return {
    path: join(folder, nameOf(of, version)),
    sha256,
    tag: `${version}.${sha256}`,
    fileName: `${base}-${content}.${format}`,
  };
}
