import type { Command } from 'commander';
import { cancelById } from '../client/cancel.ts';
import { PAUSE_RUN, RESUME_RUN, type RunFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { clientCommand, examples } from './options.ts';

const RUN_ARGUMENT = 'id of the run, as `quartet train` writes it';

export function pauseCommand(): Command {
  return clientCommand('pause')
    .description('stop a training run where it can go on')
    .argument('<run>', RUN_ARGUMENT)
    .addHelpText(
      'after',
      `\nIt ends the step it is at and writes a checkpoint first, so it may still be RUNNING for a moment.${examples(['quartet pause RUN'])}`,
    )
    .action((runId: string, options: SessionOptions) =>
      withSession(options, (session) => change(session, 'pauseRun', PAUSE_RUN, runId)),
    );
}

export function resumeCommand(): Command {
  return clientCommand('resume')
    .description('go on with a paused training run, as if it had not been paused')
    .argument('<run>', RUN_ARGUMENT)
    .addHelpText('after', examples(['quartet resume RUN']))
    .action((runId: string, options: SessionOptions) =>
      withSession(options, (session) => change(session, 'resumeRun', RESUME_RUN, runId)),
    );
}

export function cancelCommand(): Command {
  return clientCommand('cancel')
    .description(
      'end a job: training, import, index, map, evaluation, mining or refinement; what it has reported stays, what it was to make does not',
    )
    .argument('<id>', 'of the job')
    .addHelpText('after', examples(['quartet cancel RUN', 'quartet cancel INDEX']))
    .action((id: string, options: SessionOptions) =>
      withSession(options, async (session) => {
        const { called, job } = await cancelById(session, id);
        session.output.result(`${called[0]?.toUpperCase()}${called.slice(1)} ${job.id} is ${job.status}.`, job);
      }),
    );
}

async function change(session: Session, name: string, document: string, runId: string): Promise<void> {
  const { connection, output, ownServer } = session;
  const { run } = await connection.mutate<{ run: RunFields }>(name, document, { runId });
  if (ownServer && run.status === 'QUEUED') {
    output.note('No server runs on this data directory: the run goes on with the next `quartet serve`.');
  }
  const pausing = name === 'pauseRun' && run.status === 'RUNNING' ? ' and will be PAUSED after its checkpoint' : '';
  output.result(`Run ${run.id} is ${run.status}${pausing}.`, run);
}
