// Calls for each job. GET /health, and GET /finished with the count of what is final.
import { Agent, createServer, request as call } from 'node:http';
import { Worker } from 'bullmq';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
let finished = 0;

createServer((asked, answer) => answer.end(asked.url === '/finished' ? `${finished}` : '')).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('peer listening on', process.env.PORT));

new Worker('notifications', job => post(job.data.url, JSON.stringify(job.data.payload)), {
  concurrency: 64,
  connection: { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null },
})
  .on('completed', () => finished++)
  .on('failed', job => finished += job.attemptsMade >= job.opts.attempts)
  .on('error', console.error);

const post = (url, body) => new Promise((resolve, reject) => call(
  url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }, timeout: 10_000 },
  response => response.resume().on('end', () => response.statusCode < 300 ? resolve() : reject(new Error(`${response.statusCode}`))))
  .on('timeout', function () { this.destroy(new Error('timeout')); })
  .on('error', reject)
  .end(body));
