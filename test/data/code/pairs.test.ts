import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { codePairs, pairsOfSource } from '../../../src/data/code/pairs.ts';
import { proseOf } from '../../../src/data/code/prose.ts';
import { sourceFiles } from '../../../src/data/code/walk.ts';
import { scratch } from '../files.ts';

function write(root: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

test('declarations come without bodies and comments, with what they stand in before their name', () => {
  const source = `
/** Splits a list into parts of equal size. @param list the list */
export function chunk<T>(list: T[], /* inner */ size = 1): T[][] { return []; }

/** A thing that holds many other things. */
export declare class Box<T> extends Base<T> {
  /** Puts one more thing into the box. */
  readonly put: (thing: T) => void;
  /** How many things there are inside. */
  static readonly size: number;
  /** Takes the last thing out of it. */
  take(): T | undefined;
  /** Nobody may know about this one. */
  private hidden(): void;
}
declare module 'disk' {
  namespace promises {
    /** Reads a whole file into memory. */
    function readFile(path: string): Promise<string>;
  }
}
/** What can be set when opening. */
export type Options = {
  /** Whether to overwrite what is there. */
  force?: boolean;
};
/** Doubles a number, nothing more. */
export const twice = (n: number): number => n * 2;
/** The colours that are known here. */
enum Colour { Red, Green }
`;
  const pairs = [...pairsOfSource(source, 'a.ts')];
  assert.deepEqual(
    pairs.map(({ kind, declaration }) => [kind, declaration]),
    [
      ['function', 'function chunk<T>(list: T[], size = 1): T[][]'],
      ['class', 'class Box<T> extends Base<T> { put; size; take }'],
      ['method', 'readonly Box.put: (thing: T) => void'],
      ['property', 'static readonly Box.size: number'],
      ['method', 'Box.take(): T | undefined'],
      ['function', 'function disk.promises.readFile(path: string): Promise<string>'],
      ['type', 'type Options { force }'],
      ['property', 'Options.force?: boolean'],
      ['function', 'const twice = (n: number): number'],
      ['enum', 'enum Colour { Red, Green }'],
    ],
  );
  assert.equal(pairs[0]?.doc, 'Splits a list into parts of equal size.');
  assert.deepEqual([pairs[0]?.line, pairs[1]?.line], [3, 6]);
});

test('prose is the first paragraph in plain words; licences, tags and trifles give none', () => {
  assert.equal(
    proseOf('*\n * Returns the {@link Foo|foo} of `bar`, see [docs](http://x).\n *\n * More.\n * @returns x'),
    'Returns the foo of bar, see docs.',
  );
  assert.equal(proseOf('* @param x the value of it all'), null);
  assert.equal(proseOf('* The name. '), null);
  assert.equal(proseOf('*\n * Copyright 2020 Somebody and all the others\n'), null);
  assert.equal(proseOf(' not a documentation comment at all '), null);
  const long = proseOf(`* ${'One sentence more of it. '.repeat(40)}`) as string;
  assert(long.length <= 400 && long.endsWith('.'));
});

test('equal comments and equal declarations are given once, in the order of files', (t) => {
  const root = scratch(t);
  write(root, {
    'b.ts': '/** Adds two numbers to each other. */ export function add(a: number, b: number): number;',
    'a.ts':
      '/** Adds 2 numbers to each other! */ export function plus(a: number): number;\n/** Adds two NUMBERS to each other */ function again(): void {}',
    'broken.ts': '/** Adds something to something else. */ export function (((',
  });
  assert.deepEqual(
    [...codePairs(root)].map(({ file, name }) => [file, name]),
    [
      ['a.ts', 'plus'],
      ['a.ts', 'again'],
    ],
  );
});

test('folders are walked in order and once, links that lead back included; packages give their declaration files', (t) => {
  const root = scratch(t);
  write(root, {
    'src/z.ts': '',
    'src/a.js': '',
    'src/notes.md': '',
    'src/.hidden/x.ts': '',
    'src/test/x.ts': '',
    'node_modules/typed/package.json': '{}',
    'node_modules/typed/index.js': '',
    'node_modules/typed/index.d.ts': '',
    'node_modules/@scope/plain/package.json': '{}',
    'node_modules/@scope/plain/index.js': '',
    'node_modules/@scope/plain/index.min.js': '',
  });
  symlinkSync('..', join(root, 'src/loop'));
  symlinkSync('nowhere', join(root, 'src/dangling.ts'));
  assert.deepEqual(
    [...sourceFiles(root)],
    ['node_modules/@scope/plain/index.js', 'node_modules/typed/index.d.ts', 'src/a.js', 'src/z.ts'],
  );
});

test('the declarations that this project depends on give some thousand pairs', () => {
  const root = join(import.meta.dirname, '../../../node_modules/typescript');
  const pairs = [...codePairs(root)];
  assert(pairs.length > 200, `${pairs.length} pairs`);
  assert(
    pairs.every(({ doc, declaration }) => doc.length <= 400 && declaration.length <= 600 && declaration.length > 0),
  );
});
