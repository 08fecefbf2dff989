import type { Command } from 'commander';
import { parseGlobalId } from '../../api/global-ids.ts';
import {
  CANCEL_INDEX,
  CANCEL_MAP,
  CANCEL_RUN,
  type JobFields,
  PAUSE_RUN,
  RESUME_RUN,
  type RunFields,
} from '../client/operations.ts';
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
      'end a training run, an index build or a map; what it has reported stays, what it was to make does not',
    )
    .argument('<id>', 'of the run, the index or the map')
    .addHelpText('after', examples(['quartet cancel RUN', 'quartet cancel INDEX']))
    .action((id: string, options: SessionOptions) =>
      withSession(options, (session) => {
        const type = parseGlobalId(id)?.type;
        if (type === 'IndexVersion') return end(session, 'cancelIndex', CANCEL_INDEX, { indexId: id });
        if (type === 'EmbeddingMap') return end(session, 'cancelMap', CANCEL_MAP, { mapId: id });
        return change(session, 'cancelRun', CANCEL_RUN, id);
      }),
    );
}

async function end({ connection, output }: Session, name: string, document: string, input: object): Promise<void> {
  const [ended] = Object.values(await connection.mutate<Record<string, JobFields>>(name, document, { ...input }));
  output.result(`${ended?.id} is ${ended?.status}.`, ended);
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
