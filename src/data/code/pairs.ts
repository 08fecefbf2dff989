import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type Declaration, type DeclarationKind, declarationsIn, type Node } from './declarations.ts';
import { proseOf } from './prose.ts';
import { sourceFiles } from './walk.ts';

const MAX_DECLARATION_CHARACTERS = 600;
const MAX_MEMBERS = 16;

/** What a documentation comment says, and the declaration it stands before. */
export interface CodePair {
  readonly doc: string;
  /** Signature without a body, with the names of what it stands in: `Array<T>.pop(): T | undefined`. */
  readonly declaration: string;
  /** Relative to the folder that was read. */
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly kind: DeclarationKind;
}

/**
 * Documentation comments and their declarations from all TypeScript and JavaScript files below a folder, file by file, always
 * in the same order. Of equal comments (digits and letter case apart) only the first is given, likewise of equal
 * declarations: generated code says one thing hundreds of times, and a question with hundreds of answers teaches nothing.
 * Files that do not parse are passed over.
 */
export function* codePairs(root: string): Generator<CodePair, void, void> {
  const docs = new Set<string>();
  const declarations = new Set<string>();
  for (const file of sourceFiles(root)) {
    const source = readFileSync(join(root, file), 'utf8');
    const fresh = (doc: string) => !docs.has(keyOf(doc));
    // Most files of a package that ships its types twice end here, without being parsed.
    if (!someComment(source, fresh)) continue;
    for (const pair of pairsOfSource(source, file, fresh)) {
      const key = keyOf(pair.doc);
      if (docs.has(key) || declarations.has(pair.declaration)) continue;
      docs.add(key);
      declarations.add(pair.declaration);
      yield pair;
    }
  }
}

/** The pairs of one file, repetitions included. @param wanted comments to look at, default all */
export function* pairsOfSource(
  source: string,
  file: string,
  wanted: (doc: string) => boolean = () => true,
): Generator<CodePair, void, void> {
  const parsed = parseSync(file, source);
  const comments = parsed.comments;
  const documented = new Map<number, string>();
  for (const [index, comment] of comments.entries()) {
    if (comment.type !== 'Block') continue;
    const next = nextToken(source, comment.end);
    // Before another comment it documents that part of the file, not the declaration below.
    if (comments[index + 1]?.start === next) continue;
    const doc = proseOf(comment.value);
    if (doc !== null && wanted(doc)) documented.set(next, doc);
  }
  if (documented.size === 0) return;
  let line = 1;
  let counted = 0;
  for (const declaration of declarationsIn(parsed.program.body as unknown as readonly Node[])) {
    const doc = documented.get(declaration.start);
    if (doc === undefined || declaration.name === 'constructor') continue;
    for (
      let at = source.indexOf('\n', counted);
      at !== -1 && at < declaration.from;
      at = source.indexOf('\n', counted)
    ) {
      line++;
      counted = at + 1;
    }
    const { name, kind } = declaration;
    yield { doc, declaration: textOf(declaration, source, comments), file, line, name, kind };
  }
}

function textOf(
  { from, to, container, name, members, kind }: Declaration,
  source: string,
  comments: readonly { start: number; end: number }[],
): string {
  let text = '';
  let position = from;
  for (let index = firstAfter(comments, from); index < comments.length; index++) {
    const comment = comments[index] as { start: number; end: number };
    if (comment.start >= to || text.length > MAX_DECLARATION_CHARACTERS) break;
    text += `${source.slice(position, comment.start)} `;
    position = comment.end;
  }
  text += source.slice(position, Math.min(to, position + 4 * MAX_DECLARATION_CHARACTERS));
  let declaration = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/( ?(=>|[;{=,]))+$/, '');
  // Modifiers stay in front: `readonly Headers.size: number`.
  const path = container.map((outer) => `${outer}.`).join('');
  const at = Math.max(0, declaration.indexOf(name));
  declaration = declaration.slice(0, at) + path + declaration.slice(at);
  if (members.length > 0) {
    const shown = members.slice(0, MAX_MEMBERS).join(kind === 'enum' ? ', ' : '; ');
    declaration += ` { ${shown}${members.length > MAX_MEMBERS ? '; …' : ''} }`;
  }
  return declaration.length > MAX_DECLARATION_CHARACTERS
    ? `${declaration.slice(0, MAX_DECLARATION_CHARACTERS - 1).toWellFormed()}…`
    : declaration;
}

/** Digits, punctuation and letter case make no difference. */
function keyOf(doc: string): string {
  return doc
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

/** Whether some documentation comment of a text passes; a look without parsing, which may take a string for a comment. */
function someComment(source: string, wanted: (doc: string) => boolean): boolean {
  for (let start = source.indexOf('/**'); start !== -1; start = source.indexOf('/**', start + 3)) {
    const end = source.indexOf('*/', start + 3);
    if (end === -1) return false;
    const doc = proseOf(source.slice(start + 2, end));
    if (doc !== null && wanted(doc)) return true;
  }
  return false;
}

/** Index of the first comment that does not begin before `position`. */
function firstAfter(comments: readonly { start: number }[], position: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((comments[middle] as { start: number }).start < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nextToken(source: string, position: number): number {
  let at = position;
  while (at < source.length && /\s/.test(source[at] as string)) at++;
  return at;
}
