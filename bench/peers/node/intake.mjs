// POST /v1/notifications: checked, stored as PENDING, sent, noted as QUEUED, answered with 202. GET /health.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { accept, queued, send } from './store.mjs';

const hash = text => createHash('sha256').update(text).digest();
const key = hash(process.env.API_KEY);

createServer((request, response) => {
  if (request.url === '/health') return response.end();
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => take(request, Buffer.concat(chunks)).then(
    ([status, body]) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    error => response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'unavailable', detail: error.message }))));
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('peer listening on', process.env.PORT));

async function take(request, bytes) {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(hash(given), key)) return [401, { type: 'unauthorized' }];

  let body;
  try {
    body = JSON.parse(bytes);
    if (!/^https?:$/.test(new URL(body.url).protocol)) throw new Error('url');
  } catch {
    return [400, { type: 'invalid' }];
  }

  const id = randomUUID();
  await accept({ id, url: body.url, payload: JSON.stringify(body.payload), now: Date.now() });
  await send(id);
  await queued(id);
  return [202, { id, state: 'QUEUED', statusUrl: `/v1/notifications/${id}` }];
}
