import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';
import { modules } from './stamp.mjs';

const require = createRequire(join(modules, 'anchor.cjs'));

/**
 * Compiles a Node-API addon of a few source files in one call of the C++ compiler. Not by node-gyp: that wants Python and
 * downloads the headers of one Node, while Node-API's four headers come with a package and fit every Node.
 * @throws Error when there is no compiler or it refuses
 */
export async function compileAddon({ output, sources, includes, flags, libraries = [] }) {
  await mkdir(dirname(output), { recursive: true });
  const linking = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  const headers = [...includes, require('node-api-headers').include_dir];
  await run(process.env.CXX || 'c++', [
    ...['-std=c++17', '-fPIC', '-pthread', '-fno-strict-aliasing', '-DBUILDING_NODE_EXTENSION'],
    ...linking,
    ...flags,
    ...headers.map((folder) => `-I${folder}`),
    ...['-o', output],
    ...sources,
    ...libraries,
  ]);
}
