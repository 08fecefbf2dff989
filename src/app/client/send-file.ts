import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * PUTs bytes as they come, the server setting the pace. Not by `fetch`: Node's keeps a body that is a stream in memory to its
 * end, however large it is.
 * @param range `Content-Range` of a body that is one part of the whole
 * @throws the source's error, or the connection's
 */
export async function sendFile(url: string, source: AsyncIterable<Uint8Array>, range?: string): Promise<Answer> {
  const open = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = {
    'content-type': 'application/octet-stream',
    ...(range === undefined ? {} : { 'content-range': range }),
  };
  const request = open(url, { method: 'PUT', headers });
  const answered = answerOf(request);
  const sent = pipeline(source, request);
  // An answer that comes before the last byte, a refusal, is the answer; so is one after which the connection broke.
  sent.catch(() => {});
  try {
    const answer = await answered;
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  } finally {
    request.destroy();
  }
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
  });
}
