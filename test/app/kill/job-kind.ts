/** A kind of long work: how one is begun, and how to tell that one that was disturbed came out as if it had not been. */
export interface JobKind {
  readonly name: 'import' | 'training' | 'index building';
  readonly table: 'Import' | 'TrainingRun' | 'IndexVersion';
  /** @returns the acknowledged job's id */
  begin(): Promise<string>;
  /** Throws unless the job, which has ended, did all of its work, once. */
  check(id: string): Promise<void>;
}
