// What a list can be narrowed to.

import { isOperator } from '../api.js';
import { FAILURES, STATUSES } from '../status.js';
import { h } from '../dom.js';
import { localTime, utcTime } from '../times.js';

const FILTERS = ['status', 'final', 'category', 'host', 'correlationId', 'tenant', 'endpoint', 'eventType', 'owner', 'from', 'to'];

/** Those that are seldom needed; they are shown when one is set. */
const MORE = ['correlationId', 'tenant', 'endpoint', 'eventType', 'owner', 'from', 'to'];

const ENDS = [['true', 'Final: nothing more is tried'], ['false', 'Still open']];

/** The API's parameters: those of the address that it knows. */
export const toQuery = (query) => Object.fromEntries([...FILTERS, 'cursor'].map((name) => [name, query[name]]));

/** @param {function(object): void} search called with the filters */
export function filterForm(query, search) {
  const form = h(
    'form',
    { class: 'filters card', role: 'search', 'aria-label': 'Filters' },
    field('status', 'Status', select('status', STATUSES.map((status) => [status, status]), query)),
    field('final', 'Open or final', select('final', ENDS, query)),
    field('category', 'Kind of failure', select('category', FAILURES.map((category) => [category, category]), query)),
    field('host', 'Host', text('host', query, { placeholder: 'example.com' })),
    h(
      'details',
      { class: 'full', open: MORE.some((name) => query[name]) },
      h('summary', {}, 'By correlation id, tenant, endpoint, event type, ', isOperator() && 'owner, ', 'time'),
      h(
        'div',
        { class: 'filters' },
        field('correlationId', 'Correlation id', text('correlationId', query)),
        field('tenant', 'Tenant', text('tenant', query)),
        field('endpoint', 'Endpoint', text('endpoint', query, { placeholder: 'ep_…' })),
        field('eventType', 'Event type', text('eventType', query, { placeholder: 'order.paid' })),
        isOperator() && field('owner', 'Owner', text('owner', query)),
        field('from', 'Created from', time('from', query)),
        field('to', 'Created until', time('to', query)),
      ),
    ),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, 'Search'), h('a', { class: 'button', href: '/notifications' }, 'Clear')),
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search(read(new FormData(form)));
  });

  return form;
}

const field = (id, label, input) => h('div', { class: 'field' }, h('label', { for: id }, label), input);

const text = (name, query, more = {}) => h('input', { id: name, name, type: 'text', value: query[name], autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...more });

const time = (name, query) => h('input', { id: name, name, type: 'datetime-local', step: 1, value: localTime(query[name]) });

const select = (name, options, query) => h('select', { id: name, name }, [['', 'All'], ...options].map(([value, words]) => h('option', { value, selected: value === (query[name] ?? '') }, words)));

function read(data) {
  const given = Object.fromEntries(FILTERS.map((name) => [name, data.get(name)?.trim() ?? '']));
  return { ...given, from: utcTime(given.from), to: utcTime(given.to) };
}
