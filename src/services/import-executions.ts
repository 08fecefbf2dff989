import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { strictFault } from '../data/staging/staging.ts';
import { QuartetError } from '../domain/errors.ts';
import type { ImportId } from '../domain/ids.ts';
import type { SkippedRow } from '../domain/imports.ts';
import { REPORT_FILE } from '../domain/staged-files.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { asDatabaseFull } from '../store/database-full.ts';
import { findDatasets } from '../store/datasets.ts';
import { type Dangling, mergeImport } from '../store/import-merge.ts';
import { findImports, type ImportRow, lockImport } from '../store/imports.ts';
import { claimRow, finishRow, giveUpRow, unfinishedRows, writeRow } from '../store/job-rows.ts';
import { JobAttempt } from './job-attempt.ts';
import { CancellationWatch } from './job-cancellation.ts';
import type { UploadsService } from './uploads.ts';
import type { ParseImportResult, ParseImportSpec } from './work/parse-import.ts';

export interface ImportExecutionsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly uploads: Pick<UploadsService, 'path'>;
}

const TABLE = 'Import';

/** Imports as workers see them. */
export class ImportExecutionsService {
  readonly #deps: ImportExecutionsDeps;

  constructor(deps: ImportExecutionsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  unfinished(): Promise<readonly string[]> {
    return unfinishedRows(this.#deps.db.pool, TABLE);
  }

  /** Takes an import for a new attempt, which fences off all earlier ones. @returns null when it is final, or gone */
  async claim(id: ImportId): Promise<ImportExecution | null> {
    const { db } = this.#deps;
    const attempt = await claimRow(db.pool, TABLE, id);
    const [row] = attempt === null ? [] : await findImports(db.pool, [id]);
    if (attempt === null || row === undefined) return null;
    const watch = await CancellationWatch.open(db, TABLE, { id, attempt });
    return new ImportExecution(this.#deps, { ...row, attempt }, watch);
  }

  /** Marks an import FAILED unless it is final, whoever has it. */
  async giveUp(id: ImportId, error: QuartetError): Promise<void> {
    await giveUpRow(this.#deps.db.pool, TABLE, id, error);
  }
}

/** One attempt at an import by one worker. */
export class ImportExecution extends JobAttempt {
  readonly #deps: ImportExecutionsDeps;
  readonly #row: ImportRow;

  constructor(deps: ImportExecutionsDeps, row: ImportRow, watch: CancellationWatch) {
    super(deps.db, TABLE, { at: row, watch });
    this.#deps = deps;
    this.#row = row;
  }

  /** What the child has to do. @throws QuartetError NOT_FOUND when the dataset is gone */
  async spec(): Promise<ParseImportSpec> {
    const { files, ...options } = this.#row.spec;
    const { db, uploads } = this.#deps;
    const { datasetId } = this.#row;
    const [dataset] = await db.retrying(() => findDatasets(db.pool, [datasetId]));
    if (dataset === undefined) throw new QuartetError('NOT_FOUND', `dataset ${datasetId} was deleted`);
    return {
      ...options,
      kind: dataset.kind,
      dimensions: dataset.dimensions,
      sources: await Promise.all(
        files.map(async ({ uploadId, name, sha256 }) => ({ name, path: await uploads.path({ id: uploadId, sha256 }) })),
      ),
    };
  }

  async progress({ rowsRead, rowsSkipped }: { rowsRead: number; rowsSkipped: number }): Promise<void> {
    const { db } = this.#deps;
    await db.retrying(() => writeRow(db.pool, TABLE, this.#row, { rowsRead, rowsSkipped }));
  }

  /**
   * Brings what the child staged into the dataset: rows, counts, report and final status in one transaction, so that an
   * import is done wholly or not at all, and once. A lost connection undoes it and it is done again.
   * @throws QuartetError IMPORT_FAILED when strict and a judgement names nothing, FENCED, DISK_FULL
   */
  async commit(staged: ParseImportResult): Promise<void> {
    const { db, artifacts } = this.#deps;
    await db.retrying(async () => {
      const reportDir = await artifacts.tempDir('report');
      try {
        await this.#merge(staged, reportDir);
      } catch (error) {
        throw asDatabaseFull(error) ?? error;
      } finally {
        await rm(reportDir, { recursive: true, force: true });
      }
    });
  }

  async #merge(staged: ParseImportResult, reportDir: string): Promise<void> {
    const { db, artifacts } = this.#deps;
    const { datasetId, spec } = this.#row;
    const report = join(reportDir, REPORT_FILE);
    await pipeline(createReadStream(join(staged.directory, REPORT_FILE)), createWriteStream(report));
    let { rowsSkipped } = staged;
    await db.transaction(async (tx) => {
      if (await lockImport(tx, this.#row)) return;
      const merged = await mergeImport(tx, {
        datasetId,
        directory: staged.directory,
        dimensions: staged.dimensions,
        onDangling: async (rows) => {
          const skipped = rows.map((row) => skippedJudgement(row, staged.files));
          if (spec.strict) throw strictFault(skipped[0] as SkippedRow);
          rowsSkipped += skipped.length;
          await appendFile(report, skipped.map((row) => `${JSON.stringify(row)}\n`).join(''));
        },
      });
      const reportSha256 = rowsSkipped === 0 ? null : (await artifacts.adopt('report', reportDir)).sha256;
      const counts = { rowsRead: staged.rowsRead, rowsSkipped, ...merged };
      await finishRow(tx, TABLE, this.#row, { status: 'SUCCEEDED', reportSha256, ...counts });
    });
  }
}

function skippedJudgement(
  { file, line, query_ext, item_ext, grade, query_id, item_id }: Dangling,
  files: readonly string[],
): SkippedRow {
  const missing = [
    query_id === null ? `query ${JSON.stringify(query_ext)}` : '',
    item_id === null ? `document ${JSON.stringify(item_ext)}` : '',
  ];
  const reason = `there is no ${missing.filter(Boolean).join(' and no ')}`;
  return { file: files[file] ?? '', line, reason, excerpt: `${query_ext} ${item_ext} ${grade}` };
}
