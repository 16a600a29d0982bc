// An endpoint's secret: asked for when somebody wants to see it, and hidden again after a while. That it was read is on record.

import { get } from '../api.js';
import { announce } from '../announce.js';
import { copyButton } from '../copy.js';
import { h, show } from '../dom.js';
import { readPath } from '../tenants.js';

const SHOWN_MS = 60_000;

/** @returns {{ panel: HTMLElement, actions: object, hide: function(): void }} */
export function secretPanel(tenant, owner, id) {
  const content = h('div', {});
  let timer = 0;

  const panel = h('section', { class: 'card', 'aria-labelledby': 'secret-title' }, h('h2', { id: 'secret-title' }, 'Signing secret'), content);

  const hide = () => {
    clearTimeout(timer);
    show(content, hidden());
  };

  const hideAndTell = () => {
    const hadFocus = content.contains(document.activeElement);
    hide();
    announce('The secret is hidden again.');

    if (hadFocus) {
      content.querySelector('[data-action="show-secret"]').focus();
    }
  };

  async function reveal(button) {
    button.disabled = true;

    try {
      const { secret } = await get(readPath(tenant, owner, id, 'secret'));

      // Whoever has left meanwhile does not want to see it.
      if (content.isConnected) {
        show(content, revealed(secret));
        content.querySelector('[data-action="hide-secret"]').focus();
        announce('The secret is shown for one minute.');
        timer = setTimeout(hideAndTell, SHOWN_MS);
      }
    } catch (error) {
      show(content, hidden(), h('p', { class: 'problem', role: 'alert' }, error.text ?? 'The service does not answer.'));
    }

    button.disabled = false;
  }

  hide();
  return { panel, hide, actions: { 'show-secret': reveal, 'hide-secret': hideAndTell } };
}

const hidden = () => [
  h('p', { class: 'quiet', 'data-key': 'hidden' }, 'Receivers verify signatures with it. That somebody looks at it is on record.'),
  h(
    'div',
    { class: 'buttons', 'data-key': 'hidden-buttons' },
    h('button', { type: 'button', 'data-action': 'show-secret' }, 'Show the secret'),
    h('button', { type: 'button', 'data-action': 'rotate' }, 'Rotate…'),
  ),
];

const revealed = (secret) => [
  h('p', { class: 'code secret', 'data-key': 'secret' }, secret),
  h(
    'div',
    { class: 'buttons', 'data-key': 'secret-buttons' },
    copyButton(secret, 'the secret'),
    h('button', { type: 'button', 'data-action': 'hide-secret' }, 'Hide it'),
  ),
];
