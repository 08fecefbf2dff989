/** The part of an ESTree node that is looked at here. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  // biome-ignore lint/suspicious/noExplicitAny: the union of all node types, told apart by `type` at run time
  readonly [key: string]: any;
}

export type DeclarationKind = 'function' | 'method' | 'class' | 'interface' | 'property' | 'type' | 'constant' | 'enum';

export interface Declaration {
  /** Where its first modifier stands: a documentation comment ends just before. */
  readonly start: number;
  /** Where the text worth showing begins and ends: after `export declare`, before any body. */
  readonly from: number;
  readonly to: number;
  readonly kind: DeclarationKind;
  readonly name: string;
  /** Names of what it stands in, outermost first. */
  readonly container: readonly string[];
  /** Names of the members of a class, interface or enum. */
  readonly members: readonly string[];
}

/** Everything of a program that a documentation comment can stand before, in order; bodies of functions are not entered. */
export function* declarationsIn(
  statements: readonly Node[],
  container: readonly string[] = [],
): Generator<Declaration> {
  for (const statement of statements) {
    const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const node: Node | null = exported ? statement.declaration : statement;
    if (node !== null) yield* ofStatement(node, statement.start, container);
  }
}

function* ofStatement(node: Node, start: number, container: readonly string[]): Generator<Declaration> {
  const name = nameOf(node.id) ?? 'default';
  const at = { start, name, container };
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ArrowFunctionExpression':
      yield { ...at, ...textOf(node, node.body?.start), kind: 'function', members: [] };
      break;
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration': {
      const members: Node[] = node.body.body;
      const kind = node.type === 'ClassDeclaration' ? 'class' : 'interface';
      yield { ...at, ...textOf(node, node.body.start), kind, members: namesOf(members) };
      yield* ofMembers(members, [...container, name]);
      break;
    }
    case 'TSTypeAliasDeclaration': {
      const type: Node = node.typeAnnotation;
      const members: Node[] = type.type === 'TSTypeLiteral' ? type.members : [];
      const end = members.length > 0 ? type.start : undefined;
      yield { ...at, ...textOf(node, end), kind: 'type', members: namesOf(members) };
      yield* ofMembers(members, [...container, name]);
      break;
    }
    case 'TSEnumDeclaration':
      yield { ...at, ...textOf(node, node.body.start), kind: 'enum', members: namesOf(node.body.members) };
      break;
    case 'VariableDeclaration':
      for (const variable of node.declarations as Node[]) yield* ofVariable(variable, node, start, container);
      break;
    case 'TSModuleDeclaration':
      if (node.body?.type === 'TSModuleBlock') {
        // `declare module '../index'` adds to a file of the same package: that path says nothing to a reader.
        const named = node.kind !== 'global' && !name.startsWith('.');
        yield* declarationsIn(node.body.body, named ? [...container, name] : container);
      }
      break;
  }
}

function* ofVariable(
  variable: Node,
  statement: Node,
  start: number,
  container: readonly string[],
): Generator<Declaration> {
  const name = nameOf(variable.id);
  if (name === null) return;
  const value: Node | null = variable.init ?? null;
  const callable = value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression';
  const typed = variable.id.typeAnnotation !== null && variable.id.typeAnnotation !== undefined;
  const to = callable
    ? value.body.start
    : typed || value === null
      ? variable.id.end
      : Math.min(variable.end, value.start + 80);
  const from = variable === statement.declarations[0] ? withoutDeclare(statement) : variable.start;
  const kind =
    callable || variable.id.typeAnnotation?.typeAnnotation?.type === 'TSFunctionType' ? 'function' : 'constant';
  yield { start: from === variable.start ? variable.start : start, from, to, kind, name, container, members: [] };
  const type: Node | undefined = variable.id.typeAnnotation?.typeAnnotation;
  if (type?.type === 'TSTypeLiteral') yield* ofMembers(type.members, [...container, name]);
}

function* ofMembers(members: readonly Node[], container: readonly string[]): Generator<Declaration> {
  for (const member of members) {
    const name = memberName(member);
    if (name === null || member.accessibility === 'private') continue;
    const at = { start: member.start, from: member.start, name, container, members: [] };
    switch (member.type) {
      case 'TSMethodSignature':
      case 'TSAbstractMethodDefinition':
      case 'MethodDefinition':
        yield {
          ...at,
          to: member.value?.body?.start ?? member.end,
          kind: member.kind === 'get' ? 'property' : 'method',
        };
        break;
      case 'TSPropertySignature':
      case 'PropertyDefinition':
      case 'TSAbstractPropertyDefinition':
      case 'AccessorProperty': {
        const value: Node | null = member.value ?? null;
        const callable = member.typeAnnotation?.typeAnnotation?.type === 'TSFunctionType';
        yield { ...at, to: value === null ? member.end : value.start, kind: callable ? 'method' : 'property' };
        break;
      }
    }
  }
}

function textOf(node: Node, bodyStart: number | undefined): { from: number; to: number } {
  return { from: withoutDeclare(node), to: bodyStart ?? node.end };
}

function withoutDeclare(node: Node): number {
  return node.declare === true ? node.start + 'declare '.length : node.start;
}

function namesOf(members: readonly Node[]): string[] {
  const names = members.filter(({ accessibility }) => accessibility !== 'private').map(memberName);
  return [...new Set(names.filter((name) => name !== null && name !== 'constructor'))] as string[];
}

function memberName(member: Node): string | null {
  if (member.computed === true) return null;
  return nameOf(member.key ?? member.id);
}

function nameOf(node: Node | null | undefined): string | null {
  if (node?.type === 'Identifier') return node.name;
  if (node?.type === 'Literal') return String(node.value);
  if (node?.type === 'TSQualifiedName') return `${nameOf(node.left)}.${nameOf(node.right)}`;
  return null;
}
