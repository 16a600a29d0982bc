// The SQS emulator: fauxqs, started through its API because its command line ignores the data folder.
//
//   node sqs.mjs --port 4566 [--host 127.0.0.1] [--data FOLDER]      (Node 22.5 or newer; without --data everything is in memory)
//
// Ends on SIGTERM and SIGINT and, where stdin is a pipe, when that pipe closes: then its parent is gone.
import fs from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import { startFauxqs } from 'fauxqs';
import { PersistenceManager } from './node_modules/fauxqs/dist/persistence.js';

const STOP_DEADLINE_MS = 3_000;

const { port, host, data } = readArguments();

listenOnlyThere();
keepReceiveCountOnVisibilityZero();

const server = await startFauxqs({ port, dataDir: data, logger: false }).catch(failToStart);
endWithSignalsAndParent(server);
console.log(`SQS listening on http://${host}:${server.port}, ${data ? `data in ${data}` : 'in memory'}`);

function readArguments() {
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, data: { type: 'string' } } });
  const portNumber = Number(values.port);

  if (!Number.isInteger(portNumber) || portNumber < 0 || portNumber > 65_535) {
    console.error(`--port must be 0 to 65535 (0: any free one), but is ${values.port ?? 'missing'}`);
    process.exit(2);
  }

  return { port: portNumber, host: values.host, data: values.data };
}

// fauxqs listens on 0.0.0.0 and offers no setting for it. An emulator without authentication stays on this machine, unless it is in a
// container, whose network is its own.
function listenOnlyThere() {
  const listen = net.Server.prototype.listen;

  net.Server.prototype.listen = function listenLocally(options, ...rest) {
    const local = typeof options === 'object' && 'port' in options ? { ...options, host } : options;
    return listen.call(this, local, ...rest);
  };
}

// With a data folder, fauxqs 2.4.1 answers ChangeMessageVisibility(0) with 500 and hides the message: it writes NULL into
// the receive count, a NOT NULL column. A message that becomes visible again keeps its receive count, as in SQS.
function keepReceiveCountOnVisibilityZero() {
  if (typeof PersistenceManager.prototype.updateMessageReady !== 'function') {
    throw new Error('fauxqs has changed: PersistenceManager.updateMessageReady is gone. Check sqs.mjs against its new version.');
  }

  const statements = new WeakMap();

  PersistenceManager.prototype.updateMessageReady = function makeVisible(messageId) {
    if (!statements.has(this)) {
      const sql = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?';
      statements.set(this, this.db.prepare(sql));
    }

    statements.get(this).run(messageId);
  };
}

function failToStart(error) {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} on ${host} is already in use` : error);
  process.exit(1);
}

function endWithSignalsAndParent(running) {
  let stopping = false;

  async function stop() {
    if (stopping) {
      return;
    }

    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    await running.stop();
    process.exit(0);
  }

  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  if (stdinIsPipe()) {
    process.stdin.on('end', stop);
    process.stdin.on('error', stop);
    process.stdin.resume();
  }
}

// A terminal, /dev/null and a closed stdin say nothing about the parent: then signals alone end this process.
function stdinIsPipe() {
  try {
    const stdin = fs.fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
