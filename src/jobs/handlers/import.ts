import { QuartetError } from '../../domain/errors.ts';
import type { ImportId } from '../../domain/ids.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { ImportExecutionsService } from '../../services/import-executions.ts';
import type { Handler } from '../handler.ts';
import { attempted } from './attempted.ts';

/** A child that reads says so every few thousand rows. One that is silent for so long is caught in a damaged file. */
const STALL = 5 * MINUTE;

/**
 * Reads the files of an import in a child process, then merges what it staged in one transaction. An import that was
 * interrupted begins anew from its uploads.
 */
export function createImportHandler(executions: ImportExecutionsService, stall = STALL): Handler {
  return {
    unfinished: () => executions.unfinished(),
    giveUp: (id, error) => executions.giveUp(id as ImportId, error),
    async run(id, context) {
      const execution = await executions.claim(id as ImportId);
      if (execution === null) return;
      const stalled = new AbortController();
      const watchdog = setTimeout(() => stalled.abort(), stall);
      const signal = AbortSignal.any([stalled.signal, execution.over]);
      await attempted(execution, context, async () => {
        try {
          const staged = await context.runChild('parse-import', await execution.spec(), {
            signal,
            onEvent: (event) => {
              watchdog.refresh();
              return execution.progress(event);
            },
          });
          clearTimeout(watchdog);
          context.signal.throwIfAborted();
          await execution.commit(staged);
        } catch (error) {
          if (stalled.signal.aborted) throw silentFor(stall, error);
          throw error;
        } finally {
          clearTimeout(watchdog);
        }
      });
    },
  };
}

function silentFor(stall: number, cause: unknown): QuartetError {
  const seconds = Math.round(stall / SECOND);
  const message = `no row could be read for ${seconds} s; the file is damaged, write it anew`;
  return new QuartetError('IMPORT_FAILED', message, { cause });
}
