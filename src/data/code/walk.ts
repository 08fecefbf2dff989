import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const DECLARATIONS = /\.d\.[mc]?ts$/;
const SOURCES = /\.([mc]?[jt]s|[jt]sx)$/;
const SKIPPED_FOLDERS = /^(\..*|tests?|__tests__|fixtures|coverage)$/;
const MAX_FILE_BYTES = 8 << 20;

/**
 * TypeScript and JavaScript files below a folder, in the order of their names, links followed, every folder once. Of an
 * installed package that has declaration files (.d.ts) only those are taken: they are what its authors publish.
 * @returns paths relative to `root`, with forward slashes
 */
export function* sourceFiles(root: string): Generator<string, void, void> {
  yield* walk(root, '', new Set());
}

function* walk(root: string, folder: string, seen: Set<string>): Generator<string, void, void> {
  const path = join(root, folder);
  const real = realpathSync(path);
  if (seen.has(real)) return;
  seen.add(real);
  if (isInstalledPackage(real)) {
    const files = [...entries(root, folder, seen)];
    const declared = files.some((file) => DECLARATIONS.test(file));
    yield* declared ? files.filter((file) => DECLARATIONS.test(file)) : files;
  } else {
    yield* entries(root, folder, seen);
  }
}

function* entries(root: string, folder: string, seen: Set<string>): Generator<string, void, void> {
  // By code unit, so that the order is the same in every locale.
  const names = readdirSync(join(root, folder)).sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    const relative = folder === '' ? name : `${folder}/${name}`;
    const status = statSync(join(root, relative), { throwIfNoEntry: false });
    if (status?.isDirectory()) {
      if (!SKIPPED_FOLDERS.test(name)) yield* walk(root, relative, seen);
    } else if (status?.isFile() && status.size <= MAX_FILE_BYTES && SOURCES.test(name) && !name.includes('.min.')) {
      yield relative;
    }
  }
}

function isInstalledPackage(real: string): boolean {
  const parts = real.split(sep);
  const parent = parts.at(-2) ?? '';
  const installed = parent === 'node_modules' || (parent.startsWith('@') && parts.at(-3) === 'node_modules');
  return installed && existsSync(join(real, 'package.json'));
}
