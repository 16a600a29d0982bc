// Callbacks as they came, and the examples of all: each must be what the document's schema of its type says, and have no field that it does not name.
// Usage: node callbacks.mjs <json of bodies by type> <address of intake>
import { Document } from './document.mjs';

const [bodies, intake] = process.argv.slice(2);
const document = await Document.read(intake);
const complaints = [];

for (const [type, { post }] of Object.entries(document.json.webhooks).filter(([name]) => name !== 'delivery')) {
  const { schema, example } = post.requestBody.content['application/json'];
  check(`the example of ${type}`, type, schema, example);
  const told = JSON.parse(bodies)[type];
  if (told) check(`a ${type} that came`, type, schema, JSON.parse(told));
}

Object.keys(JSON.parse(bodies)).filter(type => !document.json.webhooks[type]).forEach(type => complaints.push(`${type} is not described`));
console.log(complaints.join('\n'));
process.exit(complaints.length === 0 ? 0 : 1);

function check(what, type, schema, body) {
  if (body.type !== type) complaints.push(`${what} is of ${body.type}`);
  if (!document.takes(schema, body)) complaints.push(`${what} is not as described: ${JSON.stringify(body)}`);
  unknown(schema, body).forEach(field => complaints.push(`${what} has ${field}, which is not described`));
}

function unknown(schema, value, at = '') {
  const described = document.resolve(schema?.oneOf?.find(one => one.type !== 'null') ?? schema);
  if (Array.isArray(value)) return value.flatMap(entry => unknown(described.items, entry, `${at}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    described?.properties?.[name] ? unknown(described.properties[name], inner, `${at}.${name}`) : [`${at}.${name}`]);
}
