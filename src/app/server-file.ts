import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../platform/atomic-file.ts';
import { SECOND } from '../platform/clock.ts';

/*
 * `server.json` in the data directory says where the server of that directory listens, so that the CLI can be its client.
 * It may be left over from a killed process: what counts is whether the address answers with the same instance id.
 */
interface ServerFile {
  readonly url: string;
  readonly pid: number;
  /** Also given by GET /livez: another server may have got the same port. */
  readonly instance: string;
}

const fileIn = (dataDir: string) => join(dataDir, 'server.json');

export async function writeServerFile(dataDir: string, entry: ServerFile): Promise<void> {
  // With an external database nothing else has made the folder by now.
  await mkdir(dataDir, { recursive: true });
  await writeFileAtomic(fileIn(dataDir), `${JSON.stringify(entry)}\n`);
}

/** Removes the file unless another server has written its own by now. */
export async function removeServerFile(dataDir: string, instance: string): Promise<void> {
  if ((await read(dataDir))?.instance === instance) await rm(fileIn(dataDir), { force: true });
}

/** @returns the address of the directory's server; undefined when none is running */
export async function findServer(dataDir: string): Promise<string | undefined> {
  const entry = await read(dataDir);
  if (entry === undefined) return undefined;
  try {
    const response = await fetch(`${entry.url}/livez`, { signal: AbortSignal.timeout(2 * SECOND) });
    const { instance } = (await response.json()) as { instance?: unknown };
    return instance === entry.instance ? entry.url : undefined;
  } catch {
    return undefined;
  }
}

async function read(dataDir: string): Promise<ServerFile | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as ServerFile;
  } catch {
    return undefined;
  }
}
