import { posix } from 'node:path';
import { emptyNames, type Folder, homes, LONGEST_FILE, mayImport, withoutStore } from './house.ts';
import { type ModuleFacts, type Reference, readModule } from './read-module.ts';

/** Sources by their path from the project's root, `src/api/schema.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Holds the sources against the house's rules. @returns one sentence for each violation */
export function inspect(sources: Sources): string[] {
  const modules = new Map([...sources].map(([path, source]) => [path, readModule(path, source)]));
  return [
    ...[...modules].flatMap(([path, facts]) => inspectModule(path, facts, sources)),
    ...circles(modules),
    ...pathsToStore(modules),
  ];
}

/** Rules for files outside src, which may import what they like. */
export function inspectShape(path: string, lines: number): string[] {
  const names = path.split('/').map((part) => part.replace(/\..*$/, ''));
  const empty = names.filter((name) => emptyNames.includes(name.toLowerCase()));
  return [
    ...empty.map((name) => `${path}: the name "${name}" says nothing about what is inside`),
    ...(lines > LONGEST_FILE ? [`${path} has ${lines} lines, more than ${LONGEST_FILE}: one concept a file`] : []),
  ];
}

function inspectModule(path: string, facts: ModuleFacts, sources: Sources): string[] {
  const folder = folderOf(path);
  if (folder === undefined) return [`${path} is in no folder of the house`];
  const found = inspectShape(path, isGenerated(path) ? 0 : facts.lines);
  for (const reference of facts.references) {
    const problem = inspectReference(path, folder, reference, sources);
    if (problem !== undefined) found.push(`${path}:${reference.line} ${problem}`);
  }
  if (folder !== 'config') {
    for (const line of facts.environmentReads) found.push(`${path}:${line} reads process.env: only src/config does`);
  }
  return found;
}

function inspectReference(
  path: string,
  folder: Folder,
  { specifier }: Reference,
  sources: Sources,
): string | undefined {
  if (specifier === undefined) return 'imports a computed name: nobody can tell where it leads';
  if (!specifier.startsWith('.')) return inspectPackage(folder, specifier);
  const target = resolve(path, specifier);
  if (!target.startsWith('src/')) return /\.[cm]?[jt]s$/.test(target) ? `imports ${target}, outside src` : undefined;
  // The generated database client is not in the repository, and is there only after a set-up.
  if (!sources.has(target) && !isGenerated(target) && !target.endsWith('.wasm'))
    return `imports ${specifier}, which does not exist`;
  const other = folderOf(target);
  if (other === undefined || other === folder || mayImport[folder].includes(other)) return undefined;
  return `imports ${target}: ${folder} may import ${mayImport[folder].join(', ') || 'nothing'}`;
}

function inspectPackage(folder: Folder, specifier: string): string | undefined {
  if (folder === 'domain') return `imports ${specifier}: domain imports nothing`;
  if (specifier.startsWith('node:')) {
    return folder === 'client' ? `imports ${specifier}: the client runs in browsers too` : undefined;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const home = homes.find(({ match }) => match.test(name));
  if (home === undefined || home.folders.includes(folder)) return undefined;
  return `imports ${name}: only ${home.folders.join(', ')} does`;
}

/** Circles of imports, each once, types included: two files that need each other's types are one concept or three. */
function circles(modules: ReadonlyMap<string, ModuleFacts>): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const target of targets(path, modules, ['value', 'type'])) {
      if (state.get(target) === 'open')
        found.push(`circle: ${[...trail.slice(trail.indexOf(target)), target].join(' -> ')}`);
      else if (state.get(target) === undefined) walk(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of modules.keys()) if (!isGenerated(path) && !state.has(path)) walk(path);
  return found;
}

function pathsToStore(modules: ReadonlyMap<string, ModuleFacts>): string[] {
  const found: string[] = [];
  for (const start of modules.keys()) {
    if (!withoutStore.some((pattern) => pattern.test(start))) continue;
    const via = new Map<string, string | undefined>([[start, undefined]]);
    for (const path of via.keys()) {
      if (path.startsWith('src/store/')) {
        found.push(`${start} runs in a child process, yet it leads to the store: ${trace(path, via).join(' -> ')}`);
        break;
      }
      for (const target of targets(path, modules, ['value'])) if (!via.has(target)) via.set(target, path);
    }
  }
  return found;
}

function trace(end: string, via: ReadonlyMap<string, string | undefined>): string[] {
  const before = via.get(end);
  return before === undefined ? [end] : [...trace(before, via), end];
}

function targets(
  path: string,
  modules: ReadonlyMap<string, ModuleFacts>,
  kinds: readonly Reference['kind'][],
): string[] {
  const found = new Set<string>();
  for (const { specifier, kind } of modules.get(path)?.references ?? []) {
    if (specifier?.startsWith('.') && kinds.includes(kind)) found.add(resolve(path, specifier));
  }
  return [...found].filter((target) => modules.has(target) && !isGenerated(target));
}

function resolve(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}

function isGenerated(path: string): boolean {
  return path.includes('/generated/');
}

function folderOf(path: string): Folder | undefined {
  const name = /^src\/cli\.ts$/.test(path) ? 'cli' : /^src\/([^/]+)\//.exec(path)?.[1];
  return name !== undefined && name in mayImport ? (name as Folder) : undefined;
}
