import type { Random } from '../../../platform/random.ts';
import type { ImagePixels } from '../../content.ts';
import { blur } from './blur.ts';
import { jitterColours, toGrey } from './colour.ts';
import { cropAndScale } from './crop.ts';
import { flip } from './flip.ts';

/**
 * The augmentations of SimCLR (2002.05709, appendix A) in the strengths used for CIFAR-10 (B.9): a crop of 20 to 100 % of the area and 3:4 to 4:3 in
 * shape, flipped half the time, colours jittered four times of five, grey once in five. Hue stays. A slight blur, once in five, is for
 * images larger than CIFAR's only: at 32 pixels it takes away what there is to see.
 */
const VIEW = Object.freeze({
  leastArea: 0.2,
  shape: 4 / 3,
  flip: 0.5,
  jitter: 0.8,
  strength: 0.4,
  grey: 0.2,
  blur: 0.2,
  blurFrom: 48,
});

/** A function of the image and the state of `random` alone. @returns bytes, shape [H, W, C] */
export function randomView(image: ImagePixels, random: Random): Uint8Array {
  const { height, width, channels } = image;
  const within = (from: number, to: number) => from + (to - from) * random.next();
  const area = within(VIEW.leastArea, 1);
  const ratio = Math.exp(within(-1, 1) * Math.log(VIEW.shape));
  const cut = {
    height: Math.min(1, Math.sqrt(area / ratio)) * height,
    width: Math.min(1, Math.sqrt(area * ratio)) * width,
  };
  const frame = { ...cut, top: within(0, height - cut.height), left: within(0, width - cut.width) };
  let view = cropAndScale(image, frame);
  if (random.next() < VIEW.flip) view = flip(view);
  const factor = () => within(1 - VIEW.strength, 1 + VIEW.strength);
  if (random.next() < VIEW.jitter) {
    view = jitterColours(view, { brightness: factor(), contrast: factor(), saturation: factor() });
  }
  if (channels === 3 && random.next() < VIEW.grey) view = toGrey(view);
  if (Math.min(height, width) >= VIEW.blurFrom && random.next() < VIEW.blur) view = blur(view, within(0.1, 2));
  return view.pixels;
}
