import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '../../../src/platform/logger.ts';
import { checkDataDirectory } from '../../../src/services/doctor/data-directory.ts';
import { checkNode, checkProcessor, simdFeatures } from '../../../src/services/doctor/machine.ts';
import { checkIndexLibrary, checkSearchAddon, checkTensors } from '../../../src/services/doctor/native-parts.ts';
import { examine } from '../../../src/services/doctor.ts';

const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-doctor-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a whole machine is found in order, with every part used once', async (t) => {
  const dataDir = join(await temporaryFolder(t), 'data');
  const findings = await examine({
    dataDir,
    databaseUrl: undefined,
    packageRoot,
    loadTensors: async () => ({ name: 'wasm', version: '4.22.0', device: 'test', hint: 'run `npm run setup`' }),
    logger: silentLogger,
  });
  assert.deepEqual(
    findings.map(({ name }) => name),
    ['Node', 'Processor and memory', 'Tensor backend', 'hnswlib-node', 'Search addon', 'Data directory', 'PostgreSQL'],
  );
  const failures = findings.filter(({ status }) => status === 'failed');
  assert.deepEqual(failures, []);
  assert.match(findings[6]?.detail ?? '', /^18\.\d+, embedded, reachable/);
  assert.equal(findings[2]?.status, 'warning');
  for (const { status, remedy } of findings) assert.equal(remedy === undefined, status === 'ok');
});

test('an old Node is refused, the pinned one and newer ones are not', () => {
  assert.equal(checkNode('>=22.18', '20.20.2').status, 'failed');
  assert.equal(checkNode('>=22.18', '22.17.1').status, 'failed');
  assert.equal(checkNode('>=22.18', '22.18.0').status, 'ok');
  assert.equal(checkNode('>=22.18', '24.0.0').status, 'ok');
});

test('the instruction sets are those that the processor has', async () => {
  const finding = await checkProcessor();
  for (const feature of await simdFeatures()) assert.ok(finding.detail.includes(feature));
});

test('a tensor library that does not load is a finding with its reason and its remedy', async () => {
  const finding = await checkTensors(() => Promise.reject(new Error('libtensorflow.so: no such file\nsecond line')));
  assert.equal(finding.status, 'failed');
  assert.equal(finding.detail, 'libtensorflow.so: no such file');
  assert.match(finding.remedy ?? '', /npm run setup/);
});

test('hnswlib-node built without vector instructions is a warning on a processor that has them', async (t) => {
  const root = await temporaryFolder(t);
  await mkdir(join(root, 'node_modules'));
  const write = (flags: string) =>
    writeFile(join(root, 'node_modules/.quartet-setup.json'), JSON.stringify({ hnswlib: { flags } }));
  await write('-O3');
  const wide = (await simdFeatures()).some((feature) => feature.startsWith('avx'));
  assert.equal((await checkIndexLibrary(root)).status, wide ? 'warning' : 'ok');
  await write('-O3 -march=native');
  const finding = await checkIndexLibrary(root);
  assert.equal(finding.status, 'ok');
  assert.match(finding.detail, /built with -O3 -march=native$/);
});

test('a search addon that is missing is a warning, one that answers wrongly a failure', () => {
  assert.match(checkSearchAddon().detail, /searches\/s .* float32 and int8$/);
  const missing = checkSearchAddon(() => null);
  assert.deepEqual([missing.status, /without INT8/.test(missing.detail)], ['warning', true]);
  const wrong = checkSearchAddon(() => {
    throw new Error('the search addon finds a wrong neighbour in int8');
  });
  assert.deepEqual([wrong.status, /npm run setup/.test(wrong.remedy ?? '')], ['failed', true]);
});

test('a data directory that can be written is measured and left as it was', async (t) => {
  const folder = await temporaryFolder(t);
  const finding = await checkDataDirectory(folder);
  assert.notEqual(finding.status, 'failed');
  assert.match(finding.detail, /is writable, [\d.]+ of [\d.]+ GiB free$/);
  assert.deepEqual(await readdir(folder), []);
});

test('a data directory that is a file, or may not be written, names the folder and the remedy', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), '');
  const finding = await checkDataDirectory(join(folder, 'file'));
  assert.equal(finding.status, 'failed');
  assert.match(finding.detail, /can't be written/);
  assert.match(finding.remedy ?? '', /QUARTET_DATA/);
  if (process.getuid?.() === 0) return;
  await chmod(folder, 0o500);
  assert.equal((await checkDataDirectory(folder)).status, 'failed');
});
