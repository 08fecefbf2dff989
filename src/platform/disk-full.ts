/** Whether a file system's error says that there is no room: on the disk, in the quota of whoever writes, or in a file, whose size is limited. */
export function isDiskFull(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
