// A test event for one endpoint, and the way to follow it.

import { send } from '../api.js';
import { announce } from '../announce.js';
import { h, show } from '../dom.js';
import { changePath, eventAddress } from '../tenants.js';

export function testPanel(tenant, owner, id) {
  const outcome = h('div', { role: 'status' });
  const button = h('button', { type: 'submit' }, 'Send a test event');

  const form = h(
    'form',
    { class: 'filters', 'aria-label': 'Test event' },
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'test-type' }, 'Type'),
      h('input', { id: 'test-type', name: 'type', type: 'text', placeholder: 'waybill.test', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' }),
    ),
    h('div', { class: 'buttons' }, button),
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const type = new FormData(form).get('type').trim();

    try {
      const sent = await send('POST', changePath(tenant, owner, id, 'test'), type ? { type } : {});
      show(outcome, h('p', { class: 'notice' }, `A ${sent.type} event goes out within seconds. `, h('a', { href: eventAddress(sent.id) }, 'Follow it')));
      announce('A test event goes out within seconds. There is a link to follow it.');
    } catch (error) {
      show(outcome, h('p', { class: 'problem' }, error.text ?? 'The service does not answer. Look below whether it has begun.'));
    }

    button.disabled = false;
  });

  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'test-title' },
    h('h2', { id: 'test-title' }, 'Test it'),
    h('p', { class: 'quiet' }, 'One event for this endpoint alone, whatever types it takes.'),
    form,
    outcome,
  );
}
