// Serves /health (503 for the first argument's milliseconds) and, on any other path, its environment and the child it has.
// At SIGTERM it says whether the address in DRAIN_URL still answers, then ends.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const healthyAt = Date.now() + Number(process.argv[2]);
const child = spawn('sleep', ['600'], { stdio: 'ignore' });

const server = createServer((request, response) => {
  if (request.url === '/health') {
    response.statusCode = Date.now() < healthyAt ? 503 : 200;
    response.end();
  } else {
    response.end(JSON.stringify({ environment: process.env, child: child.pid }));
  }
});

process.on('SIGTERM', async () => {
  if (process.env.DRAIN_URL) {
    const answer = await fetch(process.env.DRAIN_URL).then(response => response.status, error => error.cause?.code);
    console.log(`while draining: ${answer}`);
  }

  process.exit(0);
});

server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`listens on ${process.env.PORT}`));
