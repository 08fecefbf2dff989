import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What has been set up, part by part, in a file inside node_modules: whoever deletes node_modules deletes the stamp too. A
 * part is pending when the key it was made for differs from the key of now, or when its result is gone. Keys don't
 * hold the version of the running Node: all addons speak Node-API, and the scripts run under two Nodes in turn.
 */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const modules = join(root, 'node_modules');
export const cxxFlags = process.env.QUARTET_CXXFLAGS || '-O3 -march=native';
export const tensorflowPackage = join(modules, '@tensorflow/tfjs-node-gpu');
/** Where Quartet's own search addon lies: src/search-index/native/native-graph.ts loads it from there. */
export const graphAddon = join(modules, '.quartet/graph.node');
const graphSources = ['addon.cc', 'graph.h', 'huge_pages.h', 'int8_space.h', 'walkers.h'].map(
  (name) => `src/search-index/native/${name}`,
);
/** Raise it when a part must be made again although nothing it reads has changed. */
const RECIPE = 1;
const stampFile = join(modules, '.quartet-setup.json');

const parts = {
  packages: { key: () => hash(read('package-lock.json')), result: () => join(modules, '.bin/node') },
  client: { key: () => hash(read('prisma/schema.prisma')), result: () => join(root, 'src/store/generated/client.ts') },
  bundle: { key: () => hash(clientSources()), result: () => join(root, 'dist/client.js') },
  // The instruction set belongs to the key only where the flags ask for the machine's own.
  hnswlib: {
    key: () => hash(`${cxxFlags} ${cxxFlags.includes('native') ? cpuFeatures() : ''}`),
    result: () => join(modules, 'hnswlib-node/build/Release/addon.node'),
  },
  graph: {
    key: () =>
      hash(
        `${cxxFlags} ${cxxFlags.includes('native') ? cpuFeatures() : ''} ${graphSources.map((path) => hash(read(path)))}`,
      ),
    result: (noted) => (noted?.engine === 'hnswlib-node' ? modules : graphAddon),
  },
  tensors: { key: () => `${process.platform} ${process.arch}`, result: tensorsResult },
};

/** @returns the names of the parts that are to be made, in order */
export function pending({ retry = false } = {}) {
  const stamp = readStamp();
  const names = Object.keys(parts).filter((name) => {
    const { key, result } = parts[name];
    return stamp[name]?.key !== `${RECIPE} ${key()}` || !existsSync(result(stamp[name]));
  });
  if (names.includes('packages') && !isInstalled()) return Object.keys(parts);
  if (retry && stamp.tensors?.backend === 'wasm' && !names.includes('tensors')) names.push('tensors');
  if (retry && stamp.graph?.engine === 'hnswlib-node' && !names.includes('graph')) names.push('graph');
  return names;
}

/**
 * Whether node_modules holds what the lockfile says, by npm's own note of what it installed, and was once installed whole.
 * After `npm install NAME` it does: the lockfile is another one, and yet nothing needs to be installed again.
 */
export function isInstalled() {
  if (readStamp().packages === undefined || !existsSync(parts.packages.result())) return false;
  try {
    const wanted = JSON.parse(read('package-lock.json')).packages;
    const there = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (there[path] ? there[path].version === version : optional === true),
    );
  } catch {
    return false;
  }
}

/** Notes that a part is made. What it notes beside the key is read by `quartet doctor`. */
export function done(name, notes = {}) {
  writeStamp({ ...readStamp(), [name]: { key: `${RECIPE} ${parts[name].key()}`, ...notes } });
}

/** Forgets everything, before node_modules is replaced: an interrupted set-up must not look complete. */
export function forget() {
  rmSync(stampFile, { force: true });
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(stamp) {
  mkdirSync(modules, { recursive: true });
  const temporary = `${stampFile}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(stamp, null, 2)}\n`);
  renameSync(temporary, stampFile);
}

/** Native TensorFlow lies behind a link into the cache, which may have been emptied since; wasm comes with the packages. */
function tensorsResult(noted) {
  return noted?.backend === 'wasm' ? modules : join(tensorflowPackage, 'lib');
}

function read(path) {
  try {
    return readFileSync(join(root, path));
  } catch {
    return '';
  }
}

/** What goes into the bundle of the client, names included. */
function clientSources() {
  return ['src/client', 'src/client/generated']
    .flatMap((folder) =>
      (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${path}\n${read(path)}`)
    .join('\n');
}

function hash(data) {
  return createHash('sha256').update(data).digest('hex').slice(0, 32);
}

function cpuFeatures() {
  try {
    const info = readFileSync('/proc/cpuinfo', 'utf8');
    return /^(flags|Features)\s*:.*$/m.exec(info)?.[0] ?? cpus()[0]?.model;
  } catch {
    return cpus()[0]?.model;
  }
}
