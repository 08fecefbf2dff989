import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileAddon } from './compile.mjs';
import { node24, reason, run, say } from './process.mjs';
import { cxxFlags, graphAddon, modules, root } from './stamp.mjs';

/** Builds Quartet's own search addon over hnswlib's headers. Where that fails hnswlib-node serves: slower, on one thread. */
export async function buildGraphAddon() {
  const require = createRequire(join(modules, 'anchor.cjs'));
  // By its ending Node knows what it is.
  const aside = graphAddon.replace(/node$/, `${process.pid}.node`);
  try {
    await mkdir(dirname(graphAddon), { recursive: true });
    await compileAddon({
      output: aside,
      sources: [join(root, 'src/search-index/native/addon.cc')],
      includes: [join(modules, 'hnswlib-node/src'), require('node-addon-api').include_dir],
      flags: [
        ...cxxFlags.split(/\s+/).filter(Boolean),
        ...['-DNAPI_CPP_EXCEPTIONS', '-DNODE_GYP_MODULE_NAME=quartet_graph', '-fvisibility=hidden'],
      ],
    });
    // A wrong -march shows here, as an illegal instruction, and not in the first search.
    await run(node24, ['-e', CHECK, aside]);
    // A server that has the present file loaded must not see it change under its feet.
    await rename(aside, graphAddon);
    return { engine: 'native', flags: cxxFlags };
  } catch (error) {
    say(`search addon: ${reason(error)}; going on with hnswlib-node`);
    await rm(aside, { force: true });
    // One of another recipe must not be found instead.
    await rm(graphAddon, { force: true });
    return { engine: 'hnswlib-node', reason: reason(error) };
  }
}

const CHECK = `
const { NativeGraph } = require(process.argv[1]);
for (const int8 of [false, true]) {
  const graph = new NativeGraph(64, int8, 16, 8, 100, 1);
  const axis = (i) => Float32Array.from({ length: 64 }, (_, j) => (j === i ? 1 : 0));
  for (let i = 0; i < 16; i++) graph.add(axis(i), i);
  const rows = new Int32Array(1);
  if (graph.search(axis(5), 1, 64, null, 0, rows, new Float32Array(1)) !== 1 || rows[0] !== 5) throw new Error('wrong neighbour');
}
`;
