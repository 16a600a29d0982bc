// Sends what clients may send, sensible or not, and holds every answer to the document: no 5xx, nothing that is not described.
// Usage: node property.mjs <seed> <requests per operation> <json of the keys and ids> <address> [<address> …]
import fc from 'fast-check';
import { Document } from './document.mjs';
import { requestsFor } from './requests.mjs';

const [seed, runs, settings, ...addresses] = process.argv.slice(2);
const { keys, ids } = JSON.parse(settings);
const statuses = {};
let failed = false;

const documents = await Promise.all(addresses.map(address => Document.read(address)));

// What takes things away comes last, so that the others find them.
const operations = documents.flatMap(document => document.operations()).sort((one, other) => (one.method === 'DELETE') - (other.method === 'DELETE'));

for (const one of operations) {
  const { document } = one;
  const property = fc.asyncProperty(requestsFor(one, ids, keys), async request => {
    const answer = await send(one, request);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;

    const complaint = answer.status >= 500 ? `answered ${answer.status}: ${answer.body}` : document.complaint(one.operation, answer);
    if (complaint) throw new Error(complaint);
  });

  try {
    await fc.assert(property, { seed: Number(seed), numRuns: Number(runs) });
    console.log(`${one.method} ${one.path}: ${runs} requests`);
  } catch (error) {
    failed = true;
    console.log(`${one.method} ${one.path}: ${error.message} ${error.cause?.message ?? ''}`);
  }
}

console.log(`seed ${seed}, answers by status: ${JSON.stringify(statuses)}`);
process.exit(failed ? 1 : 0);

async function send({ document, path, method }, request) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(request.path[name]));
  const address = new URL(filled, document.address);
  Object.entries(request.query).forEach(([name, value]) => address.searchParams.set(name, String(value)));
  if (request.surplus) address.searchParams.set(request.surplus, '1');

  // Beyond that the server refuses the request line before anything of ours has seen it.
  fc.pre(address.href.length < 7000);

  const headers = {};
  if (request.key !== null) headers.authorization = `Bearer ${request.key}`;
  if (request.idempotencyKey !== null && method === 'POST') headers['idempotency-key'] = request.idempotencyKey;
  if (request.ifMatch !== null) headers['if-match'] = request.ifMatch;
  if (request.body?.contentType) headers['content-type'] = request.body.contentType;

  const body = request.body === null ? undefined : new TextEncoder().encode(request.body.text);
  const answer = await fetch(address, { method, headers, body, redirect: 'manual' });

  return { status: answer.status, contentType: answer.headers.get('content-type'), body: await answer.text() };
}
