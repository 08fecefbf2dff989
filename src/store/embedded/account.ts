import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { QuartetError } from '../../domain/errors.ts';

/** The system user that PostgreSQL runs as. PostgreSQL refuses to run as root, so root lends it another one. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** True when this process is root and starts PostgreSQL as somebody else. */
  readonly lent: boolean;
}

/**
 * Chooses the account: this process's own; for root the owner of the data directory, else `postgres`, else `nobody`.
 * No user is ever created.
 * @param owner uid that owns the data directory, or the cluster where there is one already
 */
export async function chooseAccount(owner: number): Promise<Account> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) {
    throw new QuartetError(
      'DATABASE_UNAVAILABLE',
      `embedded PostgreSQL does not run on ${process.platform}; set DATABASE_URL to a PostgreSQL server`,
    );
  }
  if (uid !== 0) return { uid, gid, lent: false };
  const users = await systemUsers();
  const chosen =
    (owner === 0 ? undefined : users.find((user) => user.uid === owner)) ??
    users.find((user) => user.name === 'postgres') ??
    users.find((user) => user.name === 'nobody');
  if (chosen === undefined || chosen.uid === 0) {
    throw new QuartetError(
      'DATABASE_UNAVAILABLE',
      'PostgreSQL refuses to run as root and this system has neither a user "postgres" nor "nobody"; run as an ordinary user or set DATABASE_URL',
    );
  }
  return { uid: chosen.uid, gid: chosen.gid, lent: true };
}

/** What `spawn` needs to run a program as the account. Working directory `/`, for the caller's own may be closed to it. */
export function runAs(account: Account): { uid?: number; gid?: number; cwd: string } {
  return account.lent ? { uid: account.uid, gid: account.gid, cwd: '/' } : { cwd: '/' };
}

/** Whether the permission bits let the account enter the folder and all folders above it. ACLs are not looked at. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canEnter(account, parent);
}

interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

async function systemUsers(): Promise<SystemUser[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  return lines
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name as string, uid: Number(uid), gid: Number(gid) }));
}
