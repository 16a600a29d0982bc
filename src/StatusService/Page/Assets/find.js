// One field that leads to a notification or an event from every view: to the one with an id, to those of an endpoint, or to all with a correlation id, whenever
// they were created.

import { h } from './dom.js';
import { withParameters } from './router.js';

const IDS = [
  [/^ntf_[0-9a-z]+$/, (id) => `/notifications/${id}`],
  [/^evt_[0-9a-z]+$/, (id) => `/events/${id}`],
  // An endpoint is found by its tenant; what it got, without.
  [/^ep_[0-9a-z]+$/, (id) => withParameters('/notifications', { endpoint: id })],
];

/** @param {function(string): void} go opens an address */
export function findForm(go) {
  const input = h('input', {
    id: 'find', name: 'find', type: 'search', placeholder: 'Id or correlation id', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search',
  });

  const form = h(
    'form',
    { class: 'find', role: 'search', 'aria-label': 'Find a notification or an event', 'data-key': 'find' },
    h('label', { for: 'find', class: 'unseen' }, 'Id of a notification, event or endpoint, or correlation id'),
    input,
    h('button', { type: 'submit' }, 'Find'),
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();

    if (text !== '') {
      form.reset();
      go(addressOf(text));
    }
  });

  return form;
}

export const withCorrelationId = (text) => withParameters('/notifications', { correlationId: text });

const addressOf = (text) => (IDS.find(([pattern]) => pattern.test(text))?.[1] ?? withCorrelationId)(text);
