// Writes src/api/generated/resolvers.ts, the resolver types of schema.graphql. `--check` compares and writes nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';

const schemaFile = fileURLToPath(new URL('../schema.graphql', import.meta.url));
const outputFile = fileURLToPath(new URL('../src/api/generated/resolvers.ts', import.meta.url));

/** What a resolver of each type gets as its parent: a record of the services, named in src/api/models.ts. */
const modelled = [
  'Dataset',
  'Item',
  'DatasetQuery',
  'Judgement',
  'Upload',
  'Import',
  'TrainingRun',
  'TrainingConfig',
  'ComparedRun',
  'RetrievalMetrics',
  'RunEvent',
  'RunStatusEvent',
  'RunStepEvent',
  'RunEvaluationEvent',
  'RunCheckpointEvent',
  'RunLogEvent',
  'RunDiagnosticsEvent',
  'RunVerdictEvent',
  'Verdict',
  'EncoderConfig',
  'TextStaticConfig',
  'VectorMlpConfig',
  'ImageConvConfig',
  'ParadigmConfig',
  'InBatchNegativesConfig',
  'EndToEndConfig',
  'MemoryBankConfig',
  'MomentumEncoderConfig',
  'OptimizerConfig',
  'AdamWConfig',
  'SgdConfig',
  'Encoder',
  'Evaluation',
  'IndexVersion',
  'IndexAlias',
  'Promotion',
  'SearchResult',
  'SearchHit',
  'EmbedResult',
];

const config = {
  enumsAsTypes: true,
  useTypeImports: true,
  immutableTypes: true,
  skipTypename: true,
  optionalResolveType: true,
  avoidOptionals: { defaultValue: true },
  contextType: '../context.ts#Context',
  mappers: Object.fromEntries(modelled.map((name) => [name, `../models.ts#${name}Model`])),
  inputMaybeValue: 'T | null | undefined',
  scalars: {
    ID: { input: 'string', output: 'string' },
    DateTime: { input: 'Date', output: 'Date' },
    JSON: { input: 'unknown', output: 'unknown' },
    SafeInt: { input: 'number', output: 'number' },
    FilterValue: { input: 'string | number | boolean', output: 'string | number | boolean' },
    Vector: { input: 'Float32Array', output: 'readonly number[] | string' },
  },
};

const banner = '// Written by scripts/codegen.mjs from schema.graphql. Not for editing.\n';
const body = await codegen({
  filename: outputFile,
  schema: parse(await readFile(schemaFile, 'utf8')),
  documents: [],
  config,
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers: typescriptResolvers },
});
const text = banner + body;

if (process.argv.includes('--check')) {
  const present = await readFile(outputFile, 'utf8').catch(() => '');
  if (present !== text) {
    console.error('src/api/generated/resolvers.ts does not match schema.graphql: run `npm run codegen`.');
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(outputFile), { recursive: true });
  await writeFile(outputFile, text);
}
