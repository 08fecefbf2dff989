import type { ArtifactStore } from '../store/artifacts.ts';
import type { EncoderRow } from '../store/encoders.ts';
import type { IndexRow } from '../store/indexes.ts';
import type { SnapshotsService } from './snapshots.ts';
import type { BuildIndexSpec } from './work/build-index.ts';

export interface IndexBuildSource {
  readonly artifacts: ArtifactStore;
  readonly snapshots: Pick<SnapshotsService, 'snapshotDataset'>;
}

/** The same for every index: two builds of the same data with the same encoder and parameters are as alike as they can be. */
const SEED = 100;

export interface FrozenBuild {
  readonly spec: BuildIndexSpec;
  /** What the files will hold, for the index's row: later changes are searched beside them. */
  readonly state: { readonly datasetRevision: number; readonly lastItemId: number };
}

/** Freezes the dataset as it is now, and says what the child has to do. @throws QuartetError CORRUPT_ARTIFACT */
export async function freezeBuild(
  { artifacts, snapshots }: IndexBuildSource,
  { datasetId, m, efConstruction, efSearch, storage, targetRecall }: IndexRow,
  { sha256 }: EncoderRow,
): Promise<FrozenBuild> {
  await artifacts.verify('encoder', sha256);
  const { path: snapshotPath, revision, lastItemId } = await snapshots.snapshotDataset(datasetId);
  const encoderDir = artifacts.path('encoder', sha256);
  return {
    spec: {
      snapshotPath,
      encoderDir,
      encoderSha256: sha256,
      m,
      efConstruction,
      efSearch,
      storage,
      targetRecall,
      seed: SEED,
    },
    state: { datasetRevision: revision, lastItemId },
  };
}
