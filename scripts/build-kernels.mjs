// Compiles src/tensor/kernels/kernels.as (AssemblyScript) to kernels.wasm, which is committed. `--check` compares instead of writing.
// The source is not named .ts because it is no TypeScript: its integer types and pointers mean nothing to tsc.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const source = fileURLToPath(new URL('../src/tensor/kernels/kernels.as', import.meta.url));
const target = fileURLToPath(new URL('../src/tensor/kernels/kernels.wasm', import.meta.url));
const options = ['-O3', '--converge', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory'];
const pages = ['--initialMemory', '1', '--maximumMemory', '65536'];

let binary;
const { error, stderr } = await asc.main(['kernels.ts', '--outFile', 'kernels.wasm', ...options, ...pages], {
  readFile: (name) => (name === 'kernels.ts' ? readFile(source, 'utf8') : null),
  writeFile: (name, contents) => {
    if (name === 'kernels.wasm') binary = Buffer.from(contents);
  },
  listFiles: () => [],
});
if (error || !binary) {
  process.stderr.write(`${stderr.toString()}\n`);
  process.exitCode = 1;
} else if (process.argv.includes('--check')) {
  const committed = await readFile(target).catch(() => Buffer.alloc(0));
  if (!committed.equals(binary)) {
    process.stderr.write(
      'src/tensor/kernels/kernels.wasm is not what kernels.as compiles to: run node scripts/build-kernels.mjs\n',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(target, binary);
  process.stdout.write(`kernels.wasm: ${binary.length} bytes\n`);
}
