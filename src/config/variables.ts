import { z } from 'zod';
import { LIMIT_BOUNDS, type Limits } from '../domain/limits.ts';

/*
 * Every environment variable that Quartet reads, with default, minimum and maximum in one place. The name is the
 * interface; `load-config.ts` turns the values into the frozen `Config`.
 */
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/**
 * Named as everywhere else, and so without QUARTET_. Only the scheme is checked: `user:password@/database?host=/run/postgresql`
 * is good for PostgreSQL, but no URL for Node.
 */
export const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/./, 'wants postgresql://user:password@host:port/database')
  .optional();

/** The standard name, too: where spans go by OTLP over HTTP. */
export const otlpEndpoint = z
  .string()
  .refine((text) => /^https?:/.test(URL.parse(text)?.protocol ?? ''), 'wants an address, e.g. http://collector:4318')
  .optional();

function limit(name: keyof Limits) {
  const [usual, least, most] = LIMIT_BOUNDS[name];
  return z.coerce.number().int().min(least).max(most).default(usual);
}

/** What each is a limit of: src/domain/limits.ts. */
const limitVariables = {
  QUARTET_MAX_DEPTH: limit('depth'),
  QUARTET_MAX_ALIASES: limit('aliases'),
  QUARTET_MAX_TOKENS: limit('tokens'),
  QUARTET_MAX_COST: limit('cost'),
  QUARTET_KEY_BUDGET: limit('budget'),
  QUARTET_MAX_BODY_BYTES: limit('bodyBytes'),
  QUARTET_MAX_UPLOAD_BYTES: limit('uploadBytes'),
  QUARTET_MAX_SECONDS: limit('seconds'),
  QUARTET_MAX_REQUESTS: limit('requests'),
  QUARTET_MAX_WAITING: limit('waiting'),
} as const;

/** `s3://bucket/prefix`, or a folder. */
const artifactsPlace = z
  .string()
  .transform((text) => {
    const [, bucket, prefix = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? [];
    return bucket === undefined ? text : { bucket, prefix: prefix.replace(/\/+$/, '') };
  })
  .refine(
    (place) =>
      typeof place === 'string' ||
      (/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(place.bucket) && !/\/\/|^\//.test(place.prefix)),
    'wants a folder, or s3://bucket/prefix',
  )
  .optional();

export const variables = {
  /** Folder of the embedded database and of all artifacts. */
  QUARTET_DATA: z.string().min(1).default('.quartet'),
  /** Where artifacts are: a folder that all processes share, or `s3://bucket/prefix`; unset: in the data directory. */
  QUARTET_ARTIFACTS: artifactsPlace,
  /** Server of an S3-compatible storage; unset: AWS, or what AWS_ENDPOINT_URL names. */
  QUARTET_S3_ENDPOINT: z
    .string()
    .refine((text) => /^https?:/.test(URL.parse(text)?.protocol ?? ''), 'wants an address, e.g. http://minio:9000')
    .optional(),
  /** Bytes of a bucket's artifacts kept in the data directory, 1 GiB to 1 PiB. Default 20 GiB. */
  QUARTET_ARTIFACT_CACHE_BYTES: z.coerce
    .number()
    .int()
    .min(2 ** 30)
    .max(2 ** 50)
    .default(20 * 2 ** 30),
  /** Tensor library of training and evaluation: see src/tensor/backend.ts. */
  QUARTET_BACKEND: z.enum(['auto', 'tensorflow', 'wasm']).default('auto'),
  /** Address to listen on. Anything but a loopback address opens the server to the network. */
  QUARTET_HOST: z.string().min(1).default('127.0.0.1'),
  /** TCP port, 0 to 65535; 0 takes a free one. */
  QUARTET_PORT: z.coerce.number().int().min(0).max(65_535).default(4_000),
  /** Web pages that may call the API, by their origins separated by commas, e.g. `https://www.example.org`; `*`: any page. */
  QUARTET_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim().replace(/\/$/, '')])),
    )
    .refine(
      (origins) => origins.every((origin) => origin === '*' || URL.parse(origin)?.origin === origin),
      'wants origins separated by commas, e.g. https://www.example.org,http://localhost:3000, or *',
    ),
  /** Whether `serve` asks clients for a key; `off` only on a loopback address. */
  QUARTET_AUTH: z.enum(['on', 'off']).default('on'),
  /** Key that commands send to the server. */
  QUARTET_KEY: z
    .string()
    .regex(/^[\w~.+/-]+=*$/, 'wants qk_ and 43 characters')
    .optional(),
  QUARTET_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** `text` for people, `json` for machines; unset: text on a terminal, else json. */
  QUARTET_LOG_FORMAT: z.enum(['text', 'json']).optional(),
  /** Whether `serve` also works on jobs. */
  QUARTET_WORKER: flag.default(true),
  ...limitVariables,
} as const;

/** Read by scripts/setup.mjs before any of this code can run; named here so that they are not taken for a typing error. */
export const setupVariables = ['QUARTET_CACHE', 'QUARTET_CXXFLAGS', 'QUARTET_SETUP', 'QUARTET_PYTHON'] as const;
