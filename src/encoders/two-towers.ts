import { join } from 'node:path';
import { type Card, type Provenance, readCard, writeCard } from './card.ts';
import type { Content } from './content.ts';
import type { Encoder } from './encoder.ts';
import type { TrainableModel } from './trainable-model.ts';

/*
 * An encoder whose sides have weights of their own is two encoders, each complete in a folder of its own, and a card that names them: what reads one
 * kind of encoder reads it in either folder.
 */

const FOLDERS = { query: 'query', item: 'item' } as const;
const FILES = Object.values(FOLDERS).flatMap((folder) => [`${folder}/card.json`, `${folder}/encoder.safetensors`]);

/** What the card of both says, beside what each side's own says. */
export interface TwoTowersCard extends Card {
  readonly towers: 'separate';
}

export function hasTwoTowers(card: Card): card is TwoTowersCard {
  return (card as Partial<TwoTowersCard>).towers === 'separate';
}

/** Writes the directory of an encoder with a model for each side. @throws the file system's error */
export async function saveTwoTowers(
  dir: string,
  sides: { readonly query: TrainableModel; readonly item: TrainableModel },
  provenance: Provenance,
): Promise<void> {
  for (const side of ['query', 'item'] as const) await sides[side].save(join(dir, FOLDERS[side]), provenance);
  const { kind, dimensions, shape } = await readCard(join(dir, FOLDERS.item));
  const card: TwoTowersCard = { kind, dimensions, shape, provenance, towers: 'separate' };
  await writeCard(dir, card, FILES);
}

/** @param load reads the encoder of one folder. @throws QuartetError CORRUPT_ARTIFACT */
export async function loadTwoTowers(
  dir: string,
  load: (folder: string) => Promise<Encoder<Content>>,
): Promise<Encoder<Content>> {
  const [query, item] = [await load(join(dir, FOLDERS.query)), await load(join(dir, FOLDERS.item))];
  return { ...item, encode: (inputs, side) => (side === 'query' ? query : item).encode(inputs) };
}
