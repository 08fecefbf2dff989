import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, Kind, parse, print, visit } from 'graphql';
import { clientOperations, keyedMutations } from './client-operations.mjs';

/** Values as JSON carries them. */
const scalars = {
  ID: 'string',
  DateTime: 'string',
  JSON: 'unknown',
  SafeInt: 'number',
  Vector: 'readonly number[] | string',
};

/** @param document the schema as it was parsed @returns the source of src/client/generated/operations.ts */
export async function clientSource(document, filename) {
  const schema = buildASTSchema(document);
  const operations = parse(clientOperations(schema));
  const types = await codegen({
    filename,
    schema: document,
    documents: [{ location: 'operations.graphql', document: operations }],
    config: { enumsAsTypes: true, immutableTypes: true, skipTypename: true, scalars },
    plugins: [{ operations: {} }],
    pluginMap: { operations: typescriptOperations },
  });
  const keyed = keyedMutations(schema).map((name) => `'${name}'`);
  return `import { typed } from '../document.ts';
${types}
${documents(operations)}
/** Mutations that take an idempotency key, and so may be sent again. */
export const KEYED_MUTATIONS: ReadonlySet<string> = new Set([${keyed.join(', ')}]);
`;
}

/** Each fragment is one text, however many operations spread it; an operation that a program doesn't import drops out of its bundle. */
function documents({ definitions }) {
  const fragments = new Map(
    definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  );
  const texts = [...fragments].map(([name, fragment]) => `const ${name} = \`${print(fragment)}\`;`);
  const operations = definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((one) => {
      const type = `${one.name.value}${one.operation[0].toUpperCase()}${one.operation.slice(1)}`;
      const parts = [`\`${print(one)}\``, ...spread(one, fragments)].join(', ');
      return `export const ${one.name.value}Document = /* @__PURE__ */ typed<${type}, ${type}Variables>(${parts});`;
    });
  return [...texts, ...operations].join('\n');
}

/** @returns names of the fragments that a definition spreads, those within them included */
function spread(definition, fragments, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name: { value } }) {
      if (found.has(value)) return;
      found.add(value);
      spread(fragments.get(value), fragments, found);
    },
  });
  return found;
}
