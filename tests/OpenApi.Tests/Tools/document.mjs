// One OpenAPI document: its operations, and whether an answer is what it says.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export class Document {
  constructor(address, json) {
    this.address = address;
    this.json = json;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    // Formats of numbers, which the generator writes and which say nothing beyond the type here.
    ['int32', 'int64', 'double', 'float'].forEach(name => this.ajv.addFormat(name, true));
    this.ajv.addSchema({ $id: 'document', components: json.components });
  }

  static async read(address) {
    const answer = await fetch(new URL('/openapi/v1.json', address));
    return new Document(address, await answer.json());
  }

  operations() {
    return Object.entries(this.json.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ document: this, path, method: method.toUpperCase(), operation })));
  }

  resolve(schema) {
    return schema?.$ref ? this.resolve(schema.$ref.slice(2).split('/').reduce((at, name) => at[name], this.json)) : schema;
  }

  takes(schema, value) {
    return this.#errors(schema, value) === null;
  }

  // null when the answer is as described, otherwise what is not.
  complaint(operation, answer) {
    const described = operation.responses[String(answer.status)];
    if (!described) return `${answer.status} is not described; described are ${Object.keys(operation.responses).join(', ')}`;

    const mediaTypes = Object.keys(described.content ?? {});
    if (mediaTypes.length === 0) return answer.body === '' ? null : `${answer.status} is described without a body`;

    const mediaType = answer.contentType?.split(';')[0];
    if (!mediaTypes.includes(mediaType)) return `${answer.status} is ${mediaType}, described is ${mediaTypes.join(', ')}`;

    let body;
    try {
      body = /[/+]json$/.test(mediaType) ? JSON.parse(answer.body) : answer.body;
    } catch {
      return `${answer.status} is not JSON`;
    }

    const errors = this.#errors(described.content[mediaType].schema, body);
    if (errors) return `${answer.status} has another body than described: ${errors}`;

    return answer.status >= 400 && body.status !== answer.status ? `the problem says ${body.status}, the answer ${answer.status}` : null;
  }

  #errors(schema, body) {
    const rebased = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components'));
    const validate = this.ajv.compile(rebased);
    return validate(body) ? null : this.ajv.errorsText(validate.errors);
  }
}
