import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selfTest } from '../../search-index/self-test.ts';
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
