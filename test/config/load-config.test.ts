import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/index.ts';
import { QuartetError } from '../../src/domain/errors.ts';
import { DEFAULT_LIMITS } from '../../src/domain/limits.ts';

/** @returns the message of the refusal, after checking its code and that the field names the variable */
function refusal(env: Record<string, string>, variable: string): string {
  try {
    loadConfig(env);
  } catch (error) {
    assert.ok(error instanceof QuartetError);
    assert.equal(error.code, 'BAD_INPUT');
    assert.deepEqual(error.field, [variable]);
    return error.message;
  }
  throw new assert.AssertionError({ message: `${JSON.stringify(env)} was accepted` });
}

test('an empty environment gives the defaults', () => {
  const { logJson, ...config } = loadConfig({});
  assert.equal(typeof logJson, 'boolean');
  assert.deepEqual(config, {
    dataDir: resolve('.quartet'),
    databaseUrl: undefined,
    artifacts: undefined,
    artifactCacheBytes: 20 * 2 ** 30,
    otlpEndpoint: undefined,
    backend: 'auto',
    host: '127.0.0.1',
    port: 4000,
    origins: [],
    auth: true,
    key: undefined,
    logLevel: 'info',
    worker: true,
    limits: DEFAULT_LIMITS,
  });
});

test('every variable takes effect, and other programs’ variables do not matter', () => {
  const config = loadConfig({
    QUARTET_DATA: '/srv/quartet',
    DATABASE_URL: 'postgres://quartet:secret@/quartet?host=/run/postgresql',
    QUARTET_ARTIFACTS: 's3://models/quartet/',
    QUARTET_S3_ENDPOINT: 'http://minio:9000',
    QUARTET_ARTIFACT_CACHE_BYTES: '2000000000',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    QUARTET_BACKEND: 'wasm',
    QUARTET_HOST: '::1',
    QUARTET_PORT: '0',
    QUARTET_ORIGINS: 'https://www.example.org, http://localhost:3000/',
    QUARTET_AUTH: 'off',
    QUARTET_KEY: 'qk_x',
    QUARTET_LOG_LEVEL: 'debug',
    QUARTET_LOG_FORMAT: 'json',
    QUARTET_WORKER: 'false',
    QUARTET_MAX_DEPTH: '9',
    QUARTET_KEY_BUDGET: '5000',
    QUARTET_CXXFLAGS: '-O2',
    PATH: '/bin',
  });
  assert.deepEqual(config, {
    dataDir: '/srv/quartet',
    databaseUrl: 'postgres://quartet:secret@/quartet?host=/run/postgresql',
    artifacts: { bucket: 'models', prefix: 'quartet', endpoint: 'http://minio:9000' },
    artifactCacheBytes: 2_000_000_000,
    otlpEndpoint: 'http://collector:4318',
    backend: 'wasm',
    host: '::1',
    port: 0,
    origins: ['https://www.example.org', 'http://localhost:3000'],
    auth: false,
    key: 'qk_x',
    logLevel: 'debug',
    logJson: true,
    worker: false,
    limits: { ...DEFAULT_LIMITS, depth: 9, budget: 5_000 },
  });
});

test('an origin is scheme, host and port, and nothing else', () => {
  for (const bad of ['www.example.org', 'https://www.example.org/shop', 'https://a.example https://b.example']) {
    assert.throws(() => loadConfig({ QUARTET_ORIGINS: bad }), /wants origins separated by commas/);
  }
});

test('an empty value counts as unset', () => assert.equal(loadConfig({ QUARTET_PORT: '' }).port, 4000));

test('a configuration can’t be changed afterwards', () => {
  assert.throws(() => Object.assign(loadConfig({}), { port: 1 }), TypeError);
});

test('a misspelt variable is refused with the nearest known name', () => {
  assert.match(
    refusal({ QUARTET_BACKENDS: 'wasm' }, 'QUARTET_BACKENDS'),
    /QUARTET_BACKENDS\. Did you mean QUARTET_BACKEND\?/,
  );
  assert.match(refusal({ QUARTET_PROT: '1' }, 'QUARTET_PROT'), /Did you mean QUARTET_PORT\?/);
});

test('a variable that resembles none is refused with all known names', () => {
  const message = refusal({ QUARTET_SOMETHING_ELSE_ALTOGETHER: '1' }, 'QUARTET_SOMETHING_ELSE_ALTOGETHER');
  assert.match(message, /Known are .*QUARTET_DATA.*QUARTET_PORT/);
});

test('a value out of bounds is refused with its name and the value', () => {
  for (const port of ['65536', '-1', '80.5', 'http']) {
    const message = refusal({ QUARTET_PORT: port }, 'QUARTET_PORT');
    assert.ok(message.includes(`QUARTET_PORT=${port}`), message);
  }
  assert.match(refusal({ QUARTET_BACKEND: 'cuda' }, 'QUARTET_BACKEND'), /tensorflow.*wasm/);
});

test('a bad database address is refused without showing the password in it', () => {
  const message = refusal({ DATABASE_URL: 'mysql://root:hunter2@db/x' }, 'DATABASE_URL');
  assert.match(message, /postgresql:\/\//);
  assert.ok(!message.includes('hunter2'));
});

test('artifacts lie in a folder or in a bucket', () => {
  assert.equal(loadConfig({ QUARTET_ARTIFACTS: '/mnt/shared' }).artifacts, '/mnt/shared');
  assert.deepEqual(loadConfig({ QUARTET_ARTIFACTS: 's3://models' }).artifacts, {
    bucket: 'models',
    prefix: '',
    endpoint: undefined,
  });
  for (const QUARTET_ARTIFACTS of ['s3://', 's3://UPPER/x', 's3://models//x', 's3://a']) {
    assert.match(refusal({ QUARTET_ARTIFACTS }, 'QUARTET_ARTIFACTS'), /wants a folder, or s3:\/\/bucket\/prefix/);
  }
});
