import { parseSync } from 'oxc-parser';

export interface Reference {
  /** As written; undefined when it is computed, so that nobody can say where it leads. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** `type` is erased before the program runs; `process` is a file handed to another process by its URL. */
  readonly kind: 'value' | 'type' | 'process';
}

export interface ModuleFacts {
  readonly references: readonly Reference[];
  /** Lines that read the environment. */
  readonly environmentReads: readonly number[];
  readonly lines: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Finds all that a module refers to, by its syntax tree: static and dynamic imports, re-exports, types, require, file URLs. */
export function readModule(path: string, source: string): ModuleFacts {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const references: Reference[] = [];
  const environmentReads: number[] = [];
  const lineOf = (node: Node): number => source.slice(0, node.start).split('\n').length;

  visit(program as unknown as Node, undefined, (node, parent) => {
    const found = referenceOf(node);
    if (found !== undefined) references.push({ ...found, line: lineOf(node) });
    if (readsEnvironment(node, parent)) environmentReads.push(lineOf(node));
  });
  return { references, environmentReads, lines: source.replace(/\n$/, '').split('\n').length };
}

function visit(node: Node, parent: Node | undefined, see: (node: Node, parent: Node | undefined) => void): void {
  see(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, node, see);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function referenceOf(node: Node): Omit<Reference, 'line'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: text(node.source), kind: node.importKind === 'type' ? 'type' : 'value' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!isNode(node.source)) return undefined;
      return { specifier: text(node.source), kind: node.exportKind === 'type' ? 'type' : 'value' };
    case 'ImportExpression':
      return { specifier: text(node.source), kind: 'value' };
    case 'TSImportType':
      return { specifier: text(node.source ?? node.argument), kind: 'type' };
    case 'TSExternalModuleReference':
      return { specifier: text(node.expression), kind: 'value' };
    case 'CallExpression':
      return isRequire(node.callee) ? { specifier: text((node.arguments as Node[])[0]), kind: 'value' } : undefined;
    case 'NewExpression':
      return sourceUrl(node);
    default:
      return undefined;
  }
}

/** `require('x')` and `require.resolve('x')`, whatever the require was made from. */
function isRequire(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return callee.name === 'require';
  return callee.type === 'MemberExpression' && isRequire(callee.object) && nameOf(callee.property) === 'resolve';
}

/** `new URL('./child.ts', import.meta.url)`; other files than sources are data. */
function sourceUrl(node: Node): Omit<Reference, 'line'> | undefined {
  if (nameOf(node.callee) !== 'URL') return undefined;
  const specifier = text((node.arguments as Node[])[0]);
  return specifier !== undefined && /^\.{1,2}\/.*\.[cm]?ts$/.test(specifier)
    ? { specifier, kind: 'process' }
    : undefined;
}

/** `process.env` in any spelling, and `env` taken out of `process` or `node:process`. A plain assignment to one variable is no read. */
function readsEnvironment(node: Node, parent: Node | undefined): boolean {
  if (node.type === 'MemberExpression' && nameOf(node.property) === 'env') {
    const object = node.object as Node;
    const isProcess =
      nameOf(object) === 'process' || (object.type === 'MemberExpression' && nameOf(object.property) === 'process');
    return isProcess && parent?.assigned !== node;
  }
  if (node.type === 'AssignmentExpression' && node.operator === '=') {
    const target = node.left as Node;
    // Marks the `process.env` below `process.env.NAME = …`, which is visited next with the target as its parent.
    if (target.type === 'MemberExpression') (target as { assigned?: unknown }).assigned = target.object;
  }
  if (node.type === 'VariableDeclarator' && nameOf(node.init) === 'process' && isNode(node.id))
    return takesEnv(node.id);
  if (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(text(node.source) ?? '')) {
    return (node.specifiers as Node[]).some((specifier) => nameOf(specifier.imported) === 'env');
  }
  return false;
}

function takesEnv(pattern: Node): boolean {
  return (
    pattern.type === 'ObjectPattern' &&
    (pattern.properties as Node[]).some((property) => nameOf(property.key) === 'env')
  );
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return node.type === 'Identifier' ? String(node.name) : text(node);
}

function text(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSLiteralType') return text(node.literal);
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && (node.expressions as unknown[]).length === 0) {
    const [quasi] = node.quasis as [{ value: { cooked: string } }];
    return quasi.value.cooked;
  }
  return undefined;
}
