import { fileURLToPath } from 'node:url';
import { Router } from 'express';

/** Made by scripts/build-client.mjs, at set-up. */
const BUNDLE = fileURLToPath(new URL('../../dist/client.js', import.meta.url));

/**
 * `/client.js` is the client package for web pages, of the server's own version:
 * `<script type="module">import { QuartetClient } from 'http://127.0.0.1:4000/client.js'</script>`. It holds nothing secret, so any
 * page may load it.
 */
export function clientRoute(): Router {
  const router = Router();
  router.get('/client.js', (_request, response, next) => {
    response.set({
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    response.sendFile(BUNDLE, (error) => {
      if (error === undefined || response.headersSent) return;
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return next(error);
      response.status(404).json({ code: 'NOT_FOUND', message: 'The client was not built: run `npm run setup`.' });
    });
  });
  return router;
}
