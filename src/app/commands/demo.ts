import { Command } from 'commander';
import { examples, whole } from './options.ts';

interface DemoOptions {
  readonly data?: string;
  readonly dataset?: string;
  readonly port?: number;
  readonly quick?: boolean;
  readonly exit?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      "the whole way on real data: import, train, measure, index, ask; by default on this project's own installed packages",
    )
    .option(
      '--dataset <file>',
      'your own JSONL, CSV, TSV or Parquet file (also .gz), or BEIR folder; the columns are guessed',
    )
    .option('--quick', 'less data and fewer epochs')
    .option('--exit', 'end afterwards instead of going on to serve')
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--port <n>', 'port to listen on (default: $QUARTET_PORT, else 4000, else a free one)', whole)
    .addHelpText('after', examples(['quartet demo', 'quartet demo --exit --quick', 'quartet demo --dataset faq.csv']))
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/demo.ts');
      await runDemo(options);
    });
}
