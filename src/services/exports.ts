import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, jsonlWriter, parquetWriter, type Row } from '../data/table-writers.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId } from '../domain/ids.ts';
import { type Clock, DAY, SECOND, systemClock } from '../platform/clock.ts';
import { sha256File } from '../platform/hash.ts';
import type { Database } from '../store/database.ts';
import { type DatasetRow, findDatasets } from '../store/datasets.ts';
import { type ExportedItem, itemsAfter, pairsAfter } from '../store/exports.ts';
import { sharedSecret } from '../store/secrets.ts';
import { datasetNotFound } from './datasets.ts';

export interface ExportsDeps {
  readonly db: Database;
  readonly dataDir: string;
  readonly clock?: Clock;
}

export const EXPORT_CONTENTS = ['items', 'pairs'] as const;
export const EXPORT_FORMATS = ['jsonl', 'parquet'] as const;

export interface ExportOf {
  readonly content: (typeof EXPORT_CONTENTS)[number];
  readonly format: (typeof EXPORT_FORMATS)[number];
}

export interface ExportFile {
  readonly path: string;
  readonly sha256: string;
  /** For whoever saves it, e.g. `faq-items.jsonl`. */
  readonly fileName: string;
}

/** Rows read, and written, at a time: some milliseconds. */
const BATCH = 1_000;
/** Times that a dataset may change under an export before its reader is told to come again. */
const ATTEMPTS = 3;

const STRING = (name: string): Column => ({ name, type: 'STRING' });
const ITEM_COLUMNS = ['id', 'text', 'image', 'vector', 'label', 'metadata'].map(STRING);
const PAIR_COLUMNS = [
  ...['queryId', 'query', 'itemId', 'positive'].map(STRING),
  { name: 'grade', type: 'INT32' } as const,
  STRING('split'),
];
/** Columns that hold JSON. */
const RAW = new Set(['vector', 'metadata']);

/**
 * Datasets as files. One is written when it is first asked for, under the dataset's revision, and kept for a day, so that a download
 * that broke off goes on with the very same bytes.
 */
export class ExportsService {
  readonly #db: Database;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #writing = new Map<string, Promise<string>>();
  #secret: Promise<Buffer> | undefined;

  constructor({ db, dataDir, clock = systemClock }: ExportsDeps) {
    this.#db = db;
    this.#folder = join(dataDir, 'exports');
    this.#clock = clock;
  }

  /** @returns what carries the permission to fetch it, for a day: `expires` and `token` of the address */
  async permit(id: DatasetId, of: ExportOf): Promise<{ readonly expires: number; readonly token: string }> {
    const expires = Math.ceil((this.#clock() + DAY) / SECOND);
    return { expires, token: await this.#token(id, of, expires) };
  }

  /** @throws QuartetError NOT_FOUND also for a wrong or late token, BAD_INPUT, RETRY_LATER while the dataset changes, DISK_FULL */
  async file(id: DatasetId, of: ExportOf, { expires, token }: { expires: number; token: string }): Promise<ExportFile> {
    const right = Buffer.from(await this.#token(id, of, expires));
    const given = Buffer.from(token);
    const isRight = given.length === right.length && timingSafeEqual(given, right);
    if (!isRight || expires * SECOND < this.#clock()) throw datasetNotFound(id);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.#dataset(id);
      requireExportable(before, of);
      const name = `${id}-${before.revision}-${of.content}.${of.format}`;
      const path = join(this.#folder, name);
      const sha256 = await this.#written(name, path, before, of);
      // What was read in between belongs to no revision.
      if (sha256 === null) continue;
      const base = before.name.replace(/[^\w.-]+/g, '_').slice(0, 100);
      return { path, sha256, fileName: `${base}-${of.content}.${of.format}` };
    }
    throw new QuartetError('RETRY_LATER', `dataset ${id} changes faster than it can be written; try again`, {
      retryAfterMs: 10 * SECOND,
    });
  }

  /** Removes files older than a day. @returns how many */
  async removeOld(): Promise<number> {
    let count = 0;
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const modified = (await stat(path).catch(() => null))?.mtimeMs ?? this.#clock();
      if (this.#clock() - modified < DAY) continue;
      await rm(path, { force: true });
      this.#writing.delete(name);
      count++;
    }
    return count;
  }

  async #token(id: DatasetId, { content, format }: ExportOf, expires: number): Promise<string> {
    this.#secret ??= sharedSecret(this.#db.pool, 'exports');
    this.#secret.catch(() => {
      this.#secret = undefined;
    });
    return createHmac('sha256', await this.#secret)
      .update(`${id} ${content} ${format} ${expires}`)
      .digest('base64url');
  }

  async #dataset(id: DatasetId): Promise<DatasetRow> {
    const [dataset] = await findDatasets(this.#db.pool, [id]);
    if (dataset === undefined) throw datasetNotFound(id);
    return dataset;
  }

  /** Once, however many ask. @returns the file's hash; null when the dataset changed meanwhile */
  async #written(name: string, path: string, dataset: DatasetRow, of: ExportOf): Promise<string | null> {
    const isThere = await stat(path).catch(() => null);
    if (isThere === null) this.#writing.delete(name);
    const writing = this.#writing.get(name) ?? (isThere === null ? this.#write(path, dataset, of) : sha256File(path));
    this.#writing.set(name, writing);
    try {
      const sha256 = await writing;
      return isThere !== null || (await this.#dataset(dataset.id)).revision === dataset.revision ? sha256 : null;
    } catch (error) {
      this.#writing.delete(name);
      throw error;
    }
  }

  async #write(path: string, dataset: DatasetRow, { content, format }: ExportOf): Promise<string> {
    const temporary = `${path}.${randomUUID()}.tmp`;
    const columns = content === 'items' ? ITEM_COLUMNS : PAIR_COLUMNS;
    const writer = format === 'jsonl' ? jsonlWriter(columns, RAW) : parquetWriter(columns);
    const hash = createHash('sha256');
    await mkdir(this.#folder, { recursive: true });
    try {
      const file = await open(temporary, 'wx', 0o600);
      const write = async (bytes: Uint8Array) => {
        hash.update(bytes);
        await file.writeFile(bytes);
      };
      try {
        for await (const rows of content === 'items' ? this.#items(dataset) : this.#pairs(dataset)) {
          await write(writer.rows(rows));
        }
        await write(writer.end());
        await file.sync();
      } finally {
        await file.close();
      }
      if ((await this.#dataset(dataset.id)).revision === dataset.revision) await rename(temporary, path);
      else await rm(temporary, { force: true });
      return hash.digest('hex');
    } catch (error) {
      await rm(temporary, { force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      const message = `no space left for exports in ${this.#folder}; free some and try again`;
      throw new QuartetError('DISK_FULL', message, { cause: error });
    }
  }

  async *#items({ id, kind }: DatasetRow): AsyncGenerator<Row[]> {
    for (let after = 0; ; ) {
      const items = await itemsAfter(this.#db.pool, id, after, BATCH);
      if (items.length === 0) return;
      yield items.map((item) => itemRow(item, kind));
      after = items.at(-1)?.id ?? after;
    }
  }

  async *#pairs({ id }: DatasetRow): AsyncGenerator<Row[]> {
    for (let after: [number, number] = [0, 0]; ; ) {
      const pairs = await pairsAfter(this.#db.pool, id, after, BATCH);
      const last = pairs.at(-1);
      if (last === undefined) return;
      yield pairs.map(({ queryRow: _query, itemRow: _item, ...row }) => row);
      after = [last.queryRow, last.itemRow];
    }
  }
}

function itemRow({ externalId, content, data, label, metadata }: ExportedItem, kind: DatasetRow['kind']): Row {
  const vector = () => {
    const numbers = new Float32Array(Uint8Array.from(data as Buffer).buffer);
    return JSON.stringify(Array.from(numbers, (value) => Number(value.toPrecision(9))));
  };
  return {
    id: externalId,
    text: kind === 'TEXT' ? content : null,
    image: kind === 'IMAGE' ? (data as Buffer).toString('base64') : null,
    vector: kind === 'VECTOR' ? vector() : null,
    label,
    metadata: JSON.stringify(metadata),
  };
}

function requireExportable({ kind, id }: DatasetRow, { content }: ExportOf): void {
  if (content === 'items' || kind === 'TEXT') return;
  throw new QuartetError('BAD_INPUT', `dataset ${id} holds no texts; of images and vectors only items can be exported`);
}
