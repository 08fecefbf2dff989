import type { DatasetKind } from '../../domain/contents.ts';
import { findDataset } from '../client/find.ts';
import { untilFinal } from '../client/follow-job.ts';
import {
  CREATE_DATASET,
  CREATE_UPLOAD,
  type DatasetFields,
  DELETE_DATASET,
  IMPORT,
  IMPORT_DATASET,
  type ImportFields,
  type UploadFields,
} from '../client/operations.ts';
import { uploadFile } from '../client/upload-file.ts';
import type { Session } from '../session.ts';
import { thousands } from '../terminal/output.ts';
import type { ImportSource } from './import-sources.ts';

/**
 * Uploads the sources, imports them into the dataset of this name, which is made if need be, and waits for the end. A
 * dataset made for an import that fails goes again.
 * @param kind of a dataset that is made
 */
export async function importSources(
  session: Session,
  datasetName: string,
  sources: readonly ImportSource[],
  input: Readonly<Record<string, unknown>>,
  kind?: DatasetKind,
): Promise<{ dataset: DatasetFields; import: ImportFields }> {
  const { connection } = session;
  const uploadIds = await upload(session, sources);
  const found = await findDataset(connection, datasetName);
  const dataset =
    found ??
    (
      await connection.mutate<{ dataset: DatasetFields }>('createDataset', CREATE_DATASET, {
        name: datasetName,
        ...(kind === undefined ? {} : { kind }),
      })
    ).dataset;
  try {
    const done = await importUploads(session, { datasetId: dataset.id, uploadIds, ...input });
    return { dataset: (await findDataset(connection, datasetName)) ?? dataset, import: done };
  } catch (error) {
    if (found === null) {
      const given = { datasetId: dataset.id, onlyIfUnused: true };
      // Refused when the import goes on without us, or somebody else uses the dataset by now: then it stays.
      await connection.mutate('deleteDataset', DELETE_DATASET, given).catch(() => {});
    }
    throw error;
  }
}

/** @returns the ids of the uploads, in the order of the sources */
export async function upload({ connection, output }: Session, sources: readonly ImportSource[]): Promise<string[]> {
  const ids: string[] = [];
  for (const source of sources) {
    const progress = output.progress(sources.length === 1 ? 'Sending' : source.name, 'kB');
    const onSent = (sent: number) =>
      progress.update(Math.round(sent / 1e3), source.bytes === null ? null : Math.round(source.bytes / 1e3));
    try {
      ids.push(await sendSource(connection, source, onSent));
    } finally {
      progress.stop();
    }
  }
  return ids;
}

/** A file goes on where a command before broke off; what is made while it is sent can't. */
async function sendSource(
  connection: Session['connection'],
  source: ImportSource,
  onSent: (bytes: number) => void,
): Promise<string> {
  const { name, bytes } = source;
  const opened = source.open();
  if (typeof opened === 'string' && bytes !== null) {
    return await uploadFile(connection, { path: opened, name, bytes }, onSent);
  }
  const { upload } = await connection.mutate<{ upload: UploadFields }>('createUpload', CREATE_UPLOAD, {
    fileName: name,
  });
  let sent = 0;
  await connection.put(String(upload.url), opened, (more) => {
    sent += more;
    onSent(sent);
  });
  return upload.id;
}

async function importUploads(
  { connection, output }: Session,
  input: Readonly<Record<string, unknown>>,
): Promise<ImportFields> {
  const { import: asked } = await connection.mutate<{ import: ImportFields }>('importDataset', IMPORT_DATASET, input);
  const progress = output.progress('Importing', 'rows');
  try {
    return await untilFinal(
      { connection, output },
      asked,
      async () => (await connection.query<{ import: ImportFields | null }>(IMPORT, { id: asked.id })).import,
      ({ rowsRead, rowsSkipped }) =>
        progress.update(rowsRead, null, rowsSkipped > 0 ? `${thousands(rowsSkipped)} skipped` : ''),
    );
  } finally {
    progress.stop();
  }
}
