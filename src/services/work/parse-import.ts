import type { Source } from '../../data/readers/source.ts';
import { stageBeir } from '../../data/staging/stage-beir.ts';
import { stageFiles } from '../../data/staging/stage-files.ts';
import { imageFormat, stageImageFiles } from '../../data/staging/stage-images.ts';
import { Staging } from '../../data/staging/staging.ts';
import type { DatasetKind } from '../../domain/contents.ts';
import type { ImportOptions } from '../../domain/imports.ts';
import type { StagedFiles } from '../../domain/staged-files.ts';
import type { Work } from './work.ts';

export interface ParseImportSpec extends ImportOptions {
  readonly sources: readonly Source[];
  /** What the dataset holds. */
  readonly kind: DatasetKind;
  /** Numbers in each of its vectors; null where it has none. */
  readonly dimensions: number | null;
}

export interface ParseImportEvent {
  readonly kind: 'progress';
  readonly rowsRead: number;
  readonly rowsSkipped: number;
}

export interface ParseImportResult extends StagedFiles {
  /** Holds the staged files. */
  readonly directory: string;
}

/**
 * Reads the files of an import and leaves in its folder what PostgreSQL's COPY takes, and the report of skipped rows.
 * @throws QuartetError BAD_INPUT for a column that is not there, IMPORT_FAILED for a damaged file or, if strict, a bad row
 */
export const work: Work<ParseImportSpec, ParseImportEvent, ParseImportResult> = async (spec, context) => {
  const staging = new Staging({
    directory: context.workDir,
    strict: spec.strict,
    dimensions: spec.dimensions,
    onProgress: (rowsRead, rowsSkipped) => void context.emit({ kind: 'progress', rowsRead, rowsSkipped }),
  });
  await stage(spec, staging, context.workDir);
  return { directory: context.workDir, ...staging.finish() };
};

async function stage(spec: ParseImportSpec, staging: Staging, scratch: string): Promise<void> {
  const { sources, kind, columns, delimiter } = spec;
  const format = spec.format === 'auto' && kind === 'IMAGE' ? await firstImageFormat(sources) : spec.format;
  if (format === 'beir') return stageBeir(sources, staging);
  if (format === 'idx' || format === 'cifar') return stageImageFiles(format, sources, staging);
  return stageFiles(sources, columns, { format, delimiter, scratch }, staging, kind);
}

/** All files of an import have one format; class names may come with them. */
async function firstImageFormat(sources: readonly Source[]): Promise<'auto' | 'idx' | 'cifar'> {
  for (const source of sources) {
    const format = await imageFormat(source);
    if (format !== null) return format;
  }
  return 'auto';
}
