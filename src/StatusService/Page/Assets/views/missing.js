// An address that leads nowhere.

import { h } from '../dom.js';

/** @param {...(Node|string)} more after the text */
export const missing = (text = 'There is nothing at this address.', ...more) => ({
  name: 'missing',
  title: 'Not found',
  open(place) {
    place.append(
      h('h1', {}, 'Not found'),
      h('p', {}, text, ...more),
      h('p', {}, h('a', { href: '/notifications' }, 'All notifications')),
    );
  },
});
