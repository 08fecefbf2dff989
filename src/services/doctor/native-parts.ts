import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addonSelfTest, selfTest } from '../../search-index/self-test.ts';
import { type Finding, failed, messageOf, ok, warning } from './finding.ts';
import { simdFeatures } from './machine.ts';

/** The tensor library as `loadTensors` describes it; given from outside, because services don't load tensors. */
export interface TensorSummary {
  readonly name: string;
  readonly version: string;
  readonly device: string;
  readonly hint?: string;
}

export async function checkTensors(load: () => Promise<TensorSummary>): Promise<Finding> {
  const name = 'Tensor backend';
  try {
    const { name: backend, version, device, hint } = await load();
    const detail = `${backend} ${version} on ${device}`;
    return hint === undefined ? ok(name, detail) : warning(name, detail, hint);
  } catch (error) {
    return failed(name, messageOf(error), 'run `npm run setup`, or set QUARTET_BACKEND=auto');
  }
}

/** Searches a small index, and says which instructions the library was built for. */
export async function checkIndexLibrary(packageRoot: string): Promise<Finding> {
  const name = 'hnswlib-node';
  try {
    const seconds = await selfTest();
    const flags = await buildFlags(packageRoot);
    const detail = `${Math.round(1 / seconds).toLocaleString('en')} searches/s in a small index, built with ${flags ?? 'unknown flags'}`;
    const wide = (await simdFeatures()).some((feature) => feature.startsWith('avx'));
    const portable = flags === undefined || !/-march=|-mavx|-mcpu=/.test(flags);
    return wide && portable
      ? warning(
          name,
          detail,
          'rebuild it for this processor, 1.5 times faster: QUARTET_CXXFLAGS="-O3 -march=native" npm run setup',
        )
      : ok(name, detail);
  } catch (error) {
    return failed(
      name,
      messageOf(error),
      'install a C++ compiler (Debian: apt-get install g++) and run `npm run setup`',
    );
  }
}

/** Searches small indexes with Quartet's own addon. Where it is missing everything works but int8 storage, on one thread. */
export function checkSearchAddon(test: () => number | null = addonSelfTest): Finding {
  const name = 'Search addon';
  const remedy = 'install a C++ compiler (Debian: apt-get install g++) and run `npm run setup`';
  try {
    const seconds = test();
    if (seconds === null) {
      return warning(
        name,
        'not there: hnswlib-node builds and searches instead, on one thread and without INT8 storage',
        remedy,
      );
    }
    const rate = Math.round(1 / seconds).toLocaleString('en');
    return ok(name, `${rate} searches/s in a small index; builds on all cores, filters by bitset, float32 and int8`);
  } catch (error) {
    return failed(name, messageOf(error), remedy);
  }
}

/** What scripts/setup.mjs noted; undefined when the library came about some other way. */
async function buildFlags(packageRoot: string): Promise<string | undefined> {
  try {
    const stamp = JSON.parse(await readFile(join(packageRoot, 'node_modules/.quartet-setup.json'), 'utf8')) as {
      hnswlib?: { flags?: string };
    };
    return stamp.hnswlib?.flags;
  } catch {
    return undefined;
  }
}
