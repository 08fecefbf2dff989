import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { assertDelimiter } from '../data/readers/csv.ts';
import { assertMapping } from '../data/staging/row-mapper.ts';
import { CONTENTS_OF, type DatasetKind } from '../domain/contents.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, ImportId, UploadId } from '../domain/ids.ts';
import type { ColumnMapping, ImportFormat, ImportOptions } from '../domain/imports.ts';
import { REPORT_FILE } from '../domain/staged-files.ts';
import { isUuid, newUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { findDatasets } from '../store/datasets.ts';
import { findImports, type ImportRow, insertImport, listImports } from '../store/imports.ts';
import { extendUploads, findUploads, type UploadRow } from '../store/uploads.ts';
import { datasetNotFound } from './datasets.ts';
import { requireDisk } from './disk-room.ts';
import type { Enqueue, Statements } from './enqueue.ts';
import { cancelJob } from './job-cancellation.ts';
import { type PageOf, readPage } from './pages.ts';
import { UPLOAD_LIFETIME } from './uploads.ts';

export type { ImportRow };

export interface ImportsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly enqueue: Enqueue;
}

export interface StartImport {
  readonly datasetId: DatasetId;
  /** 1 to 100 complete uploads, read in this order. */
  readonly uploadIds: readonly UploadId[];
  /** Default `auto`. */
  readonly format?: ImportFormat | null | undefined;
  readonly columns?: ColumnMapping | null | undefined;
  readonly delimiter?: string | null | undefined;
  /** Default false. */
  readonly strict?: boolean | undefined;
}

const MAX_FILES = 100;
/** Formats that are of one kind of dataset and have columns of their own. */
const KIND_OF_FORMAT: Partial<Record<ImportFormat, DatasetKind>> = { beir: 'TEXT', idx: 'IMAGE', cifar: 'IMAGE' };

/** Imports as their callers see them. How one is carried out is in `import-executions.ts`. */
export class ImportsService {
  readonly #deps: ImportsDeps;

  constructor(deps: ImportsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Queues an import.
   * @param within the caller's transaction, so that more can be written with it
   * @throws QuartetError BAD_INPUT naming the field, NOT_FOUND for dataset or upload, NOT_READY for an upload whose bytes
   * have not all arrived, DISK_FULL where what is read of them would not fit
   */
  async start(asked: StartImport, within?: Statements): Promise<ImportRow> {
    const { db, artifacts, enqueue } = this.#deps;
    const write = async (tx: Statements) => {
      const { datasetId, uploadIds } = asked;
      const [dataset] = isUuid(datasetId) ? await findDatasets(tx, [datasetId]) : [];
      if (dataset === undefined) throw datasetNotFound(datasetId);
      const options = optionsOf(asked, dataset.kind);
      const uploads = await uploadsOf(tx, uploadIds);
      // What is read of them lies beside them until it is in the database.
      const bytes = uploads.reduce((sum, upload) => sum + upload.bytes, 0);
      const free = await artifacts.freeBytes();
      requireDisk({ what: 'this import', bytes, free, remedy: 'import the files one after another' });
      const files = uploads.map((upload) => ({ uploadId: upload.id, name: upload.fileName, sha256: upload.sha256 }));
      const row = await insertImport(tx, { id: newUuid() as ImportId, datasetId, spec: { ...options, files } });
      await enqueue('import', row.id, tx);
      return row;
    };
    return within === undefined ? db.transaction(write) : write(within);
  }

  /**
   * Ends an import that is not finished: none of its rows come in. Once more changes nothing.
   * @throws QuartetError NOT_FOUND; CONFLICT when it has ended otherwise;
   * RETRY_LATER while its rows are being merged
   */
  async cancel(id: ImportId): Promise<void> {
    await cancelJob(this.#deps.db, 'Import', id, { called: `import ${id}`, field: ['input', 'importId'] });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: ImportId): Promise<ImportRow> {
    const [row] = await this.getMany([id]);
    if (row !== undefined) return row;
    throw new QuartetError(
      'NOT_FOUND',
      `there is no import ${id}; list the imports of the dataset to see which there are`,
      {
        field: ['id'],
      },
    );
  }

  /** In no order; ids that are not there are left out. */
  getMany(ids: readonly ImportId[]): Promise<ImportRow[]> {
    return findImports(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** Newest first. */
  list(
    { datasetId }: { readonly datasetId?: DatasetId | undefined },
    page: PageOf<ImportId>,
  ): Promise<{ rows: readonly ImportRow[]; hasNextPage: boolean }> {
    return readPage(page, ({ before, limit }) => listImports(this.#deps.db.pool, datasetId, { before, limit }));
  }

  /**
   * The report of an import: one JSON object `{file, line, reason, excerpt}` a line for each row that was skipped.
   * @param token permission to read it: its hash, `reportSha256`
   * @throws QuartetError NOT_FOUND when there is no such import, or it has skipped none (so far)
   */
  async report(id: ImportId, token: string): Promise<Readable> {
    const [{ reportSha256 } = { reportSha256: null }] = await this.getMany([id]);
    // One answer for an unknown import, a wrong token and a report that is not there: none tells of the others.
    if (reportSha256 === null || token !== reportSha256) {
      throw new QuartetError('NOT_FOUND', `import ${id} has no report for this token`);
    }
    return createReadStream(join(await this.#deps.artifacts.use('report', reportSha256), REPORT_FILE));
  }
}

/** @throws QuartetError BAD_INPUT */
function optionsOf({ format, columns, delimiter, strict }: StartImport, kind: DatasetKind): ImportOptions {
  const given = Object.entries(columns ?? {}).filter(([, column]) => column !== undefined && column !== null);
  const mapping: ColumnMapping = Object.fromEntries(given);
  if (given.length > 0) assertMapping(mapping, kind);
  const needs = format === null || format === undefined ? undefined : KIND_OF_FORMAT[format];
  if (needs !== undefined && needs !== kind) {
    const what = `${format} holds ${CONTENTS_OF[needs]}, this dataset ${CONTENTS_OF[kind]}`;
    throw new QuartetError('BAD_INPUT', `${what}; import it into a dataset of kind ${needs}`, {
      field: ['input', 'format'],
    });
  }
  if (needs !== undefined && given.length > 0) {
    throw new QuartetError('BAD_INPUT', `the columns of ${format} are known; give none`, {
      field: ['input', 'columns'],
    });
  }
  if (delimiter !== null && delimiter !== undefined) assertDelimiter(delimiter);
  return {
    format: format ?? 'auto',
    columns: mapping,
    strict: strict ?? false,
    ...(delimiter === null || delimiter === undefined ? {} : { delimiter }),
  };
}

type Arrived = UploadRow & { readonly sha256: string };

/** The uploads in the order asked for, kept from expiring while the import waits. */
async function uploadsOf(tx: Statements, ids: readonly UploadId[]): Promise<Arrived[]> {
  const field = ['input', 'uploadIds'];
  if (ids.length < 1 || ids.length > MAX_FILES || new Set(ids).size !== ids.length) {
    throw new QuartetError('BAD_INPUT', `an import takes 1 to ${MAX_FILES} different uploads, got ${ids.length}`, {
      field,
    });
  }
  const known = ids.filter(isUuid);
  await extendUploads(tx, known, new Date(Date.now() + UPLOAD_LIFETIME));
  const uploads = new Map((await findUploads(tx, known)).map((upload) => [upload.id, upload]));
  return ids.map((id) => {
    const upload = uploads.get(id);
    if (upload === undefined)
      throw new QuartetError('NOT_FOUND', `there is no upload ${id}; it may have expired`, { field });
    if (upload.sha256 === null) {
      throw new QuartetError('NOT_READY', `upload ${id} (${upload.fileName}) has not arrived; send its bytes first`, {
        field,
      });
    }
    return { ...upload, sha256: upload.sha256 };
  });
}
