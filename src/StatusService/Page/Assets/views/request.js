// What each attempt sends. It never changes, so it is read once, and only when somebody looks.

import { getText } from '../api.js';
import { h } from '../dom.js';
import { parseAsWritten, pretty, print } from '../json.js';

export function requestPanel(id) {
  const content = h('div', {}, h('p', { class: 'quiet' }, 'Loading…'));
  const panel = h('details', { class: 'card', 'data-key': 'request' }, h('summary', {}, h('h2', {}, 'Request')), content);

  let isRead = false;

  panel.addEventListener('toggle', async () => {
    if (isRead || !panel.open) {
      return;
    }

    try {
      const request = await getText(`/v1/notifications/${encodeURIComponent(id)}/request`);
      content.replaceChildren(...shown(parseAsWritten(request)));
      isRead = true;
    } catch (error) {
      content.replaceChildren(h('p', { class: 'problem' }, error.text ?? 'The service does not answer.'));
    }
  });

  return panel;
}

const shown = (request) => [
  h('p', { class: 'code url' }, `${request.method} ${request.url}`),
  h(
    'table',
    { class: 'table headers' },
    h('caption', {}, 'Headers given by the client, or of the endpoint as it is now; values that look secret are shown as ***'),
    h('tbody', {}, rows(request).map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'code' }, value)))),
  ),
  h('h3', {}, 'Body'),
  h('pre', { tabindex: 0, 'aria-label': 'Body of the request' }, bodyOf(request)),
];

function rows(request) {
  const headers = Object.entries(request.headers);
  const all = request.contentType ? [['content-type', request.contentType], ...headers] : headers;
  return all.length > 0 ? all : [['none', '']];
}

function bodyOf(request) {
  if (request.payloadBase64 !== undefined) {
    return `(not text; Base64) ${request.payloadBase64}`;
  }

  if (request.payload === undefined) {
    return request.payloadText === undefined ? '(none)' : pretty(request.payloadText);
  }

  return print(request.payload);
}
