import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { silentLogger } from '../../platform/logger.ts';
import { openArtifacts } from '../../store/open-artifacts.ts';
import { placeOf } from '../artifacts-place.ts';
import { EXIT } from '../exit-codes.ts';
import { configFor, outputFor } from '../session.ts';
import { examples } from './options.ts';

interface DoctorCommandOptions {
  readonly data?: string;
  readonly json?: true;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'check Node, tensor backend, processor, PostgreSQL, data directory and disk, with a remedy for what is missing',
    )
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--json', 'the findings as one JSON value on standard output')
    .addHelpText(
      'after',
      `\nExit status 1 when something needed is missing.${examples(['quartet doctor', 'quartet doctor --json'])}`,
    )
    .action(doctor);
}

async function doctor(options: DoctorCommandOptions): Promise<void> {
  const config = configFor(options);
  const output = outputFor(options);
  const [{ examine }, { loadTensors }] = await Promise.all([
    import('../../services/doctor.ts'),
    import('../../tensor/backend.ts'),
  ]);
  const findings = await examine({
    dataDir: config.dataDir,
    ...(config.artifacts === undefined ? {} : { openArtifacts: () => openArtifacts(placeOf(config)) }),
    databaseUrl: config.databaseUrl,
    packageRoot: fileURLToPath(new URL('../../..', import.meta.url)),
    loadTensors: () => loadTensors(config.backend),
    logger: silentLogger,
  });
  const marks = { ok: 'ok  ', warning: 'warn', failed: 'FAIL' } as const;
  const lines = findings.map(({ name, status, detail, remedy }) => {
    const advice = remedy === undefined ? '' : `\n${' '.repeat(22)}${remedy}`;
    return `${marks[status]}  ${name.padEnd(15)} ${detail}${advice}`;
  });
  output.result(lines.join('\n'), { findings });
  if (findings.some(({ status }) => status === 'failed')) process.exitCode = EXIT.failed;
}
