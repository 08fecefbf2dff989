import { decodeImage } from '../data/images/decode.ts';
import { QuartetError } from '../domain/errors.ts';
import type { DatasetId, EncoderId, RunId } from '../domain/ids.ts';
import type { Encoder } from '../encoders/encoder.ts';
import { type Content, loadEncoder, requireContents, type Side } from '../encoders/index.ts';
import { LeasedCache } from '../platform/leased-cache.ts';
import { nextTurn, turn } from '../platform/turns.ts';
import { isUuid } from '../platform/uuid.ts';
import type { ArtifactStore } from '../store/artifacts.ts';
import type { Database } from '../store/database.ts';
import {
  type EncoderFilter,
  type EncoderRow,
  encodersOfRuns,
  findEncoder,
  findEncoders,
  latestEncoder,
  listEncoders,
} from '../store/encoders.ts';
import { EncodingThread } from './encoding-thread.ts';
import { type PageOf, readPage } from './pages.ts';

export type { EncoderFilter, EncoderRow };

export interface EncodersDeps {
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  /** Bytes of encoders kept loaded. Default 512 MiB. */
  readonly memoryBytes?: number | undefined;
}

export const EMBED_BOUNDS = { texts: 1_000, characters: 100_000, images: 100, vectors: 1_000 } as const;
/** Encoding in a row, before other requests get their turn. */
const TURN_MS = 8;

/** What datasets of other kinds than texts hold, as their rows have it. */
export type StoredContent = { readonly image: Uint8Array } | { readonly vector: Float32Array };

interface Loaded {
  readonly encoder: Encoder<Content>;
  readonly bytes: number;
  /** Where images are encoded. */
  readonly thread: EncodingThread;
}

/** Trained encoders, and embedding with them in this process. */
export class EncodersService {
  readonly #deps: EncodersDeps;
  readonly #loaded: LeasedCache<Loaded>;

  constructor(deps: EncodersDeps) {
    this.#deps = Object.freeze({ ...deps });
    this.#loaded = new LeasedCache({
      capacity: deps.memoryBytes ?? 512 * 2 ** 20,
      sizeOf: ({ bytes }) => bytes,
      dispose: ({ thread }) => thread.close(),
    });
  }

  /** @throws QuartetError NOT_FOUND */
  async get(id: EncoderId): Promise<EncoderRow> {
    const row = isUuid(id) ? await findEncoder(this.#deps.db.pool, id) : null;
    if (row !== null) return row;
    throw new QuartetError('NOT_FOUND', `there is no encoder ${id}; list the encoders to see which there are`, {
      field: ['encoderId'],
    });
  }

  /** Many at once, in no order; ids that are not there are left out. */
  async getMany(ids: readonly EncoderId[]): Promise<readonly EncoderRow[]> {
    return await findEncoders(this.#deps.db.pool, ids.filter(isUuid));
  }

  /** The encoders that these runs gave, in no order. */
  async ofRuns(ids: readonly RunId[]): Promise<readonly EncoderRow[]> {
    return await encodersOfRuns(this.#deps.db.pool, ids);
  }

  /** Newest first. */
  async list(
    filter: EncoderFilter,
    page: PageOf<EncoderId>,
  ): Promise<{ encoders: readonly EncoderRow[]; hasNextPage: boolean }> {
    const { rows, hasNextPage } = await readPage(page, (of) => listEncoders(this.#deps.db.pool, filter, of));
    return { encoders: rows, hasNextPage };
  }

  /**
   * The encoder that is asked for, else the one trained last on the dataset.
   * @throws QuartetError NOT_FOUND, or NOT_READY when none was trained on it yet
   */
  async choose(datasetId: DatasetId, id: EncoderId | null | undefined): Promise<EncoderRow> {
    if (id !== null && id !== undefined) return await this.get(id);
    const latest = await latestEncoder(this.#deps.db.pool, datasetId);
    if (latest !== null) return latest;
    throw new QuartetError('NOT_READY', `no encoder was trained on dataset ${datasetId} yet; train one, or name one`, {
      field: ['encoderId'],
    });
  }

  /**
   * Embeds texts, giving way to other requests every few milliseconds.
   * @param texts 1 to 1,000, each of up to 100,000 characters
   * @param side what they are, where queries and items have weights of their own
   * @returns shape [texts, D], unit rows
   * @throws QuartetError NOT_FOUND, BAD_INPUT naming count or length, CORRUPT_ARTIFACT
   */
  async embed(
    id: EncoderId,
    texts: readonly string[],
    side: Side = 'query',
  ): Promise<{ vectors: Float32Array; dimensions: number }> {
    requireTexts(texts);
    return await this.#loaded.use(
      id,
      () => this.#load(id),
      async ({ encoder }) => {
        const { dimensions } = encoder;
        const vectors = new Float32Array(texts.length * dimensions);
        await turn();
        let begun = performance.now();
        for (const [index, text] of texts.entries()) {
          vectors.set(encoder.encode([text], side), index * dimensions);
          if (performance.now() - begun < TURN_MS || index === texts.length - 1) continue;
          await nextTurn();
          begun = performance.now();
        }
        return { vectors, dimensions };
      },
    );
  }

  /**
   * Embeds images (the bytes of their files) or vectors. Images are decoded and encoded in other threads; vectors here, giving way to other
   * requests every few milliseconds.
   * @param side what they are, where queries and items have weights of their own
   * @returns shape [contents, D], unit rows
   * @throws QuartetError NOT_FOUND, BAD_INPUT for an image that can't be decoded, a vector of another width, or what this encoder does not read
   */
  async embedStored(
    id: EncoderId,
    contents: readonly StoredContent[],
    side: Side = 'query',
  ): Promise<{ vectors: Float32Array; dimensions: number }> {
    return await this.#loaded.use(
      id,
      () => this.#load(id),
      async ({ encoder, thread }) => {
        const { dimensions, imageShape } = encoder;
        const vectors = new Float32Array(contents.length * dimensions);
        await turn();
        let begun = performance.now();
        for (const [index, content] of contents.entries()) {
          if ('image' in content && imageShape !== undefined) {
            const image = await decodeImage(content.image, imageShape);
            vectors.set(await thread.encode([image], side), index * dimensions);
            continue;
          }
          if ('image' in content) requireContents(encoder.reads, [NO_IMAGE]);
          else vectors.set(encoder.encode([content.vector], side), index * dimensions);
          if (performance.now() - begun < TURN_MS || index === contents.length - 1) continue;
          await nextTurn();
          begun = performance.now();
        }
        return { vectors, dimensions };
      },
    );
  }

  /** Loads an encoder ahead of its first use. @throws QuartetError NOT_FOUND, CORRUPT_ARTIFACT */
  async load(id: EncoderId): Promise<void> {
    await this.#loaded.use(
      id,
      () => this.#load(id),
      () => {},
    );
  }

  async close(): Promise<void> {
    await this.#loaded.clear();
  }

  async #load(id: EncoderId): Promise<Loaded> {
    const { sha256, bytes } = await this.get(id);
    const { artifacts } = this.#deps;
    await artifacts.verify('encoder', sha256);
    const dir = artifacts.path('encoder', sha256);
    return { encoder: await loadEncoder(dir), bytes, thread: new EncodingThread(dir) };
  }
}

/** Stands for any image where none can be read. */
const NO_IMAGE = { width: 0, height: 0, channels: 1, pixels: new Uint8Array(0) };

function requireTexts(texts: readonly string[]): void {
  if (texts.length < 1 || texts.length > EMBED_BOUNDS.texts) {
    throw new QuartetError(
      'BAD_INPUT',
      `texts must be 1 to ${EMBED_BOUNDS.texts}, got ${texts.length}; send them in parts`,
      {
        field: ['input', 'texts'],
      },
    );
  }
  const tooLong = texts.findIndex((text) => text.length > EMBED_BOUNDS.characters);
  if (tooLong === -1) return;
  const length = texts[tooLong]?.length;
  throw new QuartetError(
    'BAD_INPUT',
    `text ${tooLong} has ${length} characters, at most ${EMBED_BOUNDS.characters} are allowed; cut it into passages`,
    { field: ['input', 'texts', String(tooLong)] },
  );
}
