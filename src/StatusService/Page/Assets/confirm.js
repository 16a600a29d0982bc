// Asks before something is done. The browser's own dialog keeps the focus inside, ends with Escape and gives the focus back.

import { h } from './dom.js';

/**
 * @param {{ title: string, text: string, action: string, keep?: string, danger?: boolean, field?: Node }} question field: what is to be chosen along with it
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, action, keep = 'Back', danger = false, field = null }) {
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' },
    h('h2', { id: 'dialog-title' }, title),
    h('p', { id: 'dialog-text' }, text),
    field,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', value: '' }, keep),
      h('button', { type: 'button', value: 'yes', class: danger ? 'danger' : 'primary' }, action),
    ),
  );

  document.body.append(dialog);

  return new Promise((resolve) => {
    dialog.addEventListener('click', ({ target }) => target.localName === 'button' && dialog.close(target.value));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });

    dialog.showModal();
  });
}
