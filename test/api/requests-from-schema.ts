import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/*
 * Requests made from the schema alone, so that a field that is new is asked for too: every field of the root types, once for
 * each place where an id or a dataset's name can be given.
 */

/** What stands for an id or a name in a request. */
export interface Place {
  /** e.g. `Mutation.importDataset(input.uploadIds)` */
  readonly at: string;
  /** What it must name, `name` for a dataset's name; null: the name of the place does not tell. */
  readonly type: string | null;
}

export interface Request {
  readonly root: 'Query' | 'Mutation' | 'Subscription';
  readonly field: string;
  readonly document: string;
  /** The arguments with each place filled in. */
  variables(fill: (place: Place) => string): Record<string, unknown>;
  readonly places: readonly Place[];
}

/** How the place of an id says what the id is of. */
const TYPES: Readonly<Record<string, string>> = {
  dataset: 'Dataset',
  item: 'Item',
  query: 'DatasetQuery',
  upload: 'Upload',
  imageUpload: 'Upload',
  import: 'Import',
  run: 'TrainingRun',
  encoder: 'Encoder',
  guideEncoder: 'Encoder',
  evaluation: 'Evaluation',
  index: 'IndexVersion',
  map: 'EmbeddingMap',
  alias: 'IndexAlias',
  promotion: 'Promotion',
  hardNegativeSet: 'HardNegativeSet',
  set: 'HardNegativeSet',
  refinement: 'Refinement',
  judge: 'Encoder',
  apiKey: 'ApiKey',
};

/** What an input needs although the schema can't say so: at least one of several lists. */
const UNSTATED: Readonly<Record<string, object>> = {
  EmbedInput: { texts: ['a text'] },
  UpsertItemInput: { text: 'a text' },
};

/** A part of the arguments that still has places in it. */
type Template = unknown;
class Hole {
  readonly place: Place;
  constructor(place: Place) {
    this.place = place;
  }
}

export function requestsOf(schema: GraphQLSchema): Request[] {
  return (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) => {
    const fields = schema.getType(root);
    if (!isObjectType(fields)) return [];
    return Object.values(fields.getFields()).flatMap((field) => requestsFor(schema, root, field));
  });
}

function requestsFor(schema: GraphQLSchema, root: Request['root'], field: GraphQLField<unknown, unknown>): Request[] {
  const at = `${root}.${field.name}`;
  const answers = getNamedType(field.type).name;
  const base = Object.fromEntries(
    field.args.filter(isRequiredArgument).map((arg) => [arg.name, minimal(arg.type, `${at}(${arg.name}`, answers)]),
  );
  const variants: Record<string, Template>[] = field.args.flatMap((arg) =>
    fillings(arg.type, `${at}(${arg.name}`, answers).map((value) => ({ ...base, [arg.name]: value })),
  );
  const selection = selectionOf(schema, field.type, 2);
  return (variants.length === 0 ? [base] : variants).map((template) => {
    const given = field.args.filter(({ name }) => name in template);
    const declared = given.map(({ name, type }) => `$${name}: ${type}`);
    const passed = given.map(({ name }) => `${name}: $${name}`);
    const call = `${field.name}${bracketed(passed)} ${selection}`;
    return {
      root,
      field: field.name,
      document: `${root.toLowerCase()} Asked${bracketed(declared)} { ${call} }`,
      places: placesIn(template),
      variables: (fill) => filled(template, fill) as Record<string, unknown>,
    };
  });
}

function bracketed(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}

/** Every way to give an id or a dataset's name within a value of this type. */
function fillings(type: GraphQLInputType, at: string, answers: string, within: readonly string[] = []): Template[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return fillings(nullable.ofType, at, answers, within).map((entry) => severalOf(at, entry));
  if (isInputObjectType(nullable)) {
    if (within.includes(nullable.name)) return [];
    const fields = Object.values(nullable.getFields());
    const base = nullable.isOneOf ? {} : (minimal(nullable, at, answers) as object);
    return fields.flatMap((field) =>
      fillings(field.type, `${at}.${field.name}`, answers, [...within, nullable.name]).map((value) => ({
        ...base,
        [field.name]: value,
      })),
    );
  }
  const hole = holeAt(nullable, at, answers);
  return hole === null ? [] : [hole];
}

/** `compareRuns` wants two; the same one twice is refused before it is looked up. */
function severalOf(at: string, entry: Template): Template[] {
  return at.startsWith('Query.compareRuns') ? [entry, entry] : [entry];
}

function holeAt(type: GraphQLInputType, at: string, answers: string): Hole | null {
  const name = /\w+$/.exec(at)?.[0] ?? '';
  if (String(type) === 'ID') {
    const stem = name.replace(/Ids?$/, '');
    return new Hole({
      at: `${at})`,
      type: TYPES[stem] ?? (/^ids?$/.test(name) && Object.values(TYPES).includes(answers) ? answers : null),
    });
  }
  const isName = String(type) === 'String' && (name === 'datasetName' || at === 'Query.dataset(name');
  return isName ? new Hole({ at: `${at})`, type: 'name' }) : null;
}

/** The least that can be given for a value of this type. */
function minimal(type: GraphQLInputType, at: string, answers: string): Template {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return severalOf(at, minimal(nullable.ofType, at, answers));
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    const given = nullable.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    // Of the members of a choice the one that takes a text asks nothing more.
    const chosen = nullable.isOneOf ? [fields.find(({ name }) => name === 'text') ?? (given[0] as never)] : given;
    const least = chosen.map((field) => [field.name, minimal(field.type, `${at}.${field.name}`, answers)] as const);
    return { ...Object.fromEntries(least), ...UNSTATED[nullable.name] };
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  const hole = holeAt(nullable, at, answers);
  if (hole !== null) return hole;
  const samples: Readonly<Record<string, unknown>> = { Int: 1, Float: 0.5, Boolean: false, String: 'a text' };
  const sample = samples[String(nullable)];
  if (sample === undefined) throw new Error(`say in requests-from-schema.ts what a ${nullable} may be, for ${at}`);
  return sample;
}

function filled(template: Template, fill: (place: Place) => string): unknown {
  if (template instanceof Hole) return fill(template.place);
  if (Array.isArray(template)) return template.map((entry) => filled(entry, fill));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, fill)]));
}

function placesIn(template: Template): Place[] {
  if (template instanceof Hole) return [template.place];
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(placesIn);
}

/** Everything that can be asked without arguments, so many objects deep. */
export function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    // Fields of one name may have different types there, so each goes by a name of its own.
    const parts = schema.getPossibleTypes(named).map((possible) => {
      const leaves = Object.values(possible.getFields()).filter(
        ({ type: own, args }) => isLeafType(getNamedType(own)) && args.length === 0,
      );
      return `... on ${possible.name} { ${leaves.map(({ name }) => `${possible.name}_${name}: ${name}`).join(' ')} }`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument) || field.name === 'edges') return [];
    const isLeaf = isLeafType(getNamedType(field.type));
    if (!isLeaf && depth === 0) return [];
    return [`${field.name} ${selectionOf(schema, field.type, depth - 1)}`];
  });
  return fields.length === 0 ? '{ __typename }' : `{ ${fields.join(' ')} }`;
}
