// Requests for one operation: as its description asks, almost so, and not at all so.
import fc from 'fast-check';

const anyText = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constant(''), fc.constant('x'.repeat(5000)));

// What no schema asks for, but clients send.
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 0, 1e308, 2 ** 53, '', 'null', [], {}, [[]], '2026-02-30T25:61:00Z', '9999-12-31T23:59:59.999Z', 'http://', 'javascript:alert(1)'),
  anyText);

const url = fc.constantFrom('https://example.com/hook', 'http://127.0.0.1:9/', 'https://例え.jp/ü?q=%00', 'http://[::1]:80/x', 'http://user@example.com', 'ftp://example.com', '//example.com');

export function requestsFor({ document, path, method, operation }, ids, keys) {
  const parameters = operation.parameters ?? [];
  const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);

  return fc.record({
    method: fc.constant(method),
    path: fc.record(Object.fromEntries(placeholders.map(name => [name, fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known(path, name, ids)) }, anyText.filter(text => !['.', '..', ''].includes(text)))]))),
    query: fc.record(Object.fromEntries(parameters.filter(one => one.in === 'query').map(one => [one.name, one.name === 'owner' ? owner(ids) : mostly(document, one.schema)])), { requiredKeys: [] }),
    surplus: fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, fc.constantFrom('limi', 'status', 'x')),
    idempotencyKey: fc.option(fc.oneof(fc.stringMatching(/^[!-~]{1,40}$/), fc.constantFrom(' ', 'a b', 'x'.repeat(256))), { freq: 3 }),
    ifMatch: parameters.some(one => one.name === 'If-Match') ? fc.option(fc.oneof({ weight: 2, arbitrary: fc.constantFrom('"1"', '"4711"') }, fc.constantFrom('*', '"0"', '1', 'W/"1"', '"a"', ''))) : fc.constant(null),
    key: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(keys.client, keys.operator) }, fc.constantFrom(keys.other, keys.internal, 'wrong', null)),
    body: operation.requestBody ? bodyFor(document, operation) : fc.constant(null),
  });
}

// One's own, which alone clients may name.
function owner(ids) {
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids.owners) }, anyText);
}

// Values that lead somewhere.
function known(path, name, ids) {
  if (name === 'tenant') return ids.tenants;
  if (path.startsWith('/v1/tenants')) return ids.endpoints;
  return path.startsWith('/v1/events') ? ids.events : ids.notifications;
}

function bodyFor(document, operation) {
  const schema = operation.requestBody.content['application/json'].schema;
  const example = operation.requestBody.content['application/json'].example;

  return fc.record({
    contentType: fc.oneof({ weight: 12, arbitrary: fc.constant('application/json') }, fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'application/xml', '')),
    text: fc.oneof(
      // So often that some are taken, whatever the seed.
      { weight: 4, arbitrary: fc.constant(JSON.stringify(example)) },
      { weight: 6, arbitrary: fromSchema(document, schema).map(JSON.stringify) },
      { weight: 4, arbitrary: changed(example).map(JSON.stringify) },
      { weight: 2, arbitrary: anyJson.map(value => JSON.stringify(value) ?? '') },
      { weight: 1, arbitrary: fc.constantFrom('', '{', '{"url":', '\u0000', '[1,]', '{"a":1}{"a":2}', '[' .repeat(2000)) }),
  });
}

// The example with one member taken away, added or replaced.
function changed(example) {
  return fc.tuple(fc.constantFrom(...Object.keys(example), 'unknown'), fc.option(anyJson, { nil: undefined }))
    .map(([name, value]) => ({ ...example, [name]: value }));
}

function mostly(document, schema) {
  return fc.oneof({ weight: 4, arbitrary: fromSchema(document, schema) }, anyText);
}

export function fromSchema(document, schema, depth = 0) {
  const known = document.resolve(schema) ?? {};

  if (known.example !== undefined) return fc.constant(known.example);
  if (known.enum) return fc.constantFrom(...known.enum);
  if (known.oneOf) return fc.oneof(...known.oneOf.map(one => fromSchema(document, one, depth)));

  const types = [known.type].flat().filter(type => type !== undefined);
  return types.length === 0 ? anyJson : fc.oneof(...types.map(type => ofType(document, known, type, depth)));
}

function ofType(document, schema, type, depth) {
  switch (type) {
    case 'null': return fc.constant(null);
    case 'boolean': return fc.boolean();
    case 'integer': return fc.oneof(fc.integer({ min: Number(schema.minimum ?? -5), max: Number(schema.maximum ?? 100) }), fc.constantFrom(Number(schema.minimum ?? 0) - 1, Number(schema.maximum ?? 0) + 1));
    case 'number': return fc.double({ noNaN: true });
    case 'array': return fc.array(depth > 3 ? fc.constant(null) : fromSchema(document, schema.items ?? {}, depth + 1), { maxLength: 5 });
    case 'object': return objects(document, schema, depth);
    default: return texts(schema);
  }
}

function objects(document, schema, depth) {
  if (!schema.properties) return fc.dictionary(fc.constantFrom('X-A', 'Accept', 'Host', 'webhook-id', 'X Y'), fc.constantFrom('v', 'a\r\nb', 'ü'), { maxKeys: 3 });

  const members = Object.entries(schema.properties).map(([name, one]) => [name, name === 'url' ? url : fromSchema(document, one, depth + 1)]);
  return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] });
}

function texts(schema) {
  if (schema.format === 'date-time') {
    const times = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    return fc.oneof(times.map(time => time.toISOString()), fc.constantFrom('2026-11-20', 'now', '2026-11-20T10:00:00+14:00'));
  }

  return fc.oneof(fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 60, 60) }), anyText);
}
