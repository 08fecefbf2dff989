import { type Command, Option } from 'commander';
import { READ_BY } from '../../domain/encoder-contents.ts';
import { given, whole, wholes } from './options.ts';

export interface EncoderOptions {
  readonly encoder?: string;
  readonly dimensions?: number;
  readonly vocabularySize?: number;
  readonly maxTokens?: number;
  readonly hidden?: number;
  readonly filters?: number;
  readonly imageSize?: number;
  readonly matryoshka?: readonly number[];
}

/** In a group of their own. */
export function addEncoderOptions(command: Command): Command {
  return command
    .optionsGroup('Encoder:')
    .addOption(
      new Option('--encoder <kind>', 'sort of encoder (default: the one for what the dataset holds)').choices(
        Object.keys(READ_BY),
      ),
    )
    .option('--dimensions <n>', 'width of the embedding (default: 256; as wide as the vectors; of images 128)', whole)
    .option('--vocabulary-size <n>', 'text-static: rows of the learned vocabulary (default: 30000)', whole)
    .option('--max-tokens <n>', 'text-static: tokens read of one text (default: 512)', whole)
    .option('--hidden <n>', 'vector-mlp: width of the layer within (default: 512)', whole)
    .option('--filters <n>', 'image-conv: channels of the first of three stages (default: 32)', whole)
    .option(
      '--image-size <n>',
      "image-conv: pixels a side that images are scaled to (default: the data's, at most 32)",
      whole,
    )
    .option('--matryoshka <widths>', 'leading dimensions trained to serve alone, e.g. 32,64 (default: none)', wholes);
}

/**
 * All settings that were given: one of another kind of encoder is the server's to refuse.
 * @param kind of the encoder
 */
export function encoderInput(kind: string, options: EncoderOptions): Record<string, unknown> {
  const { dimensions, vocabularySize, maxTokens, hidden, filters, imageSize: size } = options;
  const name = kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { [name]: given({ dimensions, vocabularySize, maxTokens, hidden, filters, size }) };
}
