import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { compileAddon } from './compile.mjs';
import { withLock } from './lock.mjs';
import { node24, reason, run, say } from './process.mjs';
import { modules, tensorflowPackage } from './stamp.mjs';

/*
 * Native TensorFlow for `@tensorflow/tfjs-node-gpu`: the package's own binding, compiled against the TensorFlow that pip's
 * wheel holds. Of the wheel's 1.3 GB only two libraries are kept, and 14 headers are needed. One copy serves all checkouts of
 * a machine:
 *
 *   CACHE/tensorflow-2.21.0-…/lib/napi-v8/tfjs_binding.node      where the package looks for it, by a link lib -> CACHE/…/lib
 *   CACHE/tensorflow-2.21.0-…/deps/lib/libtensorflow_*.so.2      where the binding looks, by its run path $ORIGIN/../../deps/lib
 *
 * Made in a temporary folder and renamed when complete, so a half-made one is never used.
 */
const TENSORFLOW = '2.21.0';
/** Any wheel does, whatever the machine's Python: nothing of it is run by Python. */
const WHEEL_PYTHON = '3.11';
const NAPI = 8;
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** @returns what runs, for the stamp. Never fails: without TensorFlow there is wasm. */
export async function setUpTensorflow() {
  const failures = [];
  for (const attempt of [fromWheel, fromOwnDownload]) {
    try {
      const how = await attempt();
      await check();
      return { backend: 'tensorflow', how };
    } catch (error) {
      failures.push(reason(error));
      await rm(join(tensorflowPackage, 'lib'), { recursive: true, force: true });
    }
  }
  say(
    `tensor backend: wasm, slower (${failures.join('; ')}). For TensorFlow: a C++ compiler, python3 with pip that can reach tensorflow-cpu ${TENSORFLOW}, then npm run setup`,
  );
  return { backend: 'wasm', how: failures.join('; ') };
}

async function fromWheel() {
  if (process.platform !== 'linux') throw new Error('the wheel is for Linux');
  const { version } = JSON.parse(await readFile(join(tensorflowPackage, 'package.json'), 'utf8'));
  const name = `tensorflow-${TENSORFLOW}-tfjs-${version}-${process.platform}-${process.arch}-napi${NAPI}`;
  const place = await cached(name);
  const link = join(tensorflowPackage, 'lib');
  await rm(link, { recursive: true, force: true });
  await symlink(join(place, 'lib'), link);
  return place;
}

/** @returns the folder of that name in the cache, made now if need be; beside node_modules where the cache can't be written */
async function cached(name) {
  const folder = process.env.QUARTET_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quartet');
  if (existsSync(join(folder, name))) return join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return await make(folder, name);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT', 'ENOTDIR', 'EEXIST'].includes(error.code)) throw error;
    const own = join(modules, '.cache/quartet');
    say(`${folder} can't be written (${error.code}), so TensorFlow goes to ${own}; QUARTET_CACHE names another place`);
    return existsSync(join(own, name)) ? join(own, name) : await make(own, name);
  }
}

function make(folder, name) {
  return withLock(join(folder, `${name}.lock`), async () => {
    const place = join(folder, name);
    if (existsSync(place)) return place;
    // We hold the lock, so a temporary folder of this name belongs to nobody alive.
    for (const entry of await readdir(folder)) {
      if (entry.startsWith(`${name}.tmp-`)) await rm(join(folder, entry), { recursive: true, force: true });
    }
    const work = join(folder, `${name}.tmp-${process.pid}`);
    try {
      await build(work);
      await rename(work, place);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    return place;
  });
}

async function build(work) {
  say(`fetching TensorFlow ${TENSORFLOW} (270 MB, once per machine)`);
  const python = process.env.QUARTET_PYTHON || 'python3';
  const download = join(work, 'wheel');
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  await mkdir(download, { recursive: true });
  await run(python, [
    ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--no-cache-dir'],
    ...['--only-binary=:all:', '--implementation', 'cp', '--python-version', WHEEL_PYTHON],
    ...['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].flatMap((tag) => ['--platform', `${tag}_${machine}`]),
    // An unreachable index among several that are configured must not cost minutes.
    ...['--retries', '1', '--timeout', '20', '--dest', download, `tensorflow-cpu==${TENSORFLOW}`],
  ]);
  await run(python, ['-c', UNPACK, download]);
  const unpacked = join(download, 'tensorflow');
  const libraries = join(work, 'deps/lib');
  await mkdir(libraries, { recursive: true });
  for (const library of LIBRARIES) await rename(join(unpacked, library), join(libraries, library));
  say('building its binding');
  const binding = join(tensorflowPackage, 'binding');
  await compileAddon({
    output: join(work, `lib/napi-v${NAPI}/tfjs_binding.node`),
    sources: [join(binding, 'tfjs_backend.cc'), join(binding, 'tfjs_binding.cc')],
    includes: [join(unpacked, 'include')],
    flags: ['-O2', `-DNAPI_VERSION=${NAPI}`, '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    libraries: [`-L${libraries}`, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib'],
  });
  await rm(download, { recursive: true });
  // A quarter of the libraries is symbol names that nothing needs; a machine without strip keeps them.
  await run('strip', ['--strip-unneeded', ...LIBRARIES.map((name) => join(libraries, name))]).catch(() => {});
}

const UNPACK = `
import glob, sys, zipfile
wanted = ('tensorflow/libtensorflow_', 'tensorflow/include/tensorflow/c/', 'tensorflow/include/tensorflow/core/platform/ctstring',
          'tensorflow/include/tsl/platform/ctstring', 'tensorflow/include/xla/tsl/c/')
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
wheel.extractall(sys.argv[1], [name for name in wheel.namelist() if name.startswith(wanted)])
`;

/** The package's installer: libtensorflow 2.9 and a ready binding from its makers' store. */
async function fromOwnDownload() {
  try {
    await run(node24, ['scripts/install.js', 'gpu', 'download'], { cwd: tensorflowPackage });
  } catch (cause) {
    await rm(join(tensorflowPackage, 'deps'), { recursive: true, force: true });
    throw new Error('the download of @tensorflow/tfjs-node-gpu is out of reach', { cause });
  }
  return 'download of @tensorflow/tfjs-node-gpu';
}

/** Loads it and multiplies once: what does not run here (other libraries, other processor) must not be chosen later. */
async function check() {
  const code = `
    const util = require('node:util');
    util.isNullOrUndefined ??= (value) => value == null;
    util.isArray ??= Array.isArray;
    const tf = require('@tensorflow/tfjs-node-gpu');
    if (tf.matMul(tf.ones([4, 4]), tf.ones([4, 4])).sum().dataSync()[0] !== 64) throw new Error('wrong product');
  `;
  await run(node24, ['-e', code], { env: { TF_CPP_MIN_LOG_LEVEL: '2' }, timeoutMs: 120_000 });
}
