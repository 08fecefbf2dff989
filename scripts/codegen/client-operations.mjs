import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isNullableType,
  isObjectType,
  isRequiredArgument,
  parse,
  print,
  validate,
} from 'graphql';

/*
 * One operation for each field of Query, Mutation and Subscription, so that none can be forgotten. It selects what a client
 * wants in most cases: all values of its result, of nodes that hang on it their own values, of pages the entries. Each type
 * is one fragment, so that its selection has a name in the client's types: `TrainingRunFields`.
 */

/** @param schema GraphQLSchema @returns the text of all operations and fragments, valid against it */
export function clientOperations(schema) {
  const fragments = new Map();
  const kinds = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const operations = Object.entries(kinds).flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {})
      .filter(({ deprecationReason }) => !deprecationReason)
      .map((field) => operation({ schema, fragments }, kind, field)),
  );
  const pages = Object.values(schema.getQueryType().getFields()).flatMap((field) =>
    pagesOf({ schema, fragments }, field),
  );
  const document = parse([...fragments.values(), ...operations, ...pages].join('\n'));
  const errors = validate(schema, document);
  if (errors.length > 0) throw new Error(`the client's operations don't fit the schema: ${errors.join('\n')}`);
  return print(document);
}

function operation(made, kind, { name, args, type }) {
  const { variables, given } = written(args);
  return `${kind} ${capitalised(name)}${list(variables)} { ${name}${list(given)} ${selection(made, getNamedType(type))} }`;
}

/** For what can be asked for by its id, one operation for each page that hangs on it: `DatasetItemsPage`. */
function pagesOf(made, { name, args, type }) {
  const holder = getNamedType(type);
  if (!isObjectType(holder) || !args.some((arg) => arg.name === 'id')) return [];
  return Object.values(holder.getFields())
    .filter((field) => isPage(getNamedType(field.type)) && isSelected(field))
    .map((field) => {
      const { variables, given } = written(field.args);
      const page = selection(made, getNamedType(field.type));
      return `query ${capitalised(name)}${capitalised(field.name)}Page${list(['$id: ID!', ...variables])} {
        ${name}(id: $id) { ${field.name}${list(given)} ${page} } }`;
    });
}

const list = (entries) => (entries.length === 0 ? '' : `(${entries.join(', ')})`);

function written(args) {
  return {
    variables: args.map((arg) => `$${arg.name}: ${arg.type}${defaultOf(arg)}`),
    given: args.map((arg) => `${arg.name}: $${arg.name}`),
  };
}

/** As in the schema, so that a variable with a default may be left out. */
function defaultOf({ astNode }) {
  return astNode?.defaultValue ? ` = ${print(astNode.defaultValue)}` : '';
}

/** All that a type holds, as a spread of its fragment. */
function selection(made, type) {
  if (isLeafType(type)) return '';
  // Of what has a global id only that is common: a client names the type it expects in a document of its own.
  if (type.name === 'Node') return '{ __typename id }';
  if (isPage(type) || isPayload(type)) return `{ ${fieldsOf(made, type).join(' ')} }`;
  const { fragments } = made;
  if (!fragments.has(type.name)) {
    // Noted before it is made: of a type that holds itself, only the leaves are selected within it.
    fragments.set(type.name, null);
    const body = isAbstractType(type) ? membersOf(made, type) : fieldsOf(made, type);
    // To the end: after those it spreads.
    fragments.delete(type.name);
    fragments.set(type.name, `fragment ${type.name}Fields on ${type.name} { ${body.join(' ')} }`);
  }
  return fragments.get(type.name) === null ? null : `{ ...${type.name}Fields }`;
}

/** Of a union or an interface: what its members share, then what each has beside it. */
function membersOf(made, type) {
  const shared = type.getFields ? fieldsOf(made, type) : [];
  const signatures = new Map();
  const members = made.schema.getPossibleTypes(type).flatMap((member) => {
    const own = fieldsOf(made, member).filter((field) => !shared.includes(field));
    // Two members may have fields of one name and different types, which GraphQL refuses under one name.
    const named = own.map((field) => {
      const name = /^\w+/.exec(field)[0];
      const signature = String(member.getFields()[name].type);
      if (!signatures.has(name)) signatures.set(name, signature);
      if (signatures.get(name) === signature) return field;
      return `${member.name[0].toLowerCase()}${member.name.slice(1)}${capitalised(name)}: ${field}`;
    });
    return named.length === 0 ? [] : [`... on ${member.name} { ${named.join(' ')} }`];
  });
  return ['__typename', ...shared, ...members];
}

function fieldsOf(made, type) {
  return Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (!isSelected(field)) return [];
    // Embeddings are large, and rarely wanted with each of many nodes.
    if (isLeafType(below)) return below.name === 'Vector' && isNode(made, type) ? [] : [field.name];
    // The entries of a page are its edges without the cursors.
    if (isPage(type) && field.name === 'edges') return [];
    if (isPage(below)) return [];
    const whole = isPage(type) || isPayload(type) || !isNode(made, below);
    return [`${field.name} ${(whole && selection(made, below)) || `{ ${leavesOf(below).join(' ')} }`}`];
  });
}

function leavesOf(type) {
  if (isAbstractType(type)) return ['__typename', 'id'];
  return Object.values(type.getFields())
    .filter(
      (field) =>
        isSelected(field) && isLeafType(getNamedType(field.type)) && getNamedType(field.type).name !== 'Vector',
    )
    .map(({ name }) => name);
}

const isSelected = ({ deprecationReason, args }) => !deprecationReason && !args.some(isRequiredArgument);

const capitalised = (name) => name[0].toUpperCase() + name.slice(1);
const isPage = (type) => isObjectType(type) && type.getFields().nodes !== undefined;
const isPayload = (type) => /Payload$/.test(type.name);
const isNode = ({ schema }, type) => {
  const node = schema.getType('Node');
  return type === node || (isObjectType(type) && type.getInterfaces().includes(node));
};

/** @returns names of the mutations whose input takes an idempotency key: these may be sent again */
export function keyedMutations(schema) {
  const takesKey = ({ type }) => {
    const key = getNamedType(type).getFields?.().idempotencyKey;
    return key !== undefined && isNullableType(key.type);
  };
  return Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ args }) => args.some(takesKey))
    .map(({ name }) => name);
}
