import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../platform/logger.ts';
import { httpError } from './errors.ts';
import { sendJson } from './reply.ts';

/** Answers what went wrong outside GraphQL, a body that can't be read included, as JSON `{code, message}`. */
export function requestErrors(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    answerError(error, response, logger);
  };
}

export function answerError(error: unknown, response: ServerResponse, logger: Logger): void {
  // Errors of parsers carry a status and, when they are about the request, a message fit to show.
  const { status, expose, message } = error as { status?: unknown; expose?: unknown; message: string };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    if (status === 413) {
      const limit = String((error as { limit?: unknown }).limit);
      const shown = `The body is larger than ${limit} bytes; send it in parts, or files by an upload.`;
      sendJson(response, status, { code: 'LIMIT_EXCEEDED', message: shown });
      return;
    }
    const shown = expose === true ? message : 'The address or the body is malformed.';
    sendJson(response, status, { code: 'BAD_REQUEST', message: shown });
    return;
  }
  const answer = httpError(error, logger);
  sendJson(response, answer.status, answer.body, answer.headers);
}
