import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from './inspect.ts';

/** A small sound house; each test plants one fault in it. */
const sound: Readonly<Record<string, string>> = {
  'src/cli.ts': "import { start } from './app/start.ts';\nstart();\n",
  'src/app/start.ts':
    "import { loadConfig } from '../config/index.ts';\nimport { run } from '../jobs/run.ts';\nexport const start = () => run(loadConfig());\n",
  'src/config/index.ts': 'export const loadConfig = () => process.env.QUARTET_DATA;\n',
  'src/jobs/run.ts':
    "export const run = (x: unknown) => import('../services/work/train.ts').then((work) => work.train(x));\n",
  'src/jobs/child.ts': "import '../services/work/train.ts';\n",
  'src/services/runs.ts': "import { rows } from '../store/rows.ts';\nexport const runs = rows;\n",
  'src/services/work/train.ts':
    "import type { Row } from '../../store/rows.ts';\nimport { step } from '../../training/step.ts';\nexport const train = (x: Row | unknown) => step(x);\n",
  'src/training/step.ts': "import { tf } from '../tensor/backend.ts';\nexport const step = (x: unknown) => tf(x);\n",
  'src/tensor/backend.ts':
    "process.env.TF_CPP_MIN_LOG_LEVEL = '2';\nexport const tf = (x: unknown) => import('@tensorflow/tfjs-core').then(() => x);\n",
  'src/store/rows.ts': "import pg from 'pg';\nexport type Row = { id: number };\nexport const rows = new pg.Pool();\n",
  'src/api/schema.ts': "import { runs } from '../services/runs.ts';\nexport const schema = runs;\n",
  'src/domain/ids.ts': 'export type Id = string;\n',
};

function plant(faults: Record<string, string>): string[] {
  return inspect(new Map(Object.entries({ ...sound, ...faults })));
}

/** The fault, and what the one sentence about it must say. */
function catches(title: string, faults: Record<string, string>, ...said: RegExp[]): void {
  test(`catches ${title}`, () => {
    const found = plant(faults);
    assert.equal(found.length, said.length, `wants ${said.length} sentence(s), got: ${found.join(' | ')}`);
    for (const [i, pattern] of said.entries()) assert.match(found[i] as string, pattern);
  });
}

test('finds nothing wrong in a sound house', () => assert.deepEqual(plant({}), []));

catches(
  'an upward import',
  { 'src/store/up.ts': "import '../services/runs.ts';\n" },
  /^src\/store\/up\.ts:1 imports src\/services\/runs\.ts: store may/,
);
catches(
  'a shortcut past a floor',
  { 'src/api/short.ts': "\nimport { rows } from '../store/rows.ts';\nrows;\n" },
  /^src\/api\/short\.ts:2 imports src\/store/,
);
catches(
  'an upward type import',
  { 'src/domain/up.ts': "import type { Row } from '../store/rows.ts';\nexport type R = Row;\n" },
  /domain may import nothing/,
);
catches(
  'an upward import inside a type',
  { 'src/platform/up.ts': "export type R = import('../store/rows.ts').Row;\n" },
  /platform may import domain$/,
);
catches(
  'an upward dynamic import',
  { 'src/data/up.ts': "export const up = () => import('../training/step.ts');\n" },
  /data may import/,
);
catches(
  'a dynamic import of a template literal',
  { 'src/data/up.ts': 'export const up = () => import(`../training/step.ts`);\n' },
  /data may import/,
);
catches(
  'an upward re-export',
  { 'src/mining/up.ts': "export * from '../store/rows.ts';\n" },
  /mining may import domain$/,
);
catches(
  'an upward named re-export',
  { 'src/mining/up.ts': "export { rows as r } from '../store/rows.ts';\n" },
  /mining may import domain$/,
);
catches(
  'an upward require',
  {
    'src/tensor/up.ts':
      "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\nrequire('../training/step.ts');\n",
  },
  /tensor may import domain$/,
);
catches(
  'a process started from a floor above',
  { 'src/store/up.ts': "export const child = new URL('../jobs/child.ts', import.meta.url);\n" },
  /store may import/,
);
catches(
  'a computed import',
  { 'src/data/any.ts': 'export const any = (name: string) => import(name);\n' },
  /computed name/,
);
catches('an import of a missing file', { 'src/data/gone.ts': "import './nowhere.ts';\n" }, /does not exist/);
catches(
  'an import from outside src',
  { 'src/data/out.ts': "import '../../test/support/database.ts';\n" },
  /outside src/,
);

catches(
  'a circle of two files',
  { 'src/data/a.ts': "import './b.ts';\n", 'src/data/b.ts': "import './a.ts';\n" },
  /^circle: src\/data\/a\.ts -> src\/data\/b\.ts -> src\/data\/a\.ts$/,
);
catches(
  'a circle closed by a type and a re-export',
  {
    'src/data/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
    'src/data/b.ts': "export * from './c.ts';\nexport type B = 1;\n",
    'src/data/c.ts': "export * from './a.ts';\n",
  },
  /^circle: .*a\.ts -> .*b\.ts -> .*c\.ts -> .*a\.ts$/,
);
catches(
  'a file that imports itself',
  { 'src/data/a.ts': "import './a.ts';\n" },
  /^circle: src\/data\/a\.ts -> src\/data\/a\.ts$/,
);

catches(
  'child work that reaches the store through a service',
  { 'src/services/work/bad.ts': "import { runs } from '../runs.ts';\nruns;\n" },
  /^src\/services\/work\/bad\.ts runs in a child process.*runs\.ts -> src\/store\/rows\.ts$/,
);

catches(
  'a read of process.env',
  { 'src/data/env.ts': 'export const home = process.env.HOME;\n' },
  /^src\/data\/env\.ts:1 reads process\.env/,
);
catches('process["env"]', { 'src/data/env.ts': "export const home = process['env'].HOME;\n" }, /reads process\.env/);
catches(
  'globalThis.process.env',
  { 'src/data/env.ts': 'export const home = globalThis.process.env.HOME;\n' },
  /reads process\.env/,
);
catches(
  'env taken out of process',
  { 'src/data/env.ts': 'const { env } = process;\nexport const home = env.HOME;\n' },
  /reads process\.env/,
);
catches(
  'env imported from node:process',
  { 'src/data/env.ts': "import { env } from 'node:process';\nexport const home = env.HOME;\n" },
  /reads process\.env/,
);
catches('a write that also reads', { 'src/data/env.ts': "process.env.A ??= 'b';\n" }, /reads process\.env/);
catches('a variable set from another', { 'src/data/env.ts': 'process.env.A = process.env.B;\n' }, /reads process\.env/);

catches(
  'pg outside the store',
  { 'src/services/sql.ts': "import pg from 'pg';\npg;\n" },
  /imports pg: only store does/,
);
catches(
  'Prisma outside the store',
  { 'src/api/db.ts': "import type { X } from '@prisma/client/runtime/client';\nexport type Y = X;\n" },
  /imports @prisma\/client: only store does/,
);
catches(
  'tfjs outside its folders',
  { 'src/evaluation/tf.ts': "export const tf = () => import('@tensorflow/tfjs-core');\n" },
  /imports @tensorflow\/tfjs-core: only tensor, training, encoders does/,
);
catches(
  'a package in the domain',
  { 'src/domain/z.ts': "import { z } from 'zod';\nexport const s = z.string();\n" },
  /domain imports nothing/,
);

catches(
  'a client that needs Node',
  { 'src/client/read.ts': "import { readFile } from 'node:fs/promises';\nexport const read = readFile;\n" },
  /^src\/client\/read\.ts:1 imports node:fs\/promises: the client runs in browsers too$/,
);
catches(
  'a client that leans on the server',
  { 'src/client/ids.ts': "import type { Id } from '../domain/ids.ts';\nexport type I = Id;\n" },
  /client may import nothing/,
);
catches(
  'a folder whose name says nothing',
  { 'src/data/utils/text.ts': 'export const a = 1;\n' },
  /the name "utils" says nothing/,
);
catches(
  'a file whose name says nothing',
  { 'src/data/helpers.ts': 'export const a = 1;\n' },
  /the name "helpers" says nothing/,
);
catches(
  'a room that is not in the plan',
  { 'src/stuff/a.ts': 'export const a = 1;\n' },
  /is in no folder of the house/,
);
catches('a second entry', { 'src/main.ts': 'export const a = 1;\n' }, /is in no folder of the house/);
catches('a file of 401 lines', { 'src/data/long.ts': 'export {};\n'.repeat(401) }, /has 401 lines/);
test('accepts a file of 400 lines', () =>
  assert.deepEqual(plant({ 'src/data/long.ts': 'export {};\n'.repeat(400) }), []));
