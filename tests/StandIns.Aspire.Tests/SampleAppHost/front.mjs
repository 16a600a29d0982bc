// A program that is not .NET: answers with its environment, and starts a child that its own end must take along.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const child = spawn('sleep', ['600'], { stdio: 'ignore' });

createServer((request, response) => {
  response.end(request.url === '/health' ? 'ok' : JSON.stringify({ environment: process.env, child: child.pid }));
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`front listens on ${process.env.PORT}`));

process.on('SIGTERM', () => process.exit(0));
