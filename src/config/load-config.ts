import { resolve } from 'node:path';
import { z } from 'zod';
import { QuartetError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import { nearestName } from './nearest-name.ts';
import { databaseUrl, otlpEndpoint, setupVariables, variables } from './variables.ts';

const schema = z.object({ ...variables, DATABASE_URL: databaseUrl, OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint });
type Values = z.infer<typeof schema>;

export interface BucketSetting {
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string | undefined;
}

/** Everything that the environment decides. Made once, at the start of a process; nothing else reads the environment. */
export interface Config {
  /** Absolute path of the data directory. */
  readonly dataDir: string;
  /** External PostgreSQL; undefined: the embedded server in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where artifacts are, when not in `dataDir`: a folder's absolute path, or a bucket. */
  readonly artifacts: string | BucketSetting | undefined;
  /** Bytes of a bucket's artifacts kept in `dataDir`. */
  readonly artifactCacheBytes: number;
  /** OpenTelemetry collector that gets spans; undefined: none are made. */
  readonly otlpEndpoint: string | undefined;
  readonly backend: Values['QUARTET_BACKEND'];
  readonly host: string;
  readonly port: number;
  /** Origins of web pages that may call the API, beside the server's own; `*`: any. */
  readonly origins: readonly string[];
  /** Whether the server asks its clients for a key. */
  readonly auth: boolean;
  /** Key that a client command sends; undefined: the one in the data directory. */
  readonly key?: string | undefined;
  readonly logLevel: Values['QUARTET_LOG_LEVEL'];
  readonly logJson: boolean;
  /** Whether `serve` runs a worker inside itself. */
  readonly worker: boolean;
  readonly limits: Limits;
}

/**
 * Reads and checks the environment. An empty value counts as unset, as in a shell's `QUARTET_PORT= quartet serve`.
 * @throws QuartetError BAD_INPUT naming the variable, its value and what it may be; also for an unknown QUARTET_ variable,
 *   because a misspelt setting that is silently ignored is found out much later
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  refuseUnknown(Object.keys(given));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw refused(parsed.error, given);
  const values = parsed.data;
  const artifacts = values.QUARTET_ARTIFACTS;
  return Object.freeze({
    dataDir: resolve(values.QUARTET_DATA),
    databaseUrl: values.DATABASE_URL,
    artifacts:
      typeof artifacts === 'object'
        ? { ...artifacts, endpoint: values.QUARTET_S3_ENDPOINT }
        : artifacts && resolve(artifacts),
    artifactCacheBytes: values.QUARTET_ARTIFACT_CACHE_BYTES,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    backend: values.QUARTET_BACKEND,
    host: values.QUARTET_HOST,
    port: values.QUARTET_PORT,
    origins: values.QUARTET_ORIGINS,
    auth: values.QUARTET_AUTH === 'on',
    key: values.QUARTET_KEY,
    logLevel: values.QUARTET_LOG_LEVEL,
    logJson: values.QUARTET_LOG_FORMAT === undefined ? !process.stderr.isTTY : values.QUARTET_LOG_FORMAT === 'json',
    worker: values.QUARTET_WORKER,
    limits: Object.freeze({
      depth: values.QUARTET_MAX_DEPTH,
      aliases: values.QUARTET_MAX_ALIASES,
      tokens: values.QUARTET_MAX_TOKENS,
      cost: values.QUARTET_MAX_COST,
      budget: values.QUARTET_KEY_BUDGET,
      bodyBytes: values.QUARTET_MAX_BODY_BYTES,
      uploadBytes: values.QUARTET_MAX_UPLOAD_BYTES,
      seconds: values.QUARTET_MAX_SECONDS,
      requests: values.QUARTET_MAX_REQUESTS,
      waiting: values.QUARTET_MAX_WAITING,
    }),
  });
}

function refuseUnknown(names: readonly string[]): void {
  const known = [...Object.keys(variables), ...setupVariables];
  for (const name of names) {
    if (!name.startsWith('QUARTET_') || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const advice = nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${nearest}?`;
    throw new QuartetError('BAD_INPUT', `Unknown environment variable ${name}. ${advice}`, { field: [name] });
  }
}

function refused(error: z.ZodError, given: Record<string, unknown>): QuartetError {
  const issue = error.issues[0];
  const name = String(issue?.path[0]);
  // Passwords and keys have no place in error messages, which end up in logs.
  const shown = ['DATABASE_URL', 'QUARTET_KEY'].includes(name) ? '' : `=${String(given[name])}`;
  return new QuartetError('BAD_INPUT', `Environment variable ${name}${shown} is refused: ${issue?.message}.`, {
    field: [name],
  });
}
