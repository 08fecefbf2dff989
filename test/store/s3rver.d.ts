declare module '@20minutes/s3rver' {
  /** A Koa application. */
  export default class S3rver {
    constructor(options: object);
    readonly middleware: ((
      context: { readonly req: import('node:http').IncomingMessage; status: number; type: string; body: string },
      next: () => Promise<void>,
    ) => Promise<void>)[];
    run(): Promise<unknown>;
    close(): Promise<void>;
  }
}
