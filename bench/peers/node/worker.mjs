// Receives, claims, calls, writes the result, deletes. GET /health, and GET /finished with the count of what is final.
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, createServer, request as call } from 'node:http';
import { claim, finish, receive, remove, request, retry } from './store.mjs';

const Concurrency = 64, MostAttempts = 5, Timeout = 10_000;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const secret = Buffer.from(process.env.SIGNING_SECRET, 'base64');
let finished = 0, running = 0, wake = () => {};

createServer((asked, answer) => answer.end(asked.url === '/finished' ? `${finished}` : '')).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('peer listening on', process.env.PORT));

for (;;) {
  if (running >= Concurrency) await new Promise(resolve => wake = resolve);
  for (const message of await receive(Math.min(10, Concurrency - running))) {
    running++;
    deliver(message.Body, message.ReceiptHandle).catch(console.error).finally(() => (running--, wake()));
  }
}

async function deliver(id, receipt) {
  const token = randomUUID();
  const [state, stored] = await Promise.all([claim(id, token), request(id)]);

  if (state) {
    const attempt = await post(id, stored.url.S, stored.payload.S);
    const attempts = [...state.attempts.L, { M: attempt }];
    const good = /^2/.test(attempt.status?.N);

    if (!good && attempts.length < MostAttempts) {
      await retry(id, token, attempts);
      return; // The message comes again when its visibility ends.
    }

    await finish(id, token, good ? 'SUCCESS' : 'FAILED', attempts);
    finished++;
  }

  await remove(receipt);
}

function post(id, url, payload) {
  const startedAt = Date.now(), timestamp = `${Math.floor(startedAt / 1000)}`;
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${payload}`).digest('base64');
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload), 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };

  return new Promise(resolve => {
    const told = what => resolve({ startedAt: { N: `${startedAt}` }, milliseconds: { N: `${Date.now() - startedAt}` }, ...what });
    call(url, { method: 'POST', agent, headers, timeout: Timeout }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => told({ status: { N: `${response.statusCode}` }, body: { S: `${Buffer.concat(chunks)}`.slice(0, 1024) } }));
    })
      .on('timeout', function () { this.destroy(new Error('timeout')); })
      .on('error', error => told({ error: { S: error.message } }))
      .end(payload);
  });
}
