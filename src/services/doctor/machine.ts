import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { type Finding, failed, ok, warning } from './finding.ts';

/** Instruction sets that change how fast distances and matrices are, widest first. */
const INTERESTING = ['avx512f', 'avx2', 'fma', 'avx', 'sse4_2', 'asimd', 'sve'];
const GIB = 2 ** 30;
/** What training, the server and PostgreSQL together stay below on a common corpus. */
const WANTED_MEMORY = 2 * GIB;

/** @param range `engines.node` of package.json, `>=MAJOR.MINOR` */
export function checkNode(range: string, version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = range.replace(/^\D*/, '').split('.').map(Number);
  const detail = `${version} on ${process.platform} ${process.arch}`;
  const enough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return enough
    ? ok('Node', detail)
    : failed(
        'Node',
        `${detail}, wanted ${range}`,
        'start Quartet through its npm scripts, which bring their own Node, or install a newer one',
      );
}

export async function checkProcessor(): Promise<Finding> {
  const found = await simdFeatures();
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const detail = `${cores} ${cores === 1 ? 'core' : 'cores'}, ${model}, SIMD: ${found.join(' ') || 'unknown'}, ${(totalmem() / GIB).toFixed(1)} GiB memory`;
  if (totalmem() < WANTED_MEMORY)
    return warning('Processor and memory', detail, 'give it at least 2 GiB of memory, or train with smaller batches');
  if (cores < 2)
    return warning('Processor and memory', detail, 'with a second core, searches stay quick while a training runs');
  return ok('Processor and memory', detail);
}

/** @returns those of the processor's instruction sets that matter here; empty where the system does not tell */
export async function simdFeatures(): Promise<string[]> {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const words = new Set(/^(?:flags|Features)\s*:(.*)$/m.exec(info)?.[1]?.trim().split(/\s+/));
  return INTERESTING.filter((name) => words.has(name));
}
