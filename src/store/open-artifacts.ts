import { ArtifactStore } from './artifacts.ts';
import type { BucketPlace } from './bucket/bucket.ts';

export interface ArtifactsPlace {
  readonly dataDir: string;
  /** A folder, or a bucket; undefined: in the data directory. */
  readonly artifacts: string | BucketPlace | undefined;
  /** Of a bucket's artifacts kept in the data directory. */
  readonly cacheBytes: number;
}

/** The store that the settings name. The SDK of S3 is large, and so loaded only by who has a bucket. */
export async function openArtifacts({ dataDir, artifacts, cacheBytes }: ArtifactsPlace): Promise<ArtifactStore> {
  if (artifacts === undefined || typeof artifacts === 'string') return new ArtifactStore(dataDir, artifacts);
  const [{ Bucket }, { BucketArtifacts }] = await Promise.all([
    import('./bucket/bucket.ts'),
    import('./bucket/bucket-artifacts.ts'),
  ]);
  return new BucketArtifacts({ dataDir, bucket: new Bucket(artifacts), cacheBytes });
}
