import type { DatasetId, ImportId } from '../../domain/ids.ts';
import type { ColumnMapping, ImportFormat as DomainImportFormat } from '../../domain/imports.ts';
import { type ConnectionModel, type PageArguments, toConnection, uuidKey } from '../connections.ts';
import type { Context } from '../context.ts';
import { payload } from '../errors.ts';
import type { ImportFormat, Resolvers } from '../generated/resolvers.ts';
import { toGlobalId } from '../global-ids.ts';
import { idempotent } from '../idempotent.ts';
import type { ImportModel } from '../models.ts';
import { jobError } from './job-error.ts';
import { made, optional, parent, required } from './required.ts';
import type { RootFields } from './root-fields.ts';

const formats: Readonly<Record<ImportFormat, DomainImportFormat>> = {
  JSONL: 'jsonl',
  CSV: 'csv',
  TSV: 'tsv',
  PARQUET: 'parquet',
  BEIR: 'beir',
  IDX: 'idx',
  CIFAR: 'cifar',
};

export const importResolvers = {
  Upload: {
    id: ({ id }) => toGlobalId('Upload', id),
    complete: ({ status }) => status === 'COMPLETE',
    url: ({ id, token, status }, _args, { baseUrl }) =>
      status === 'COMPLETE'
        ? null
        : `${baseUrl}/uploads/${toGlobalId('Upload', id)}?token=${encodeURIComponent(token)}`,
  },
  Import: {
    id: ({ id }) => toGlobalId('Import', id),
    dataset: ({ datasetId }, _args, context) => parent(context, 'Dataset', datasetId),
    error: jobError,
    reportUrl: ({ id, reportSha256 }, _args, { baseUrl }) =>
      reportSha256 === null ? null : `${baseUrl}/imports/${toGlobalId('Import', id)}/report?token=${reportSha256}`,
  },
  Query: {
    import: (_root, { id }, context) => optional(context, 'Import', id),
  },
  Mutation: {
    createUpload: (_root, { input }, context) =>
      payload(async () => {
        const { services, principal } = context;
        const { namespace } = principal;
        const { fileName, bytes, sha256 } = input;
        const announced = { fileName, bytes, sha256 };
        const id = await services.idempotency.create(
          idempotent('createUpload', input),
          async (tx) => (await services.uploads.create({ namespace, ...announced }, tx)).id,
        );
        return { upload: await made(context, 'Upload', id) };
      }),
    importDataset: (_root, { input }, context) =>
      payload(async () => {
        const { services } = context;
        const dataset = await required(context, 'Dataset', input.datasetId, ['input', 'datasetId']);
        const uploads = await Promise.all(
          input.uploadIds.map((id, position) =>
            required(context, 'Upload', id, ['input', 'uploadIds', String(position)]),
          ),
        );
        const asked = {
          datasetId: dataset.id,
          uploadIds: uploads.map(({ id }) => id),
          format: input.format ? formats[input.format] : ('auto' as const),
          columns: input.columns as ColumnMapping | null | undefined,
          strict: input.strict,
          delimiter: input.delimiter,
        };
        const id = await services.idempotency.create(
          idempotent('importDataset', input),
          async (tx) => (await services.imports.start(asked, tx)).id,
        );
        return { import: await made(context, 'Import', id) };
      }),
    cancelImport: (_root, { input }, context) =>
      payload(async () => {
        const { services, loaders } = context;
        const { id } = await required(context, 'Import', input.importId, ['input', 'importId']);
        await services.imports.cancel(id);
        return { import: await loaders.Import.clear(id).load(id) };
      }),
  },
} satisfies Pick<Resolvers, 'Import' | 'Upload'> & RootFields;

export function importConnection(
  { services }: Context,
  page: PageArguments,
  datasetId: DatasetId,
): Promise<ConnectionModel<ImportModel>> {
  return toConnection<ImportModel, ImportId>(
    page,
    uuidKey(),
    ({ id }) => id,
    (of) => services.imports.list({ datasetId }, of),
  );
}
