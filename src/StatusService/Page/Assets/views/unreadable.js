// Says which notifications are stored, but cannot be read: they are in no list and no figure.

import { h } from '../dom.js';
import { count } from '../format.js';

/** Nothing when all can be read. */
export const unreadable = (entries = [], total = entries.length) =>
  total > 0 &&
  h(
    'p',
    { class: 'problem' },
    `${count(total, 'notification')} cannot be read: `,
    entries.map(({ id, reason }) => `${id} (${reason})`).join(', '),
    total > entries.length ? ', and more.' : '.',
  );
