import type { Random } from '../../../src/platform/random.ts';
import type { Place, Request } from '../requests-from-schema.ts';
import type { Ids } from './seed.ts';

export interface Case {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

export interface Material {
  readonly requests: readonly Request[];
  readonly ids: Ids;
  /** An ADMIN's key. */
  readonly secret: string;
}

const pick = <T>(random: Random, from: readonly T[]): T => from[random.int(from.length)] as T;

/** What breaks programs that did not expect it. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1e-308, 0.5, Number.POSITIVE_INFINITY],
  ...['', ' ', '0', 'NaN', 'null', '\0', '\ud800', '\uffff', '💥'.repeat(50), 'x'.repeat(20_000), '\r\n\r\n', '%00'],
  ...['\'; DROP TABLE "Item"; --', '" OR 1=1', '../../etc/passwd', '{{7*7}}', '<script>', '__proto__'],
  ...[
    'UWxhc3M6MQ==',
    'RGF0YXNldDox',
    'RGF0YXNldDotMQ',
    '2026-02-30T00:00:00Z',
    '9999999999999999999999',
    '[object Object]',
  ],
  ...[[], {}, [[]], [null], [[[[[[[[]]]]]]]], { length: -1 }, { constructor: { prototype: {} } }, { toString: null }],
  ...[Array(300).fill('a'), Array(2_000).fill(0.1), [Number.MAX_VALUE, -Number.MAX_VALUE], { text: 'a', itemId: 'b' }],
];
const NAMES = [
  'input',
  'id',
  'k',
  'ef',
  'first',
  'after',
  '__proto__',
  'constructor',
  'idempotencyKey',
  'filter',
  '',
  'name',
];

function idFor({ type }: Place, ids: Ids, field: string): string {
  const gone = 'RGF0YXNldDowMTk4YjNmMC0wMDAwLTcwMDAtODAwMC0wMTIzNDU2Nzg5YWI=';
  // What the other cases stand on stays.
  if (['deleteDataset', 'revokeApiKey', 'deleteItems'].includes(field)) return gone;
  return (type === null ? ids.Dataset : ids[type]) ?? gone;
}

function wellFormed(random: Random, { requests, ids }: Material) {
  const request = pick(random, requests);
  return { query: request.document, variables: request.variables((place) => idFor(place, ids, request.field)) };
}

function posted(body: Buffer | string, secret: string, more: Readonly<Record<string, string>> = {}): Case {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...more };
  return { method: 'POST', path: '/graphql', headers, body };
}

/** A document with some characters or words lost, doubled, or put elsewhere. */
export function badDocument(random: Random, material: Material): Case {
  const { query, variables } = wellFormed(random, material);
  let document = query;
  for (let n = random.int(4) + 1; n > 0; n--) document = misprinted(random, document);
  return posted(JSON.stringify({ query: document, variables }), material.secret);
}

function misprinted(random: Random, document: string): string {
  const at = random.int(document.length + 1);
  const length = random.int(12);
  const piece = document.slice(at, at + length);
  const insert = pick(random, [
    '{',
    '}',
    '(',
    '"',
    '"""',
    '$',
    '@',
    '...',
    '#',
    '\\',
    '\0',
    '\ud800',
    '!',
    ':',
    '1e999',
    '@skip(if: true)',
    ' on ',
  ]);
  switch (random.int(6)) {
    case 0:
      return document.slice(0, at) + document.slice(at + length);
    case 1:
      return document.slice(0, at) + piece.repeat(random.int(20) + 2) + document.slice(at + length);
    case 2:
      return document.slice(0, at) + insert + document.slice(at);
    case 3:
      return document.slice(0, at);
    case 4:
      return document.replace(
        /\b[a-z]\w+\b/,
        pick(random, ['__typename', 'fragment', 'mutation', 'subscription', 'x', '__schema']),
      );
    default:
      return `${document} ${pick(random, [document, 'fragment f on Query { ...f }', 'query Second { server { version } }', '{'])}`;
  }
}

/** A good document with variables of any form. */
export function badVariables(random: Random, material: Material): Case {
  const { query, variables } = wellFormed(random, material);
  let given: unknown = variables;
  for (let n = random.int(3) + 1; n > 0; n--) given = replacedSomewhere(random, given);
  return posted(JSON.stringify({ query, variables: given }), material.secret);
}

function replacedSomewhere(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.int(6) === 0) return pick(random, HOSTILE);
  if (Array.isArray(value)) {
    if (value.length === 0) return [pick(random, HOSTILE)];
    const at = random.int(value.length);
    return value.map((entry, n) => (n === at ? replacedSomewhere(random, entry) : entry));
  }
  const names = Object.keys(value);
  if (names.length === 0 || random.int(5) === 0) return { ...value, [pick(random, NAMES)]: pick(random, HOSTILE) };
  const name = pick(random, names);
  const { [name]: inner, ...rest } = value as Record<string, unknown>;
  return random.int(8) === 0 ? rest : { ...rest, [name]: replacedSomewhere(random, inner) };
}

const SEARCH =
  'query ($filter: FilterInput!) { search(input: {target: {datasetName: "fuzz"}, query: {text: "a"}, filter: $filter}) { matched } }';

/** Variables that hold themselves, some or many thousands deep; the query is always the same, and so a known one after its first time. */
export function deepVariables(random: Random, { secret }: Material): Case {
  const levels = random.int(pick(random, [20, 2_000, 90_000]));
  const [open, close] = pick(random, [
    ['{"not":', '}'],
    ['{"and":[', ']}'],
    ['{"or":[{"label":{"exists":true}},', ']}'],
    ['[', ']'],
  ] as const);
  const inner = pick(random, ['{"label":{"eq":"x"}}', '{}', 'null', '[]']);
  return posted(
    `{"query":${JSON.stringify(SEARCH)},"variables":{"filter":${open.repeat(levels)}${inner}${close.repeat(levels)}}}`,
    secret,
  );
}

/** A body that is no GraphQL request, or hardly one. */
export function malformedBody(random: Random, material: Material): Case {
  const { secret } = material;
  const good = JSON.stringify(wellFormed(random, material));
  const bytes = () => Buffer.from(Array.from({ length: random.int(2_000) }, () => random.int(256)));
  switch (random.int(9)) {
    case 0:
      return posted(bytes(), secret);
    case 1:
      return posted(good.slice(0, random.int(good.length)), secret);
    case 2:
      return posted(JSON.stringify(pick(random, HOSTILE)) ?? '', secret);
    case 3:
      return posted(`[${good},${good}]`, secret);
    case 4:
      return posted('['.repeat(random.int(50_000)), secret);
    case 5:
      return posted(
        JSON.stringify({
          query: pick(random, HOSTILE),
          variables: pick(random, HOSTILE),
          operationName: pick(random, HOSTILE),
          extensions: pick(random, HOSTILE),
        }),
        secret,
      );
    case 6:
      return posted(good, secret, {
        'content-type': pick(random, [
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-7',
          'application/graphql',
          '*/*',
          'x',
        ]),
      });
    case 7:
      return posted(bytes(), secret, { 'content-encoding': pick(random, ['gzip', 'deflate', 'br', 'zstd', 'x']) });
    default:
      return posted(good, secret, {
        accept: pick(random, ['text/html', 'multipart/mixed', 'x', '']),
        'x-request-id': pick(random, ['a'.repeat(5_000), '../x', "'"]),
      });
  }
}

const PATHS = [
  ...[
    '/',
    '/graphql',
    '/livez',
    '/readyz',
    '/metrics',
    '/client.js',
    '/uploads',
    '/uploads/',
    '/imports/x/report',
    '/exports/x',
  ],
  ...[
    '/graphql/',
    '/graphql?query={',
    '/graphql?query={server{version}}&variables={',
    '/readyz?except=',
    '/readyz?except[]=1',
  ],
  ...[
    '/..%2f..%2fetc%2fpasswd',
    '/uploads/..%2f..%2fx?token=',
    '/uploads/%00?token=%00',
    '/client.js/../../package.json',
    '//',
    '/%',
    '/%ff',
    '/*',
  ],
  '/uploads/%E0%A4%A',
  `/${'a'.repeat(3_000)}`,
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];

/** Any method at any address with headers of any form. */
export function badHttp(random: Random, { ids, secret }: Material): Case {
  const paths = [
    ...PATHS,
    `/uploads/${ids.Upload}?token=x`,
    `/uploads/${ids.Upload}?token[]=x&token=y`,
    `/imports/${ids.Import}/report?token=%`,
  ];
  const headers: Record<string, string> = {};
  const some: readonly (readonly [string, readonly string[]])[] = [
    [
      'authorization',
      [
        `Bearer ${secret}`,
        'Bearer',
        'Bearer  ',
        `bearer ${secret}`,
        'Basic eDp5',
        `Bearer ${'x'.repeat(4_000)}`,
        "Bearer qk_'",
      ],
    ],
    ['content-type', ['application/json', 'application/octet-stream', 'text/plain', '']],
    ['content-range', ['bytes 0-0/1', 'bytes 5-2/1', 'bytes */*', 'bytes 0-99999999999999999999/*', 'x']],
    ['range', ['bytes=0-', 'bytes=-1', 'bytes=5-1', 'bytes=0-0,1-1', 'x']],
    ['origin', ['null', 'https://evil.example', 'x']],
    ['apollo-require-preflight', ['1']],
    ['expect', ['100-continue']],
    ['traceparent', ['00-0-0-0', 'x']],
    ['host', ['evil.example', '[::1', 'a b', '127.0.0.1']],
  ];
  for (const [name, values] of some) if (random.int(3) === 0) headers[name] = pick(random, values);
  const method = pick(random, METHODS);
  const body =
    random.int(2) === 0
      ? ''
      : pick(random, ['{}', '{"query":"{server{version}}"}', 'x'.repeat(random.int(5_000)), '\0']);
  return { method, path: pick(random, paths), headers, body: method === 'GET' || method === 'HEAD' ? '' : body };
}
