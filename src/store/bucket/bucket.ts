import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { QuartetError } from '../../domain/errors.ts';
import { SECOND } from '../../platform/clock.ts';
import { isDiskFull } from '../../platform/disk-full.ts';

/** Where objects are: `s3://bucket/prefix`, and the server of an S3-compatible storage; none: AWS. */
export interface BucketPlace {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly endpoint: string | undefined;
}

export interface BucketObject {
  /** Without the prefix. */
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** Of a multipart upload, of which two are in memory. Ten thousand parts make 80 GB, larger files get larger parts. */
const PART_BYTES = 8 * 2 ** 20;
const MOST_PARTS = 10_000;
/** Attempts of the SDK for what passes: a server that restarts, a rate limit. */
const ATTEMPTS = 6;

/**
 * The objects below one prefix of a bucket. Credentials and region come from where the AWS SDK looks for them: AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY, a profile, or the role of the machine.
 */
export class Bucket {
  readonly #client: S3Client;
  readonly #place: BucketPlace;

  constructor(place: BucketPlace, options: S3ClientConfig = {}) {
    this.#place = place;
    const { endpoint } = place;
    this.#client = new S3Client({
      maxAttempts: ATTEMPTS,
      // Checksums of its own are what many S3-compatible servers do not know; every file is compared with its SHA-256 here.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      ...options,
    });
  }

  /** For people. */
  get location(): string {
    const { bucket, prefix, endpoint } = this.#place;
    return `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}${endpoint === undefined ? '' : ` at ${endpoint}`}`;
  }

  /** @throws QuartetError when it can't be reached, is not there or may not be used, with the remedy */
  async check(): Promise<void> {
    await this.#explained(() => this.#client.send(new HeadBucketCommand({ Bucket: this.#place.bucket })));
  }

  /**
   * Streams a file up, in parts where it is large.
   * @throws QuartetError CORRUPT_ARTIFACT when it has another hash than it had, RETRY_LATER
   */
  async put(key: string, path: string, { sha256, bytes }: { sha256: string; bytes: number }): Promise<void> {
    const { hash, through } = hashing();
    const source = createReadStream(path, { highWaterMark: 2 ** 18 });
    source.on('error', (error) => through.destroy(error));
    const upload = new Upload({
      client: this.#client,
      params: {
        ...this.#named(key),
        Body: source.pipe(through),
        ...(bytes < PART_BYTES ? { ContentLength: bytes } : {}),
      },
      queueSize: 2,
      partSize: Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS)),
    });
    try {
      await this.#explained(() => upload.done());
    } finally {
      source.destroy();
    }
    if (hash.digest('hex') === sha256) return;
    await this.remove(key);
    throw new QuartetError('CORRUPT_ARTIFACT', `${path} changed while it was sent to ${this.location}; make it again`);
  }

  /** Streams an object into a new file. @returns its hash; null when there is no such object @throws QuartetError RETRY_LATER, DISK_FULL */
  async get(key: string, path: string): Promise<string | null> {
    await mkdir(dirname(path), { recursive: true });
    return await this.#explained(async () => {
      try {
        const { Body } = await this.#client.send(new GetObjectCommand(this.#named(key)));
        const { hash, through } = hashing();
        await pipeline(Body as Readable, through, createWriteStream(path, { flags: 'w' }));
        return hash.digest('hex');
      } catch (error) {
        await rm(path, { force: true });
        if ((error as Error).name === 'NoSuchKey') return null;
        throw error;
      }
    });
  }

  /** All below, a thousand at a time. */
  async *list(below: string): AsyncGenerator<BucketObject, void, undefined> {
    const { bucket, prefix } = this.#place;
    const skipped = prefix === '' ? 0 : prefix.length + 1;
    for (let token: string | undefined; ; ) {
      const page = { Bucket: bucket, Prefix: this.#named(below).Key, ContinuationToken: token };
      const { Contents = [], NextContinuationToken } = await this.#explained(() =>
        this.#client.send(new ListObjectsV2Command(page)),
      );
      for (const { Key = '', Size = 0, LastModified } of Contents) {
        yield { key: Key.slice(skipped), bytes: Size, modifiedAt: LastModified?.getTime() ?? 0 };
      }
      if (NextContinuationToken === undefined) return;
      token = NextContinuationToken;
    }
  }

  async remove(key: string): Promise<void> {
    await this.#explained(() => this.#client.send(new DeleteObjectCommand(this.#named(key))));
  }

  /** Lets go of the parts of uploads that were begun before and never ended. @returns how many */
  async abortUploads(before: number): Promise<number> {
    const { bucket, prefix } = this.#place;
    let count = 0;
    const { Uploads = [] } = await this.#client
      .send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }))
      // Not every S3-compatible server can list them; storage of that kind has rules of its own for what is left.
      .catch(() => ({ Uploads: [] }));
    for (const { Key, UploadId, Initiated } of Uploads) {
      if ((Initiated?.getTime() ?? before) >= before) continue;
      await this.#client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId })).catch(() => {});
      count++;
    }
    return count;
  }

  close(): void {
    this.#client.destroy();
  }

  #named(key: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.#place;
    return { Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` };
  }

  async #explained<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof QuartetError) throw error;
      const { code, name, message, $metadata } = error as NodeJS.ErrnoException & {
        $metadata?: { httpStatusCode?: number };
      };
      if (isDiskFull(error) || code === 'ENOENT') throw error;
      const status = $metadata?.httpStatusCode;
      const what = `${this.location} can't be used: ${message && message !== 'UnknownError' ? message : name}`;
      const refused = (remedy: string) => new QuartetError('BAD_INPUT', `${what}; ${remedy}`, { cause: error });
      if (status === 403) throw refused('let the credentials read, write, list and delete there');
      if (status === 404) throw refused('create the bucket, or name another in QUARTET_ARTIFACTS');
      if (name === 'CredentialsProviderError') throw refused('set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
      throw new QuartetError('RETRY_LATER', `${what}; try again`, { cause: error, retryAfterMs: 5 * SECOND });
    }
  }
}

function hashing() {
  const hash = createHash('sha256');
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { hash, through };
}
