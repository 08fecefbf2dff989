import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { QuartetError } from '../domain/errors.ts';
import type { ImportId, UploadId } from '../domain/ids.ts';
import type { Logger } from '../platform/logger.ts';
import { EXPORT_CONTENTS, EXPORT_FORMATS, type ExportContent } from '../services/exports.ts';
import type { UploadPart } from '../services/uploads.ts';
import type { Services } from './context.ts';
import { httpError } from './errors.ts';
import { rowId } from './global-ids.ts';
import { takeRest } from './reply.ts';

/** A body that can be refused in the middle: a stream left by an ordinary loop would take the connection with it, and the answer. */
function bytesOf(request: Request): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false });
}

/**
 * Of a body that is one part: `Content-Range: bytes 0-99/1000`, the last byte included. @returns null without the header
 * @throws QuartetError BAD_INPUT
 */
function partOf(header: string | undefined): UploadPart | null {
  if (header === undefined) return null;
  const [, first, last, whole] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header) ?? [];
  const [offset, end, total] = [Number(first), Number(last) + 1, Number(whole)];
  if (offset < end && end <= total) return { offset, end, total };
  throw new QuartetError(
    'BAD_INPUT',
    'Content-Range has another form than `bytes FIRST-LAST/TOTAL`, e.g. bytes 0-99/1000',
  );
}

/** As the IETF's draft of resumable uploads names it. */
function progressOf({ bytes, complete }: { readonly bytes: number; readonly complete: boolean }) {
  return { 'upload-offset': String(bytes), 'upload-complete': complete ? '?1' : '?0', 'cache-control': 'no-store' };
}

function oneOf<T extends string>(name: string, given: unknown, known: readonly T[]): T {
  const found = known.find((value) => value === given);
  if (found !== undefined) return found;
  throw new QuartetError('BAD_INPUT', `${name} is one of ${known.join(', ')}`);
}

/** Files travel here and not through GraphQL: streamed, so that their size costs no memory. */
export function fileRoutes({ uploads, imports, exports }: Services, logger: Logger): Router {
  const router = Router();
  const answering =
    (handle: (request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      try {
        await handle(request, response);
      } catch (error) {
        // The client left: nobody is there to be answered.
        if (request.errored !== null || response.destroyed) return;
        const { status, headers, body } = httpError(error, logger);
        response.status(status).set(headers).json(body);
        takeRest(request);
      }
    };

  router.put(
    '/uploads/:id',
    answering(async (request, response) => {
      const id = rowId('Upload', String(request.params.id), ['id']) as UploadId;
      const token = String(request.query.token ?? '');
      const part = partOf(request.headers['content-range']);
      const { bytes, sha256 } =
        part === null
          ? await uploads.receive(id, token, bytesOf(request))
          : await uploads.receivePart(id, token, bytesOf(request), part);
      response.set(progressOf({ bytes, complete: sha256 !== null })).json({ bytes, sha256 });
    }),
  );

  // How far it has come, to go on from there after a lost connection.
  router.head(
    '/uploads/:id',
    answering(async (request, response) => {
      const id = rowId('Upload', String(request.params.id), ['id']) as UploadId;
      response.set(progressOf(await uploads.progress(id, String(request.query.token ?? '')))).end();
    }),
  );

  // With ranges, entity tags and lengths as HTTP has them, so that a download that broke off goes on.
  router.get(
    '/exports/:id',
    answering(async (request, response) => {
      const { format, expires, token } = request.query;
      const content = oneOf('content', request.query.content, Object.keys(EXPORT_CONTENTS) as ExportContent[]);
      const of = {
        content,
        format: oneOf('format', format, EXPORT_FORMATS),
        id: String(rowId(EXPORT_CONTENTS[content], String(request.params.id), ['id'])),
      };
      const permission = { expires: Number(expires), token: String(token ?? '') };
      // Whoever has some of a file goes on with that one, though it is not the present one any more.
      const begun = request.headers.range === undefined ? undefined : request.headers['if-range'];
      const file = await exports.file(of, permission, String(begun ?? '').replaceAll('"', ''));
      response.set({
        'content-disposition': `attachment; filename="${file.fileName}"`,
        'content-type':
          of.format === 'jsonl' ? 'application/x-ndjson; charset=utf-8' : 'application/vnd.apache.parquet',
        etag: `"${file.tag}"`,
        'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
        'x-content-type-options': 'nosniff',
      });
      await new Promise<void>((resolve, reject) => {
        response.sendFile(file.path, { cacheControl: false, dotfiles: 'allow' }, (error) => {
          // A range beyond the end: no byte is left of it.
          if ((error as { status?: number } | undefined)?.status === 416) response.status(416).end();
          else if (error) return reject(error);
          resolve();
        });
      });
    }),
  );

  router.get(
    '/imports/:id/report',
    answering(async (request, response) => {
      const id = rowId('Import', String(request.params.id), ['id']) as ImportId;
      // Whoever knows the hash of the report was told it by the API, for which it takes a key of the import's namespace.
      const report = await imports.report(id, String(request.query.token ?? ''));
      response.set({
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="skipped-rows.jsonl"',
        'x-content-type-options': 'nosniff',
      });
      await pipeline(report, response);
    }),
  );
  return router;
}
