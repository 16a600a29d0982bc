// Asks for the list again and again and shows what is new. Everything received is shown as text, never as markup.
const REFRESH_MS = 1_500;
const SHOWN = 200;

const TIME_OF_DAY = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** What a receiver without a secret does not check is not mentioned. */
const SIGNATURES = {
  verified: 'signature verified',
  absent: 'not signed',
  wrong: 'signature wrong',
  'too-old': 'signature too old',
  'too-new': 'signature too new',
};

const byId = (id) => document.getElementById(id);

let received = [];
let paused = false;
let reachable = true;

async function refresh() {
  if (paused) {
    return;
  }

  try {
    const response = await fetch(`/received?limit=${SHOWN}`);
    const list = await response.json();
    const changed = list.items[0]?.receivedAt !== received[0]?.receivedAt || list.count !== Number(byId('count').value);

    received = list.items;
    byId('count').value = list.count;

    if (changed || !reachable) {
      show();
    }

    reachable = true;
  } catch {
    reachable = false;
    byId('notice').textContent = 'The receiver does not answer; trying again.';
  }
}

function show() {
  const open = new Set([...document.querySelectorAll('#requests li:has(> details[open])')].map((item) => item.dataset.number));
  const matching = received.filter(matchesFilter);

  byId('requests').replaceChildren(...matching.map((request) => render(request, open.has(String(request.number)))));
  byId('notice').textContent = notice(matching.length);
}

function notice(shown) {
  if (received.length === 0) {
    return 'Nothing yet.';
  }

  if (shown === 0) {
    return 'Nothing matches the filter.';
  }

  return Number(byId('count').value) > received.length ? `The newest ${received.length} are shown.` : '';
}

function matchesFilter(request) {
  const wanted = byId('filter').value.trim().toLowerCase();
  const text = [request.path + request.query, request.name, request.webhookId, SIGNATURES[request.signature], request.body].join('\n');

  return text.toLowerCase().includes(wanted);
}

function render(request, open) {
  const item = byId('request').content.firstElementChild.cloneNode(true);
  const part = (selector) => item.querySelector(selector);

  item.dataset.number = request.number;
  part('details').open = open;
  part('.status').textContent = request.status;
  part('.status').classList.toggle('success', request.status < 300);
  part('.signature').textContent = SIGNATURES[request.signature] ?? '';
  part('.signature').classList.add(request.signature ?? 'unchecked');
  part('.method').textContent = request.method;
  part('.target').textContent = request.path + request.query;
  part('.size').textContent = request.bodyLength === 1 ? '1 byte' : `${request.bodyLength.toLocaleString('en')} bytes`;
  part('time').textContent = TIME_OF_DAY.format(new Date(request.receivedAt));
  part('time').dateTime = request.receivedAt;
  part('tbody').replaceChildren(...Object.entries(request.headers).map(headerRow));
  part('pre').textContent = bodyText(request);

  return item;
}

function headerRow([name, value]) {
  const row = document.createElement('tr');

  row.insertCell().textContent = name;
  row.insertCell().textContent = value;

  return row;
}

function bodyText(request) {
  if (request.bodyLength === 0) {
    return '(no body)';
  }

  const text = request.bodyBase64 === undefined ? pretty(request.body) : `(not text; base64) ${request.bodyBase64}`;
  return request.bodyTruncated ? `${text}\n… (only the first 64 KiB are kept)` : text;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

byId('filter').addEventListener('input', show);

byId('pause').addEventListener('click', () => {
  paused = !paused;
  byId('pause').setAttribute('aria-pressed', String(paused));
  byId('pause').textContent = paused ? 'Paused' : 'Pause';
});

byId('clear').addEventListener('click', async () => {
  await fetch('/received', { method: 'DELETE' });
  received = [];
  byId('count').value = 0;
  show();
});

await refresh();
byId('urls').open = received.length === 0;
setInterval(refresh, REFRESH_MS);
