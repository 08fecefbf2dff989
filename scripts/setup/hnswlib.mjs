import { rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileAddon } from './compile.mjs';
import { node24, npm, reason, run, say } from './process.mjs';
import { cxxFlags, modules } from './stamp.mjs';

/** Builds hnswlib-node for this machine's instruction set: as published it uses no AVX and is 1.5 times slower. */
export async function buildHnswlib() {
  const folder = join(modules, 'hnswlib-node');
  const output = join(folder, 'build/Release/addon.node');
  const flags = cxxFlags.split(/\s+/).filter(Boolean);
  const require = createRequire(join(folder, 'package.json'));
  // A server that has the present file loaded must not see it change under its feet: built aside, then renamed.
  const aside = `${output}.${process.pid}`;
  try {
    await compileAddon({
      output: aside,
      sources: [join(folder, 'src/addon.cc')],
      includes: [require('node-addon-api').include_dir],
      flags: [...flags, '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_GYP_MODULE_NAME=addon', '-fvisibility=hidden'],
    });
    await rename(aside, output);
  } catch (error) {
    say(`hnswlib-node: ${reason(error)}; trying node-gyp`);
    await npm(['rebuild', 'hnswlib-node', '--ignore-scripts=false'], { env: { CXXFLAGS: cxxFlags } }).catch(() => {
      throw new Error(
        `hnswlib-node can't be built: ${reason(error)}. Install a C++ compiler (Debian: apt-get install g++).`,
      );
    });
  }
  // A wrong -march shows here, as an illegal instruction, and not in the first search.
  await run(node24, ['-e', CHECK]).catch((error) => {
    throw new Error(`hnswlib-node built with ${cxxFlags} does not run here: ${reason(error)}`);
  });
  return { flags: cxxFlags };
}

const CHECK = `
const { HierarchicalNSW } = require('hnswlib-node');
const index = new HierarchicalNSW('ip', 64);
index.initIndex(4);
for (let i = 0; i < 4; i++) index.addPoint(Array.from({ length: 64 }, (_, j) => (j % 4 === i ? 1 : 0)), i);
const { neighbors } = index.searchKnn(Array.from({ length: 64 }, (_, j) => (j % 4 === 2 ? 1 : 0)), 1);
if (neighbors[0] !== 2) throw new Error('wrong neighbour');
`;
