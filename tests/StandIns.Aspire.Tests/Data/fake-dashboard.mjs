#!/usr/bin/env node
// Stands where the dashboard stands: asks the resource service as the dashboard does and tells over HTTP what it heard.
// GET /resources: all that WatchResources has sent so far. GET /logs/{id}: the console lines of a resource.
// POST /commands/{id}/{command}: executes a command. GET /environment: what the AppHost gave it.
import { createServer } from 'node:http';
import { connect } from 'node:http2';

const service = connect(process.env.ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL);

const text = (field, value) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
};

function call(method, message, onData) {
  const request = service.request({
    ':method': 'POST',
    ':path': `/aspire.v1.DashboardService/${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    'x-resource-service-api-key': process.env.DASHBOARD__RESOURCESERVICECLIENT__APIKEY,
  });

  const length = Buffer.alloc(5);
  length.writeInt32BE(message.length, 1);
  request.end(Buffer.concat([length, message]));

  return new Promise(resolve => {
    const parts = [];
    request.on('data', part => (parts.push(part), onData?.(part)));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => resolve(Buffer.concat(parts)));
  });
}

let resources = Buffer.alloc(0);
call('WatchResources', Buffer.alloc(0), part => (resources = Buffer.concat([resources, part])));

async function answer(request) {
  const [, what, id, command] = request.url.split('/');

  switch (what) {
    case 'resources': return resources;
    case 'logs': return call('WatchResourceConsoleLogs', Buffer.concat([text(1, id), Buffer.from([2 << 3, 1])]));
    case 'commands': return call('ExecuteResourceCommand', Buffer.concat([text(1, command), text(2, id)]));
    default: return JSON.stringify(process.env);
  }
}

const url = new URL(process.env.ASPNETCORE_URLS);
createServer(async (request, response) => response.end(await answer(request)))
  .listen(Number(url.port), '127.0.0.1', () => console.log(`Now listening on: ${url}`));
