import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackendName } from '../../domain/training.ts';
import type { RefreshRow, RunRefreshes } from '../../services/run-refreshes.ts';
import type { WorkEvent } from '../../services/work/index.ts';
import { handOver } from '../../services/work/refreshing.ts';
import type { JobContext } from '../handler.ts';

export interface MiningBeside {
  /** For the child that trains: where it finds what was mined. */
  readonly dir: string;
  /** Aborted when a mining failed, with its error: the run can't go on without. */
  readonly failed: AbortSignal;
  /** The child has saved an encoder to mine with. */
  begin(event: Extract<WorkEvent<'train'>, { kind: 'refresh' }>): Promise<void>;
  /** Stops what is still being mined. */
  end(): Promise<void>;
}

/**
 * Mines for a run beside the child that trains it, one mining after another, each in children of its own. Begins with what an attempt
 * before has left to do.
 */
export async function mineBeside(
  refreshes: RunRefreshes,
  { workDir, runChild, progressed }: JobContext,
  { snapshotPath, backend }: { readonly snapshotPath: string; readonly backend: BackendName | 'auto' },
): Promise<MiningBeside> {
  const dir = join(workDir, 'refreshes');
  await mkdir(dir, { recursive: true });
  const failure = new AbortController();
  const over = new AbortController();
  let last: Promise<void> = Promise.resolve();
  const known = new Set<number>();

  const mine = async (refresh: RefreshRow) => {
    const own = join(workDir, `mining-${refresh.number}`);
    const options = { signal: over.signal, workDir: own };
    await mkdir(own, { recursive: true });
    const spec = await refreshes.indexSpec(refresh, snapshotPath);
    const { indexDir } = await runChild('build-index', { ...spec, backend }, options);
    const mining = { ...(await refreshes.mineSpec(spec, indexDir)), backend };
    const mined = await runChild('mine-negatives', mining, options);
    await handOver(dir, refresh.number, await refreshes.mined(refresh, mined));
    await rm(own, { recursive: true });
    progressed();
  };
  const enqueue = (refresh: RefreshRow) => {
    last = last.then(() => mine(refresh)).catch((error) => failure.abort(error));
  };
  for (const refresh of await refreshes.list()) {
    known.add(refresh.number);
    if (refresh.setId === null) enqueue(refresh);
    else await handOver(dir, refresh.number, await refreshes.given(refresh));
  }

  return {
    dir,
    failed: failure.signal,
    async begin({ number, step, encoderDir }) {
      // One that an attempt before has begun, at the step where this one took the run up.
      if (known.has(number)) return rm(encoderDir, { recursive: true });
      known.add(number);
      enqueue(await refreshes.begin(number, step, encoderDir));
    },
    async end() {
      over.abort();
      await last;
    },
  };
}
