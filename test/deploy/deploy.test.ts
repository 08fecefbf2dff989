import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { createProgram } from '../../src/app/program.ts';
import { setupVariables, variables } from '../../src/config/variables.ts';
import { testServer } from '../api/harness.ts';

/*
 * No engine runs here, so what can be known without one is checked: that the files are well formed, and that each path, command, option,
 * variable, port and probe they name is there.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const dockerfile = read('Dockerfile');

// biome-ignore lint/suspicious/noExplicitAny: manifests of another program
type Manifest = any;

function documents(file: string): Manifest[] {
  return parseAllDocuments(read(file), { merge: true }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], [], file);
    return document.toJS();
  });
}

const known = [...Object.keys(variables), ...setupVariables, 'DATABASE_URL', 'NODE_ENV'];

/** Fails unless the words are a command line of `quartet`. */
function isCommandLine([name, ...options]: readonly string[], where: string): void {
  const command = createProgram().commands.find((one) => one.name() === name);
  assert.ok(command !== undefined, `${where}: no command ${name}`);
  for (const option of options) {
    assert.ok(
      command.options.some(({ long }) => long === option),
      `${where}: ${name} has no option ${option}`,
    );
  }
}

test('the Dockerfile is well formed, and what it copies, sets and starts is there', () => {
  assert.deepEqual(
    validate(dockerfile).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`),
    [],
  );
  for (const [, sources] of dockerfile.matchAll(/^COPY ((?!--from)\S.*) \S+$/gm)) {
    for (const source of (sources as string).split(' ')) assert.ok(existsSync(join(root, source)), source);
  }
  const ignored = read('.dockerignore').split('\n').filter(Boolean);
  for (const needed of ['src', 'prisma', 'scripts', 'package.json']) assert.ok(!ignored.includes(needed), needed);
  const set = [...dockerfile.matchAll(/\b((?:QUARTET|NODE)_[A-Z_]+)=/g)].map(([, name]) => name as string);
  assert.deepEqual(
    set.filter((name) => !known.includes(name)),
    [],
  );
  const [, entry] = /^ENTRYPOINT \["([^"]+)", "([^"]+)"\]$/m.exec(dockerfile) ?? [];
  assert.equal(entry, 'node_modules/.bin/node');
  isCommandLine(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? ''), 'CMD');
  // The second stage must not set up again: what the set-up hangs on is the same in both.
  const flags = [...dockerfile.matchAll(/^ARG QUARTET_CXXFLAGS=(.*)$/gm)].map(([, value]) => value);
  assert.deepEqual([flags.length, new Set(flags).size], [2, 1]);
});

test('compose.yaml starts PostgreSQL, a server and a worker that share both stores', () => {
  const [{ services, volumes }] = documents('compose.yaml');
  assert.deepEqual(Object.keys(services), ['postgres', 'server', 'worker']);
  for (const name of ['server', 'worker']) {
    const { command, environment, depends_on, volumes: mounts } = services[name];
    isCommandLine(command, name);
    assert.deepEqual(
      Object.keys(environment).filter((variable) => !known.includes(variable)),
      [],
    );
    assert.equal(environment.QUARTET_DATA, '/data');
    assert.deepEqual(mounts, ['artifacts:/data']);
    assert.equal(depends_on.postgres.condition, 'service_healthy');
    const { hostname, username, pathname } = new URL(environment.DATABASE_URL.replace(/\$\{[^}]*\}/, 'x'));
    assert.deepEqual(
      [hostname, username, pathname.slice(1)],
      ['postgres', services.postgres.environment.POSTGRES_USER, services.postgres.environment.POSTGRES_DB],
    );
  }
  for (const { volumes: mounts } of Object.values<Manifest>(services)) {
    for (const mount of mounts) assert.ok(mount.split(':')[0] in volumes, mount);
  }
  assert.match(services.server.ports[0], /^127\.0\.0\.1:4000:4000$/);
  assert.match(dockerfile, /^EXPOSE 4000$/m);
});

test('the Kubernetes example is consistent in itself, and its probes are answered', async (t) => {
  const all = documents('deploy/kubernetes.yaml');
  const named = (kind: string) => all.filter((one) => one.kind === kind);
  const claims = named('PersistentVolumeClaim').map(({ metadata }) => metadata.name);
  assert.deepEqual(
    named('Deployment').map(({ metadata, spec }) => [metadata.name, spec.replicas]),
    [
      ['quartet-server', 2],
      ['quartet-worker', 2],
    ],
  );
  const probes: string[] = [];
  for (const { spec } of named('Deployment')) {
    const { metadata, spec: pod } = spec.template;
    assert.deepEqual(metadata.labels, spec.selector.matchLabels);
    const [container] = pod.containers;
    isCommandLine(container.args, container.name);
    for (const { name } of container.env) assert.ok(known.includes(name), name);
    for (const { name } of container.volumeMounts) {
      const volume = pod.volumes.find((one: Manifest) => one.name === name);
      assert.ok(claims.includes(volume?.persistentVolumeClaim.claimName), name);
    }
    const ports = (container.ports ?? []).map((port: Manifest) => port.name);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      if (container[probe] === undefined) continue;
      assert.ok(ports.includes(container[probe].httpGet.port), probe);
      probes.push(container[probe].httpGet.path);
    }
  }
  const [service] = named('Service');
  const server = named('Deployment')[0];
  assert.deepEqual(service.spec.selector, server.spec.selector.matchLabels);
  probes.push(server.spec.template.metadata.annotations['prometheus.io/path']);
  assert.equal(probes.length, 4);
  const { url } = await testServer(t);
  for (const path of probes) assert.notEqual((await fetch(`${url}${path}`)).status, 404, path);
});
