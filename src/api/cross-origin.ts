import cors from 'cors';
import type { RequestHandler } from 'express';
import { HOUR, SECOND } from '../platform/clock.ts';

/** Whether a web page of this origin may call the API from elsewhere. */
export function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes('*') || allowed.includes(origin);
}

/**
 * Lets browsers show our answers to pages of other origins, those named in QUARTET_ORIGINS. Cookies are never asked for: what
 * a caller may do hangs on its key alone.
 */
export function crossOrigin(allowed: readonly string[]): RequestHandler {
  return cors({
    origin: (origin, decide) => decide(null, origin !== undefined && isAllowed(origin, allowed)),
    methods: ['GET', 'HEAD', 'POST', 'PUT'],
    allowedHeaders: ['authorization', 'content-type', 'content-range', 'apollo-require-preflight'],
    exposedHeaders: ['retry-after', 'upload-complete', 'upload-offset', 'x-request-id'],
    maxAge: HOUR / SECOND,
  });
}
