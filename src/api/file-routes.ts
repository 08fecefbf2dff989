import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { ImportId, UploadId } from '../domain/ids.ts';
import type { Logger } from '../platform/logger.ts';
import type { Services } from './context.ts';
import { httpError } from './errors.ts';
import { rowId } from './global-ids.ts';

/** A body that can be refused in the middle: a stream left by an ordinary loop would take the connection with it, and the answer. */
function bytesOf(request: Request): AsyncIterable<Uint8Array> {
  return request.iterator({ destroyOnReturn: false });
}

/** Files travel here and not through GraphQL: streamed, so that their size costs no memory. */
export function fileRoutes({ uploads, imports }: Services, logger: Logger): Router {
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
        // What is left of a refused body is not worth reading.
        if (!request.complete) response.set('connection', 'close');
        response.status(status).set(headers).json(body);
      }
    };

  router.put(
    '/uploads/:id',
    answering(async (request, response) => {
      const id = rowId('Upload', String(request.params.id), ['id']) as UploadId;
      const { bytes, sha256 } = await uploads.receive(id, String(request.query.token ?? ''), bytesOf(request));
      response.json({ bytes, sha256 });
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
