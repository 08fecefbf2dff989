import { readFile } from 'node:fs/promises';
import { QuartetError } from '../../domain/errors.ts';
import type { ColumnMapping, ImportFormat } from '../../domain/imports.ts';
import { readCifar } from '../readers/cifar.ts';
import { idxDimensions, readIdx } from '../readers/idx.ts';
import type { Batches } from '../readers/reader.ts';
import type { Source } from '../readers/source.ts';
import { stageRows } from './stage-files.ts';
import type { Staging } from './staging.ts';

/** What both formats give; nothing else is in them. */
const COLUMNS: ColumnMapping = { image: 'image', label: 'label' };
const MAX_CLASSES_BYTES = 1 << 20;

/** Whether the file is of a format that holds nothing but images; by its content, CIFAR by its name too. */
export async function imageFormat(source: Source): Promise<Extract<ImportFormat, 'idx' | 'cifar'> | null> {
  if ((await idxDimensions(source)) !== null) return 'idx';
  return /\.bin(\.gz)?$/i.test(source.name) ? 'cifar' : null;
}

/**
 * Stages IDX or CIFAR files. A file that ends in `.json` is a list of class names, by label.
 * @throws QuartetError BAD_INPUT when files do not fit each other
 */
export async function stageImageFiles(
  format: 'idx' | 'cifar',
  sources: readonly Source[],
  staging: Staging,
): Promise<void> {
  const names = await classNames(sources.find(isClassList));
  const nameOf = (label: number) => (names === null ? String(label) : (names[label] ?? null));
  const files = sources.filter((source) => !isClassList(source));
  const into = { staging, kind: 'IMAGE' } as const;
  if (files.length === 0)
    throw new QuartetError('BAD_INPUT', 'there is no file with images; give one beside the classes');
  if (format === 'cifar') {
    for (const file of files) await stageRows(file.name, readCifar(file, nameOf), { ...into, columns: COLUMNS });
    return;
  }
  const [images, labels] = await idxPairs(files);
  for (const [i, file] of images.entries()) {
    const ofFile = labels[i] ?? null;
    const columns = ofFile === null ? { image: 'image' } : COLUMNS;
    const rows: Batches = readIdx(file, ofFile, nameOf);
    await stageRows(file.name, rows, { ...into, columns });
  }
}

function isClassList({ name }: Source): boolean {
  return /\.json$/i.test(name);
}

/** Files with images, and as many with labels or none, both in the order given. */
async function idxPairs(files: readonly Source[]): Promise<[Source[], Source[]]> {
  const [images, labels]: [Source[], Source[]] = [[], []];
  for (const file of files) {
    const dimensions = await idxDimensions(file);
    if (dimensions === null) throw new QuartetError('BAD_INPUT', `${file.name} is no IDX file of unsigned bytes`);
    (dimensions.length === 1 ? labels : images).push(file);
  }
  if (images.length === 0 || (labels.length > 0 && labels.length !== images.length)) {
    const found = `${images.length} files with images and ${labels.length} with labels`;
    throw new QuartetError('BAD_INPUT', `here are ${found}; give one with labels for each with images, or none at all`);
  }
  return [images, labels];
}

async function classNames(source: Source | undefined): Promise<readonly string[] | null> {
  if (source === undefined) return null;
  const text = await readFile(source.path, 'utf8');
  let names: unknown;
  try {
    names = text.length > MAX_CLASSES_BYTES ? null : JSON.parse(text);
  } catch {
    names = null;
  }
  if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name.trim() !== '')) return names;
  throw new QuartetError('BAD_INPUT', `${source.name} must be a JSON list of class names, as ["cat", "dog"]`);
}
