import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SNAPSHOT_FILE } from '../data/snapshot.ts';
import { SnapshotWriter } from '../data/snapshot-writer.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId } from '../domain/ids.ts';
import { isDiskFull } from '../platform/disk-full.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import { datasetRevision, findDatasets } from '../store/datasets.ts';
import { readDataset } from '../store/snapshots.ts';

export interface SnapshotsDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
}

export interface SnapshotFile {
  /** Address of the artifact of kind `snapshot`. */
  readonly sha256: string;
  /** The file in it. */
  readonly path: string;
  /** Hash of the content: `Snapshot.hash`. */
  readonly hash: string;
  /** Of the dataset, at that moment. */
  readonly revision: number;
  /** The highest item id in it, 0 without items. */
  readonly lastItemId: number;
}

/** Frozen states of datasets, as files for child processes. */
export class SnapshotsService {
  readonly #deps: SnapshotsDeps;
  /** The last one made here of each dataset. */
  readonly #known = new Map<DatasetId, SnapshotFile>();
  readonly #making = new Map<DatasetId, Promise<SnapshotFile>>();

  constructor(deps: SnapshotsDeps) {
    this.#deps = Object.freeze({ ...deps });
  }

  /**
   * Writes the dataset as it is now into an artifact, streaming, or finds the one that is there: the same rows always give
   * the same file. Waits out a restart of PostgreSQL.
   * @throws QuartetError NOT_FOUND, DISK_FULL
   */
  async snapshotDataset(datasetId: DatasetId): Promise<SnapshotFile> {
    const { db, artifacts } = this.#deps;
    const known = this.#known.get(datasetId);
    if (known !== undefined && known.revision === (await db.retrying(() => datasetRevision(db.pool, datasetId)))) {
      const isThere = await artifacts.renew('snapshot', known.sha256).then(
        () => true,
        () => false,
      );
      if (isThere) return known;
    }
    const begun = this.#making.get(datasetId);
    // One that began before this call may be older than what the caller has seen, so it is waited for and looked at again.
    if (begun !== undefined) {
      await begun.catch(() => {});
      return this.snapshotDataset(datasetId);
    }
    const making = db.retrying(() => this.#make(datasetId)).finally(() => this.#making.delete(datasetId));
    this.#making.set(datasetId, making);
    return making;
  }

  async #make(datasetId: DatasetId): Promise<SnapshotFile> {
    const { db, artifacts } = this.#deps;
    const dir = await artifacts.tempDir('snapshot');
    const [dataset] = await findDatasets(db.pool, [datasetId]);
    const writer = await SnapshotWriter.create(join(dir, SNAPSHOT_FILE), dataset?.kind);
    try {
      let lastItemId = 0;
      const revision = await readDataset(db, datasetId, {
        addItem(id, text, label) {
          lastItemId = id;
          writer.addItem(id, text, label);
        },
        addQuery: (id, text, split) => writer.addQuery(id, text, split),
        addRelevance: (query, item, grade) => writer.addRelevanceById(query, item, grade),
        flush: () => writer.flush(),
      });
      if (revision === null) throw new QuartetError('NOT_FOUND', `there is no dataset ${datasetId}`);
      const { hash } = await writer.finish();
      const { sha256, path } = await artifacts.adopt('snapshot', dir);
      const file = { sha256, path: join(path, SNAPSHOT_FILE), hash, revision, lastItemId };
      this.#known.set(datasetId, file);
      return file;
    } catch (error) {
      await writer.abort();
      await rm(dir, { recursive: true, force: true });
      if (!isDiskFull(error)) throw error;
      throw new QuartetError('DISK_FULL', `no space left for a snapshot in ${dir}; free some and try again`, {
        cause: error,
      });
    }
  }
}
