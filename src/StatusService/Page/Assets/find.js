// One field that leads to a notification from every view: to the one with an id, or to all with a correlation id, whenever they were created.

import { h } from './dom.js';
import { withParameters } from './router.js';

const ID = /^ntf_[0-9a-z]+$/;

/** @param {function(string): void} go opens an address */
export function findForm(go) {
  const input = h('input', {
    id: 'find', name: 'find', type: 'search', placeholder: 'Id or correlation id', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search',
  });

  const form = h(
    'form',
    { class: 'find', role: 'search', 'aria-label': 'Find a notification', 'data-key': 'find' },
    h('label', { for: 'find', class: 'unseen' }, 'Notification id or correlation id'),
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

const addressOf = (text) => (ID.test(text) ? `/notifications/${text}` : withCorrelationId(text));
