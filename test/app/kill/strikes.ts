import { setTimeout as sleep } from 'node:timers/promises';
import { parseGlobalId } from '../../../src/api/global-ids.ts';
import type { Random } from '../../../src/platform/random.ts';
import { isRunning } from '../../jobs/processes.ts';
import { until } from '../../support/embedded-server.ts';
import type { JobKind } from './job-kind.ts';
import type { ServedApp } from './served-app.ts';

export const VICTIMS = ['server', 'child', 'PostgreSQL'] as const;
export type Victim = (typeof VICTIMS)[number];

/** How long an undisturbed job works, and its child process within that, ms. */
export interface Durations {
  readonly job: number;
  readonly child: number;
}

const PATIENCE = 180_000;
/** A child that dies without having got further is tried again later each time, and in the end given up. */
const MOST_CHILD_KILLS_OF_A_JOB = 2;
/** After this long without a user, the guardian stops PostgreSQL. */
const GUARDIAN_GRACE = 2_000;

interface State {
  readonly status: string;
  readonly attempt: number;
  readonly finishedAt: Date | null;
}

/** Kills processes under a job at random moments. */
export class Strikes {
  readonly #app: ServedApp;
  readonly #kind: JobKind;
  readonly #random: Random;
  readonly #durations: Durations;

  constructor(app: ServedApp, kind: JobKind, random: Random, durations: Durations) {
    this.#app = app;
    this.#kind = kind;
    this.#random = random;
    this.#durations = durations;
  }

  /**
   * Begins jobs and kills until `kills` of them came while a job was at work; one that came after its end is not counted.
   * @returns the jobs
   */
  async strike(victim: Victim, kills: number, say: (what: string) => void): Promise<string[]> {
    const jobs: string[] = [];
    for (let done = 0; done < kills; ) {
      const job = await this.#kind.begin();
      jobs.push(job);
      for (let ofThis = 0; done < kills; ofThis++) {
        if (victim === 'child' && ofThis === MOST_CHILD_KILLS_OF_A_JOB) break;
        const moment = await this.#strikeOnce(victim, job, ofThis);
        if (moment === null) break;
        say(
          `kill ${++done} of ${victim} in ${this.#kind.name} ${jobs.length}, ${Math.round(moment)} ms after it was taken up`,
        );
      }
    }
    return jobs;
  }

  async ended(job: string): Promise<State> {
    let state = await this.state(job);
    await until(
      `${this.#kind.name} ends`,
      async () => {
        state = await this.state(job);
        return isFinal(state);
      },
      PATIENCE,
    );
    return state;
  }

  async hasEnded(job: string): Promise<boolean> {
    return isFinal(await this.state(job));
  }

  async state(job: string): Promise<State> {
    const sql = `SELECT status, attempt, "finishedAt" FROM "${this.#kind.table}" WHERE id = $1`;
    const [state] = await this.#app.rows(sql, [parseGlobalId(job)?.id]);
    return state as unknown as State;
  }

  /** @returns ms from the job's being taken up to the kill; null when the job had ended by then */
  async #strikeOnce(victim: Victim, job: string, before: number): Promise<number | null> {
    if (victim === 'child') return this.#strikeChild(job);
    // A killed server's job is taken up by the next attempt; one that PostgreSQL was killed under goes on.
    const attempt = victim === 'server' ? before + 1 : 1;
    let state: State | undefined;
    await until(
      `${this.#kind.name} is taken up`,
      async () => {
        state = await this.state(job);
        return isFinal(state) || state.attempt >= attempt;
      },
      PATIENCE,
    );
    if (isFinal(state as State)) return null;
    const moment = this.#random.next() * this.#durations.job;
    await sleep(moment);
    const killedAt = Date.now();
    if (victim === 'server') {
      await this.#app.killServer();
      // Mostly at once; sometimes while the guardian is just stopping PostgreSQL, or has done so.
      await sleep([0, 0, GUARDIAN_GRACE, GUARDIAN_GRACE + 500][this.#random.int(4)]);
      this.#app.start();
    } else {
      await this.#app.killPostgres();
    }
    const after = await this.state(job);
    return isFinal(after) && (after.finishedAt as Date).getTime() <= killedAt ? null : moment;
  }

  async #strikeChild(job: string): Promise<number | null> {
    let child: number | undefined;
    let ended = false;
    let looked = 0;
    await until(
      `a child works on the ${this.#kind.name}`,
      async () => {
        [child] = this.#app.children();
        if (child === undefined && looked++ % 20 === 19) ended = isFinal(await this.state(job));
        return child !== undefined || ended;
      },
      PATIENCE,
    );
    if (child === undefined) return null;
    const moment = this.#random.next() * this.#durations.child;
    await sleep(moment);
    if (!isRunning(child)) return null;
    process.kill(child, 'SIGKILL');
    await until('the child is gone', async () => !isRunning(child as number));
    return moment;
  }
}

function isFinal({ status }: State): boolean {
  return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status);
}
