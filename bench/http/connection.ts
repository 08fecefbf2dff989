import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** A request as it goes over the wire. */
export function requestBytes(url: string, body: string): Buffer {
  const { host, pathname } = new URL(url);
  const length = Buffer.byteLength(body);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  return Buffer.from(head + body);
}

/**
 * One connection that sends a request when the answer to the last one is there. On the bare socket: a client of the full kind takes
 * a third as long as the servers that are to be measured, on the same cores. Answers must say their length.
 */
export class Connection {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #received = 0;
  /** Bytes of the answer, its head included; unknown until the head is there. */
  #expected = Number.POSITIVE_INFINITY;
  #head = '';
  #resolve: (() => void) | undefined;
  #reject: ((error: Error) => void) | undefined;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#reject?.(error));
    this.#socket.on('close', () => this.#reject?.(new Error('the server closed the connection')));
  }

  /** Resolves when the whole answer is there. @throws Error with the answer when its status is not 200 */
  async send(request: Buffer): Promise<void> {
    this.#chunks = [];
    this.#received = 0;
    this.#expected = Number.POSITIVE_INFINITY;
    this.#head = '';
    await new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request);
    });
    if (!this.#head.startsWith('HTTP/1.1 200 ')) throw new Error(`${this.#head}\n${this.body().slice(0, 300)}`);
  }

  /** Of the last answer. */
  body(): string {
    return Buffer.concat(this.#chunks).subarray(this.#head.length).toString();
  }

  close(): void {
    this.#reject = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    if (this.#head === '') {
      const start = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
      const end = start.indexOf(HEAD_END);
      if (end < 0) return;
      this.#head = start.toString('latin1', 0, end + HEAD_END.length);
      const length = /^content-length: *(\d+)/im.exec(this.#head)?.[1];
      if (length === undefined) {
        this.#reject?.(new Error(`an answer of unknown length: ${this.#head}`));
        return;
      }
      this.#expected = this.#head.length + Number(length);
    }
    if (this.#received >= this.#expected) this.#resolve?.();
  }
}
