import type { Logger } from '../../platform/logger.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Starts something and stops it in order at the first SIGTERM, SIGINT or SIGHUP. A second signal of the same name ends the
 * process as it stands; nothing acknowledged is lost by that.
 * @param meanwhile runs once it is started, and is given up at the signal. Its error stops everything and is thrown on.
 * @param options.stay false: stops as soon as `meanwhile` is done
 */
export async function untilTerminated<Started extends { stop(): Promise<void> }>(
  logger: Logger,
  start: () => Promise<Started>,
  meanwhile: (started: Started) => Promise<void> = async () => {},
  { stay = true }: { readonly stay?: boolean } = {},
): Promise<void> {
  const { promise: terminated, resolve: terminate } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of SIGNALS) process.once(signal, terminate);
  const started = await start();
  const done = meanwhile(started).then(() => (stay ? terminated : undefined));
  // Given up at the signal, it may still fail for want of what was stopped.
  done.catch(() => {});
  try {
    const signal = await Promise.race([terminated, done]);
    if (signal !== undefined) logger.info({ signal }, 'stopping');
  } finally {
    await started.stop();
    for (const name of SIGNALS) process.off(name, terminate);
  }
}
