import { pino } from 'pino';
import { requestId } from './request-id.ts';

export type Logger = pino.Logger;
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  readonly level: LogLevel;
  /** One JSON object a line for machines; otherwise one line of text for people. */
  readonly json: boolean;
  /** Where lines go. Default: standard error, because standard output belongs to a command's result. */
  readonly write?: (line: string) => void;
}

export function createLogger({ level, json, write = toStandardError }: LoggerOptions): Logger {
  const destination = json ? { write } : { write: (line: string) => write(toText(line)) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: faultOf, err: faultOf },
      mixin() {
        const id = requestId();
        return id === undefined ? {} : { requestId: id };
      },
    },
    destination,
  );
}

/** Of an error that a library made, these hold rows, statements or their parameters: content has no place in a log. */
const CONTENT = ['detail', 'where', 'query', 'parameters', 'internalQuery', 'meta', 'config'] as const;

function faultOf(error: Error): object {
  const { raw: _, ...fault } = pino.stdSerializers.err(error) as Record<string, unknown>;
  for (const name of CONTENT) delete fault[name];
  return fault;
}

/** For tests and one-shot tools. */
export const silentLogger: Logger = pino({ level: 'silent' });

function toStandardError(line: string): void {
  process.stderr.write(line);
}

/** `2026-01-31T12:00:00.000Z info  message key=value`; an error's stack follows on its own lines. */
function toText(line: string): string {
  const { time, level, msg, error, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const label = pino.levels.labels[Number(level)] ?? String(level);
  const pairs = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const fault = (error ?? err) as { stack?: string; message?: string } | undefined;
  const trace = fault === undefined ? '' : `\n${fault.stack ?? fault.message ?? JSON.stringify(fault)}`;
  return `${String(time)} ${label.padEnd(5)} ${String(msg ?? '')}${pairs.join('')}${trace}\n`;
}
