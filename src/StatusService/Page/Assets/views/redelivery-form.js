// What a bulk redelivery is to take: a time, and maybe one host or one kind of failure.

import { h } from '../dom.js';
import { FAILURES } from '../status.js';
import { localTime, utcTime } from '../times.js';

const DAY_MS = 86_400_000;

/** @param {function(object): Promise<void>} create throws what the service refuses */
export function bulkForm(given, create) {
  const problem = h('p', { class: 'problem', role: 'alert' });
  const from = given.from ?? new Date(Date.now() - DAY_MS).toISOString();
  const to = given.to ?? new Date().toISOString();

  const form = h(
    'form',
    { class: 'filters card' },
    h('p', { class: 'full' }, 'Deliver again what has failed for good and was created in this time.'),
    field('from', 'Created from', h('input', { id: 'from', name: 'from', type: 'datetime-local', step: 1, required: true, value: localTime(from) })),
    field('to', 'Created until', h('input', { id: 'to', name: 'to', type: 'datetime-local', step: 1, required: true, value: localTime(roundUp(to)) })),
    field('host', 'Host', h('input', { id: 'host', name: 'host', type: 'text', value: given.host, placeholder: 'all', autocomplete: 'off', spellcheck: 'false' })),
    field('category', 'Kind of failure', h('select', { id: 'category', name: 'category' }, h('option', { value: '' }, 'All'), FAILURES.map((name) => h('option', { value: name, selected: name === given.category }, name)))),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, 'Deliver again…')),
    problem,
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';

    try {
      await create(read(new FormData(form)));
    } catch (error) {
      problem.textContent = error.text ?? 'The service does not answer. Look below whether the redelivery has begun.';
    }
  });

  return form;
}

const field = (id, label, input) => h('div', { class: 'field' }, h('label', { for: id }, label), input);

/** The field has whole seconds, and the second that has begun is meant too. */
const roundUp = (text) => new Date(Math.ceil(new Date(text).getTime() / 1_000) * 1_000).toISOString();

function read(data) {
  const text = (name) => data.get(name).trim();

  return {
    from: utcTime(text('from')),
    to: utcTime(text('to')),
    host: text('host') || undefined,
    category: text('category') || undefined,
  };
}
