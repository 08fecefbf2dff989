import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Whether a request has the signature that AWS would want of it, by "Signature Version 4" as AWS documents it: a twin of what the
 * SDK does, without a line of it.
 */
export function isSigned({ method, url, headers }: IncomingMessage, secretAccessKey: string): boolean {
  const [, accessKeyScope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const [path = '', query = ''] = (url ?? '').split('?');
  const [, day = '', region = '', service = ''] = accessKeyScope.split('/');
  const canonical = [
    method,
    path.split('/').map(encoded).join('/'),
    query.split('&').filter(Boolean).map(parameter).sort().join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scope = [day, region, service, 'aws4_request'];
  const digest = createHash('sha256').update(canonical).digest('hex');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const text = [ALGORITHM, headers['x-amz-date'], scope.join('/'), digest].join('\n');
  return hmac(key, text).toString('hex') === signature;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function parameter(text: string): string {
  const [name = '', value = ''] = text.split('=');
  return `${encoded(name)}=${encoded(value)}`;
}

/** As RFC 3986 has it, whatever was encoded before. */
function encoded(text: string): string {
  return encodeURIComponent(decodeURIComponent(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
