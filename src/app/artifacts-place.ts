import type { Config } from '../config/index.ts';
import type { ArtifactsPlace } from '../store/open-artifacts.ts';

/** Where the settings want artifacts. */
export function placeOf({ dataDir, artifacts, artifactCacheBytes: cacheBytes }: Config): ArtifactsPlace {
  return { dataDir, artifacts, cacheBytes };
}
