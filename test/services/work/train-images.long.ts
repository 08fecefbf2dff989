import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Labelled, requireToldApart } from './image-fixtures.ts';

const FASHION = fileURLToPath(new URL('../../../../shared/data/fashion-mnist-900/', import.meta.url));

async function fashion(): Promise<Labelled[]> {
  const [images, labels] = await Promise.all(
    ['images-900-idx3-ubyte', 'labels-900-idx1-ubyte'].map((name) => readFile(join(FASHION, name))),
  );
  return Array.from({ length: 900 }, (_, i) => {
    const pixels = images!.subarray(16 + i * 784, 16 + (i + 1) * 784);
    return { width: 28, height: 28, channels: 1, pixels, label: String(labels![8 + i]) };
  });
}

test('images of fashion-MNIST are told apart, not made one, by label', async (t) => {
  if (!existsSync(FASHION)) return t.skip(`${FASHION} is not there`);
  await requireToldApart(t, await fashion(), { positives: 'label', epochs: 4, below: 0.3, gain: 0.1 });
});
