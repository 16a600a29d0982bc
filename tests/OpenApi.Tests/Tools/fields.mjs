// One table of values at the bounds of each field. The document's schema and the running service must both judge each as the table does.
// Usage: node fields.mjs <json of the keys> <address of intake> <address of the status service>
import { Document } from './document.mjs';

const [settings, intake, status] = process.argv.slice(2);
const { keys } = JSON.parse(settings);
const documents = { [intake]: await Document.read(intake), [status]: await Document.read(status) };

const text = (length, unit = 'a') => JSON.stringify(unit.repeat(length));
const list = (length, entry) => `[${Array.from({ length }, () => entry).join()}]`;
const headers = count => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`X-${n}`, 'v'])));
const url = length => JSON.stringify('https://example.com/'.padEnd(length, 'a'));
const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);

const submission = {
  service: intake, method: 'POST', path: '/v1/notifications', key: keys.client, wrap: fields => ({ url: '"https://example.com/"', ...fields }),
};
const entry = {
  ...submission, path: '/v1/notifications/batch', wrap: fields => ({ notifications: `[${object({ url: '"https://example.com/"', ...fields })}]` }), member: 'notifications',
};
const batch = { ...submission, path: '/v1/notifications/batch', wrap: fields => fields };
const redelivery = {
  service: intake, method: 'POST', path: '/v1/redeliveries', key: keys.operator,
  wrap: fields => ({ from: '"2020-01-01T00:00:00Z"', to: '"2020-01-01T00:00:01Z"', status: '"FAILED"', host: '"nowhere.example"', ...fields }),
};

// Each in a tenant of its own, as one has room for a hundred.
let tenants = 0;
const endpoint = {
  service: intake, method: 'POST', path: '/v1/tenants/{tenant}/endpoints', at: () => `/v1/tenants/fields-${++tenants}/endpoints`, key: keys.client,
  wrap: fields => ({ url: '"https://example.com/"', types: '["*"]', ...fields }),
};
const known = `/v1/tenants/fields-known/endpoints/${await create('fields-known')}`;
const patch = { service: intake, method: 'PATCH', path: '/v1/tenants/{tenant}/endpoints/{id}', at: () => known, key: keys.client, mediaType: 'application/merge-patch+json', wrap: fields => fields };
const rotation = { ...patch, method: 'POST', path: '/v1/tenants/{tenant}/endpoints/{id}/secret/rotate', at: () => `${known}/secret/rotate`, mediaType: undefined };
const pause = { ...patch, method: 'POST', path: '/v1/tenants/{tenant}/endpoints/{id}/pause', at: () => `${known}/pause`, mediaType: undefined };
const trial = { ...patch, method: 'POST', path: '/v1/tenants/{tenant}/endpoints/{id}/test', at: () => `${known}/test`, mediaType: undefined };
const event = { service: intake, method: 'POST', path: '/v1/events', key: keys.client, wrap: fields => ({ type: '"order.paid"', tenant: '"fields"', payload: '1', ...fields }) };
const eventBatch = { ...event, path: '/v1/events/batch', wrap: fields => fields };
const eventEntry = { ...event, path: '/v1/events/batch', wrap: fields => ({ events: `[${object({ type: '"order.paid"', tenant: '"fields"', ...fields })}]` }) };

const urls = {
  taken: [url(2048), '"HTTPS://EXAMPLE.com:8443?a=b"', '"https://bücher.example/ü"'],
  refused: [url(2049), '""', '5', 'null', '"ftp://example.com/"', '"https://user@example.com/"', '"https://example.com/#a"', '"https://example.com/a b"'],
};
const typeNames = { taken: ['"a"', '"order.paid"', '"A-1_b.c.d"', text(128)], refused: [text(0), text(129), '"."', '"a."', '".a"', '"a..b"', '"a b"', '"a.*"', '"*"', '"ü"', '"a\\n"', '5'] };
const patterns = {
  taken: ['["*"]', '["order.paid","order.*"]', `[${text(128)}]`, JSON.stringify([`${'a'.repeat(126)}.*`]), list(50, '"a"')],
  refused: ['[]', list(51, '"a"'), '["**"]', '["*.paid"]', '["order*"]', '["order.*.a"]', '[".*"]', '[""]', `[${text(129)}]`, JSON.stringify([`${'a'.repeat(127)}.*`]), '[null]', '[5]', '"*"', 'null', '{}'],
};
const headerObjects = { taken: ['{}', 'null', headers(32), '{"X-A":"a\\tb"}'], refused: [headers(33), `{${text(129)}:"v"}`, '{"X Y":"v"}', '{"X-A":"ü"}', '{"X-A":null}', '[]'] };
const descriptions = { taken: ['""', text(256), text(256, '😀'), 'null'], refused: [text(257), '"a\\nb"', '"a\\u0085"', '5', '[]'] };
const timeouts = { taken: ['1', '30', '1.5e1', 'null'], refused: ['0', '31', '15.5', '"15"', 'true'] };
const schedules = { taken: ['[]', '[0,86400]', '[5.0]', list(20, '5'), 'null'], refused: [list(21, '5'), '[-1]', '[86401]', '[1.5]', '[null]', '5'] };
const bounds = { taken: ['1', '1000', '1e3', '5.0', 'null'], refused: ['0', '1001', '1.5', '"5"', 'true', '[5]'] };
const times = {
  taken: ['"2020-01-01T00:00:00.5Z"', '"2020-01-01t00:00:00z"', '"2020-01-01T05:30:00.123456789012+05:30"', '"2019-12-31T16:00:00-08:00"'],
  refused: ['"2020-01-01"', '"2020-01-01T00:00:00"', '"2020-02-30T00:00:00Z"', '"2020-01-01T24:00:00Z"', '""', '5', 'true'],
};

// What each field takes and refuses, as JSON, so that 15.0 stays what it is.
const table = [
  { of: submission, field: 'url',
    taken: [url(2048), '"HTTPS://EXAMPLE.com:8443?a=b"', '"https://bücher.example/ü"', '"http://[::1]:9/"'],
    refused: [url(2049), '""', '5', 'null', '"ftp://example.com/"', '"example.com/hook"', '"https://user@example.com/"', '"https://example.com/#a"', '"https://example.com/a b"', '"https://example.com/\\r\\na"', '"https://example.com/\\\\a"', '"https:///a"'] },
  { of: submission, field: 'method', taken: ['"GET"', '"DELETE"', 'null'], refused: ['"get"', '"HEAD"', '""', '5'] },
  { of: submission, field: 'headers',
    taken: ['{}', 'null', headers(32), `{${text(128)}:"v"}`, `{"X-A":${text(4096)}}`, '{"X-A":""}', '{"X-A":"a\\tb"}'],
    refused: [headers(33), `{${text(129)}:"v"}`, `{"X-A":${text(4097)}}`, '{"X Y":"v"}', '{"":"v"}', '{"X-A":"ü"}', '{"X-A":"a\\nb"}', '{"X-A":5}', '{"X-A":null}', '[]', '"a"'] },
  { of: submission, field: 'payload', taken: ['null', '0', '""', '[]', '{"a":[1e400,null]}', 'true'], refused: [] },
  { of: submission, field: 'payloadText', taken: ['""', '"😀"', 'null'], refused: ['5', '{}'] },
  { of: submission, field: 'payloadBase64', taken: ['""', '"YQ=="', 'null'], refused: ['5', '[]'] },
  { of: submission, field: 'contentType', with: { payloadText: '"a"' },
    taken: ['"text/plain"', '"application/vnd.a+json; charset=utf-8"', JSON.stringify(`text/plain; a=${'b'.repeat(242)}`), 'null'],
    refused: [JSON.stringify(`text/plain; a=${'b'.repeat(243)}`), '"json"', '""', '"text/"', '"text/plain\\r\\n"', '"text/ü"', '5'] },
  { of: submission, field: 'correlationId',
    taken: [text(1), text(128), text(128, '😀'), text(128, 'ü'), '" "', 'null'],
    refused: [text(0), text(129), text(129, '😀'), '"a\\u0007"', '"a\\u0085"', '5'] },
  { of: submission, field: 'timeoutSeconds',
    taken: ['1', '30', '15.0', '1.5e1', '1e0', '150e-1', '3E1', 'null'],
    refused: ['0', '31', '15.5', '-1', '0.5', '1e400', '1e99999999999', '"15"', 'true', '[15]'] },
  { of: submission, field: 'retrySchedule',
    taken: ['[]', '[0,86400]', '[5.0,1e1,8.64e4]', list(20, '5'), 'null'],
    refused: [list(21, '5'), '[-1]', '[86401]', '[1.5]', '["5"]', '[null]', '5', '{}'] },
  { of: submission, field: 'notify', taken: ['true', 'false', 'null'], refused: ['1', '"true"', '[]'] },
  { of: submission, field: 'deliverAt', taken: [`"${soon}Z"`, `"${soon}.123456789012Z"`, ...times.taken, 'null'], refused: times.refused },
  { of: submission, field: 'unknown', taken: [], refused: ['1', 'null'] },
  { of: batch, field: 'notifications', taken: [list(1, '{"url":"https://example.com/"}'), list(100, '{"url":"https://example.com/"}')], refused: ['[]', list(101, '{"url":"https://example.com/"}'), 'null', '{}'] },
  { of: batch, field: 'unknown', with: { notifications: '[{"url":"https://example.com/"}]' }, taken: [], refused: ['1'] },
  { of: entry, field: 'idempotencyKey', taken: [text(1), text(255), '"!~"', 'null'], refused: [text(0), text(256), '"a b"', '"ü"', '5'] },
  { of: entry, field: 'timeoutSeconds', taken: ['15.0'], refused: ['15.5', '31'] },
  { of: entry, field: 'correlationId', taken: [text(128, '😀')], refused: [text(129, '😀')] },
  { of: entry, field: 'url', taken: [url(2048)], refused: [url(2049)] },
  { of: endpoint, field: 'url', ...urls },
  { of: endpoint, field: 'description', ...descriptions },
  { of: endpoint, field: 'types', ...patterns },
  { of: endpoint, field: 'headers', ...headerObjects },
  { of: endpoint, field: 'timeoutSeconds', ...timeouts },
  { of: endpoint, field: 'retrySchedule', ...schedules },
  { of: endpoint, field: 'maxPerSecond', ...bounds },
  { of: endpoint, field: 'paused', taken: ['true', 'false', 'null'], refused: ['1', '"true"', '[]'] },
  { of: endpoint, field: 'unknown', taken: [], refused: ['1', 'null'] },
  { of: patch, field: 'url', ...urls },
  { of: patch, field: 'description', ...descriptions },
  { of: patch, field: 'types', ...patterns },
  { of: patch, field: 'headers', ...headerObjects },
  { of: patch, field: 'timeoutSeconds', ...timeouts },
  { of: patch, field: 'retrySchedule', ...schedules },
  { of: patch, field: 'maxPerSecond', ...bounds },
  { of: patch, field: 'paused', taken: [], refused: ['true', 'null'] },
  { of: patch, field: 'unknown', taken: [], refused: ['1', 'null'] },
  { of: rotation, field: 'keepOldUntil', taken: [`"${soon}Z"`, `"${soon}.123456789012Z"`, 'null'], refused: times.refused },
  { of: rotation, field: 'unknown', taken: [], refused: ['1'] },
  { of: pause, field: 'until', taken: [`"${soon}Z"`, `"${soon}.123456789012Z"`], refused: [...times.refused, 'null'] },
  { of: pause, field: 'unknown', with: { until: `"${soon}Z"` }, taken: [], refused: ['1'] },
  { of: trial, field: 'type', taken: [...typeNames.taken, 'null'], refused: typeNames.refused },
  { of: trial, field: 'unknown', taken: [], refused: ['1'] },
  { of: event, field: 'type', taken: typeNames.taken, refused: [...typeNames.refused, 'null'] },
  { of: event, field: 'tenant', taken: ['"a"', '"A.b_c~d-1"', '"..."', '".waybill"', text(128)], refused: [text(0), text(129), '"."', '".."', '"waybill"', '"a b"', '"ü"', '"a/b"', '5', 'null'] },
  { of: event, field: 'payload', taken: ['null', '0', '""', '[]'], refused: [] },
  { of: event, field: 'payloadText', without: 'payload', taken: ['""', '"😀"', 'null'], refused: ['5', '{}'] },
  { of: event, field: 'payloadBase64', without: 'payload', taken: ['""', '"YQ=="', 'null'], refused: ['5', '[]'] },
  { of: event, field: 'contentType', taken: ['"text/plain"', 'null'], refused: ['"json"', '""', '5'] },
  { of: event, field: 'correlationId', taken: [text(1), text(128, '😀'), 'null'], refused: [text(0), text(129), '"a\\u0007"', '5'] },
  { of: event, field: 'deliverAt', taken: [`"${soon}Z"`, ...times.taken, 'null'], refused: times.refused },
  { of: event, field: 'unknown', taken: [], refused: ['1', 'null'] },
  { of: eventBatch, field: 'events', taken: [list(1, '{"type":"a","tenant":"b"}'), list(100, '{"type":"a","tenant":"b"}')], refused: ['[]', list(101, '{"type":"a","tenant":"b"}'), 'null', '{}'] },
  { of: eventBatch, field: 'unknown', with: { events: '[{"type":"a","tenant":"b"}]' }, taken: [], refused: ['1'] },
  { of: eventEntry, field: 'idempotencyKey', taken: [text(1), text(255), 'null'], refused: [text(0), text(256), '"a b"', '5'] },
  { of: eventEntry, field: 'type', taken: ['"order.paid"'], refused: ['"order."'] },
  { of: redelivery, field: 'from', taken: times.taken, refused: [...times.refused, 'null'] },
  { of: redelivery, field: 'to', with: { from: '"2019-06-01T00:00:00Z"' }, taken: times.taken, refused: [...times.refused, 'null'] },
  { of: redelivery, field: 'status', taken: ['"FAILED"'], refused: ['"SUCCESS"', '"failed"', 'null', '5'] },
  { of: redelivery, field: 'host', taken: ['"example.com:8443"', '"bücher.example"', 'null'], refused: [text(0), text(262), '5'] },
  { of: redelivery, field: 'category', taken: ['"SERVER_ERROR"', 'null'], refused: ['"SUCCESS"', '"server_error"', '""', '5'] },
  { of: redelivery, field: 'ratePerSecond', taken: ['1', '1000', '50.0', '1e3', 'null'], refused: ['0', '1001', '1.5', '"50"'] },
  { of: redelivery, field: 'unknown', taken: [], refused: ['1'] },
];

// Parameters of queries: texts, and a number is one that JSON would write.
const parameters = [
  { service: status, path: '/v1/notifications', key: keys.client, name: 'limit', taken: ['1', '200', '50.0', '5e1'], refused: ['0', '201', '1.5', 'ten', '+5'] },
  { service: status, path: '/v1/notifications', key: keys.client, name: 'from', with: { to: '2020-01-02T00:00:00Z' }, taken: times.taken.map(JSON.parse), refused: ['2020-01-01', '2020-01-01T24:00:00Z', 'yesterday'] },
  { service: status, path: '/v1/notifications', key: keys.client, name: 'to', taken: times.taken.map(JSON.parse), refused: ['2020-01-01', '2020-01-01T24:00:00Z'] },
  { service: status, path: '/v1/notifications', key: keys.client, name: 'status', taken: ['FAILED'], refused: ['failed'] },
  { service: status, path: '/v1/summary', key: keys.operator, name: 'from', with: { to: '2020-01-02T00:00:00Z' }, taken: times.taken.map(JSON.parse), refused: ['2020-01-01'] },
  { service: status, path: '/v1/tenants', key: keys.client, name: 'limit', taken: ['1', '200', '50.0'], refused: ['0', '201', '1.5', 'ten'] },
  { service: status, path: '/v1/endpoints/unwell', key: keys.client, name: 'limit', taken: ['1', '200', '50.0'], refused: ['0', '201', '1.5', 'ten'] },
  { service: intake, path: '/v1/redeliveries', key: keys.operator, name: 'limit', taken: ['1', '100', '20.0'], refused: ['0', '101', '1.5'] },
];

let checked = 0;
const wrong = [];

for (const { of, field, with: others = {}, without, taken, refused } of table) {
  for (const [value, expected] of [...taken.map(one => [one, true]), ...refused.map(one => [one, false])]) {
    const fields = of.wrap({ ...others, [field]: value });
    delete fields[without];
    const body = object(fields);
    await judge(`${of.path} ${field}: ${value.slice(0, 80)}`, expected, schemaTakes(of, body), () => serviceTakes(of, field, body));
  }
}

for (const { service, path, key, name, with: others = {}, taken, refused } of parameters) {
  for (const [value, expected] of [...taken.map(one => [one, true]), ...refused.map(one => [one, false])]) {
    const { schema } = documents[service].json.paths[path].get.parameters.find(one => one.name === name);
    const read = schema.type === 'integer' && /^-?\d/.test(value) ? JSON.parse(value) : value;
    const query = new URLSearchParams({ ...others, [name]: value });
    await judge(`${path}?${query}`, expected, documents[service].takes(schema, read), () => serviceTakes({ service, method: 'GET', path: `${path}?${query}`, key }, name));
  }
}

lacking();
console.log(`${checked} values checked\n${wrong.join('\n')}`);
process.exit(wrong.length > 0 || checked === 0 ? 1 : 0);

async function judge(what, expected, bySchema, byService) {
  checked++;
  const answered = await byService();
  if (bySchema !== expected) wrong.push(`${what}: the document ${bySchema ? 'takes' : 'refuses'} it`);
  if (answered !== expected) wrong.push(`${what}: the service ${answered === true ? 'takes' : answered === false ? 'refuses' : answered} it`);
}

function object(fields) {
  return `{${Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

function schemaOf({ service, path, method, mediaType = 'application/json' }) {
  return documents[service].json.paths[path][method.toLowerCase()].requestBody.content[mediaType].schema;
}

function schemaTakes(of, body) {
  return documents[of.service].takes(schemaOf(of), JSON.parse(body));
}

// true, false where it names the field, otherwise what it answered.
async function serviceTakes({ service, method, path, at = () => path, key, mediaType = 'application/json' }, field, body) {
  const answer = await fetch(new URL(at(), service), { method, headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': mediaType }) }, body });
  const json = await answer.json();
  const problem = json.results?.find(result => result.problem)?.problem ?? (answer.ok ? null : json);

  if (problem === null) return true;
  return Object.keys(problem.errors ?? {}).some(name => name === field || name.startsWith(`${field}.`) || name.startsWith(`${field}[`)) ? false : `answers ${answer.status} ${JSON.stringify(json).slice(0, 300)} to`;
}

// An endpoint's id.
async function create(tenant) {
  const answer = await fetch(new URL(`/v1/tenants/${tenant}/endpoints`, intake), {
    method: 'POST', headers: { authorization: `Bearer ${keys.client}`, 'content-type': 'application/json' }, body: '{"url":"https://example.com/","types":["*"]}',
  });
  return (await answer.json()).id;
}

// Every field and parameter of the described bodies has its row.
function lacking() {
  for (const of of [submission, batch, redelivery, endpoint, patch, rotation, pause, trial, event, eventBatch]) {
    const known = Object.keys(documents[of.service].resolve(schemaOf(of)).properties);
    known.filter(name => !table.some(row => row.of === of && row.field === name)).forEach(name => wrong.push(`${of.path} ${name}: not in the table`));
  }
}
