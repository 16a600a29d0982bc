// What a list can be narrowed to.

import { h } from '../dom.js';
import { localTime, utcTime } from '../times.js';

const FILTERS = ['status', 'host', 'correlationId', 'from', 'to'];

const STATUSES = ['PENDING', 'QUEUED', 'PROCESSING', 'SUCCESS', 'FAILED'];
const ID = /^ntf_[0-9a-z]+$/;

/** The API's parameters: those of the address that it knows. */
export const toQuery = (query) => Object.fromEntries([...FILTERS, 'cursor'].map((name) => [name, query[name]]));

/** @param {function(object): void} search called with the filters, or with an id */
export function filterForm(query, search) {
  const form = h(
    'form',
    { class: 'filters card', role: 'search' },
    field('search', 'Id or correlation id', h('input', { id: 'search', name: 'search', type: 'search', value: query.correlationId, autocomplete: 'off', spellcheck: 'false' })),
    field('status', 'Status', h('select', { id: 'status', name: 'status' }, option('', 'All', query.status), STATUSES.map((status) => option(status, status, query.status)))),
    field('host', 'Host', h('input', { id: 'host', name: 'host', type: 'text', value: query.host, placeholder: 'example.com', autocomplete: 'off', spellcheck: 'false' })),
    field('from', 'Created from', h('input', { id: 'from', name: 'from', type: 'datetime-local', step: 1, value: localTime(query.from) })),
    field('to', 'Created until', h('input', { id: 'to', name: 'to', type: 'datetime-local', step: 1, value: localTime(query.to) })),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, 'Search'), h('a', { class: 'button', href: '/notifications' }, 'Clear')),
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search(read(new FormData(form)));
  });

  return form;
}

const field = (id, label, input) => h('div', { class: 'field' }, h('label', { for: id }, label), input);

const option = (value, text, chosen) => h('option', { value, selected: value === chosen }, text);

function read(data) {
  const text = (name) => data.get(name).trim();
  const wanted = text('search');

  if (ID.test(wanted)) {
    return { id: wanted };
  }

  return { status: text('status'), host: text('host'), correlationId: wanted, from: utcTime(text('from')), to: utcTime(text('to')) };
}
