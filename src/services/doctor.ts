import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../platform/logger.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import { checkArtifacts } from './doctor/artifacts.ts';
import { checkDataDirectory } from './doctor/data-directory.ts';
import type { Finding } from './doctor/finding.ts';
import { checkNode, checkProcessor } from './doctor/machine.ts';
import { checkIndexLibrary, checkSearchAddon, checkTensors, type TensorSummary } from './doctor/native-parts.ts';
import { checkPostgres } from './doctor/postgres.ts';

export type { Finding } from './doctor/finding.ts';

export interface DoctorOptions {
  readonly dataDir: string;
  /** Opens the store of artifacts where it is not the data directory; undefined where it is. */
  readonly openArtifacts?: (() => Promise<ArtifactStore>) | undefined;
  /** External PostgreSQL; undefined: the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Folder of package.json. */
  readonly packageRoot: string;
  /** `() => loadTensors(config.backend)`, with the errors that it throws. */
  readonly loadTensors: () => Promise<TensorSummary>;
  readonly logger: Logger;
}

/**
 * Looks at everything Quartet needs, by using it, in the order in which things depend on each other. Never throws: what is
 * wrong is a finding with its remedy. Opens (and so makes) the data directory's database.
 */
export async function examine(options: DoctorOptions): Promise<Finding[]> {
  const { engines } = JSON.parse(await readFile(join(options.packageRoot, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return [
    checkNode(engines.node),
    await checkProcessor(),
    await checkTensors(options.loadTensors),
    await checkIndexLibrary(options.packageRoot),
    checkSearchAddon(),
    await checkDataDirectory(options.dataDir),
    ...(options.openArtifacts === undefined ? [] : [await checkArtifacts(options.openArtifacts)]),
    await checkPostgres(options),
  ];
}
