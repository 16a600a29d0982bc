// POST /v1/notifications: a job of BullMQ's, answered with 202. GET /health.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Queue } from 'bullmq';

const queue = new Queue('notifications', { connection: { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) } });
await queue.waitUntilReady();

createServer((request, response) => {
  if (request.url === '/health') return response.end();
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => take(request, Buffer.concat(chunks)).then(
    ([status, body]) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    error => response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify({ type: error.message }))));
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('peer listening on', process.env.PORT));

async function take(request, bytes) {
  if (request.headers.authorization !== `Bearer ${process.env.API_KEY}`) return [401, { type: 'unauthorized' }];
  const { url, payload } = JSON.parse(bytes);
  const id = randomUUID();
  await queue.add('deliver', { url, payload }, { jobId: id, attempts: 5, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: true });
  return [202, { id }];
}
