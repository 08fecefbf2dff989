// The contract of schema.graphql in one line for each member, sorted: what a review of a change looks at.
import {
  astFromValue,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
} from 'graphql';

/** @param {string} text of a schema @returns {string} lines such as `Query.search(input: SearchInput!): SearchResult!` */
export function contractOf(text) {
  const lines = Object.values(buildSchema(text).getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => [...linesOf(type)]);
  return `${lines.sort().join('\n')}\n`;
}

function* linesOf(type) {
  if (isEnumType(type)) for (const value of type.getValues()) yield `${type.name}.${value.name}${deprecated(value)}`;
  else if (isUnionType(type)) for (const member of type.getTypes()) yield `${type.name} | ${member.name}`;
  else if (isInputObjectType(type)) {
    if (type.isOneOf) yield `${type.name} @oneOf`;
    for (const field of Object.values(type.getFields())) yield `${type.name}.${input(field)}`;
  } else if (isObjectType(type) || isInterfaceType(type)) {
    for (const { name } of type.getInterfaces()) yield `${type.name} implements ${name}`;
    for (const field of Object.values(type.getFields())) {
      const args = field.args.map(input).join(', ');
      yield `${type.name}.${field.name}${args === '' ? '' : `(${args})`}: ${field.type}${deprecated(field)}`;
    }
  } else yield type.name;
}

function input({ name, type, defaultValue, deprecationReason }) {
  const standard = defaultValue === undefined ? '' : ` = ${print(astFromValue(defaultValue, type))}`;
  return `${name}: ${type}${standard}${deprecated({ deprecationReason })}`;
}

function deprecated({ deprecationReason }) {
  return deprecationReason ? ` @deprecated(${JSON.stringify(deprecationReason)})` : '';
}
