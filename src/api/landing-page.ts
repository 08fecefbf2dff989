import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from './context.ts';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  textarea, pre { box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace; }
  textarea { min-height: 14rem; padding: 0.75rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  input { box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace; padding: 0.25rem 0.75rem; }
  button { font: inherit; padding: 0.25rem 1rem; }`;

const script = `
  const query = document.querySelector('textarea');
  const answer = document.querySelector('pre');
  const key = document.querySelector('input');
  const run = async () => {
    const headers = { 'content-type': 'application/json' };
    if (key.value !== '') headers.authorization = 'Bearer ' + key.value.trim();
    const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: query.value }) });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  };
  const report = (error) => { answer.textContent = String(error); };
  document.querySelector('button').addEventListener('click', () => run().catch(report));
  query.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run().catch(report);
  });`;

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Quartet</title><style>${style}</style></head>
<body>
<h1>Quartet</h1>
<p>This address answers GraphQL: send <code>POST /graphql</code>, or try a query here (Ctrl+Enter runs it).</p>
<label for="key">Key, where the server asks for one</label>
<input id="key" type="password" autocomplete="off" placeholder="qk_…">
<label for="query">Query</label>
<textarea id="query" spellcheck="false">{
  server { version startedAt }
  datasets { nodes { id name itemCount queryCount } }
}</textarea>
<p><button type="button">Run</button></p>
<pre role="status" aria-live="polite"></pre>
<script>${script}</script>
</body>
</html>
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Allows this page its own two blocks and requests to the server it came from, nothing else. */
export const landingPagePolicy = [
  `default-src 'none'`,
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** What a browser sees at the API's address: one page without anything from elsewhere, so it works offline. */
export const landingPage: ApolloServerPlugin<Context> = {
  async serverWillStart() {
    return {
      async renderLandingPage() {
        return { html };
      },
    };
  },
};
