import { HOUR } from '../../platform/clock.ts';
import type { ArtifactKind, ListedArtifact } from '../artifacts.ts';

/** What was used since is not let go of: somebody may be reading it. */
const IN_USE = HOUR;

interface CachedArtifact extends ListedArtifact {
  readonly bytes: number;
}

/**
 * Lets go of files that are in the bucket too, those first that were used longest ago, until the rest fits.
 * @param remove of an artifact that nobody has used since `before`
 * @returns bytes let go of
 */
export async function trimCache(
  cached: () => Promise<CachedArtifact[]>,
  mostBytes: number,
  remove: (kind: ArtifactKind, address: string, before: number) => Promise<boolean>,
): Promise<number> {
  const all = await cached();
  let over = all.reduce((sum, { bytes }) => sum + bytes, 0) - mostBytes;
  let freed = 0;
  const before = Date.now() - IN_USE;
  for (const { kind, sha256, usedAt, bytes } of all.sort((a, b) => a.usedAt - b.usedAt)) {
    if (over <= 0 || usedAt >= before) break;
    if (!(await remove(kind, sha256, before))) continue;
    over -= bytes;
    freed += bytes;
  }
  return freed;
}
