const settings = new URLSearchParams(location.search);
const server = settings.get('server') ?? 'http://127.0.0.1:4000';
const { QuartetClient, SearchDocument } = await import(`${server}/client.js`);

const client = new QuartetClient({ url: server, apiKey: settings.get('key') ?? '' });
const target = { datasetName: settings.get('dataset') ?? 'demo' };
const box = document.querySelector('input');
const status = document.querySelector('[role="status"]');
const list = document.querySelector('ol');

/** How long the typist must rest before a search goes out, in ms. */
const REST = 120;
let waiting = 0;
/** Ends the search that is under way: its answer would be to an older text. */
let current = new AbortController();

box.addEventListener('input', () => {
  clearTimeout(waiting);
  current.abort();
  current = new AbortController();
  const { signal } = current;
  waiting = setTimeout(() => search(box.value.trim(), signal), REST);
});

async function search(text, signal) {
  if (text === '') return show([], '');
  try {
    const { search: found } = await client.query(
      SearchDocument,
      { input: { target, query: { text }, k: 8 } },
      { signal },
    );
    show(found.hits, `${found.hits.length} of ${found.candidates} in ${found.tookMs.toFixed(1)} ms`);
  } catch (error) {
    if (!signal.aborted) show([], error.message);
  }
}

function show(hits, message) {
  status.textContent = message;
  list.replaceChildren(
    ...hits.map(({ score, item }) => {
      const entry = document.createElement('li');
      const text = document.createElement('span');
      // As text, never as HTML: what is found is somebody's data.
      text.textContent = item.text;
      const meter = Object.assign(document.createElement('meter'), { min: 0, max: 1, value: Math.max(0, score) });
      meter.title = score.toFixed(3);
      entry.append(text, meter);
      return entry;
    }),
  );
}
