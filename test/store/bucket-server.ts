import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import S3rver from '@20minutes/s3rver';
import { Bucket, type BucketPlace } from '../../src/store/bucket/bucket.ts';
import { isSigned } from './signature-check.ts';

/** What s3rver takes. Its bucket and objects are files in a folder of their own. */
export const CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** A server that speaks S3 and checks signatures, with one bucket, on a free port. */
export async function startBucketServer(
  t: TestContext,
): Promise<{ place: BucketPlace; directory: string; bucket(): Bucket }> {
  const directory = await mkdtemp(join(tmpdir(), 'quartet-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    // It leaves the slash out that is signed behind a bucket's name: signatures are checked before it.
    allowMismatchedSignatures: true,
    directory,
    configureBuckets: [{ name: 'models', configs: [] }],
  });
  server.middleware.unshift(async (context, next) => {
    if (isSigned(context.req, CREDENTIALS.secretAccessKey)) return await next();
    context.status = 403;
    context.type = 'application/xml';
    context.body = '<Error><Code>SignatureDoesNotMatch</Code><Message>Another signature was due.</Message></Error>';
  });
  const { port } = (await server.run()) as AddressInfo;
  t.after(async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const place = { bucket: 'models', prefix: 'here/quartet', endpoint: `http://127.0.0.1:${port}` };
  return { place, directory, bucket: () => new Bucket(place, { credentials: CREDENTIALS, region: 'eu-central-1' }) };
}
