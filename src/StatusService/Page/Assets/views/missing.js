// An address that leads nowhere.

import { h } from '../dom.js';

export const missing = (text = 'There is nothing at this address.') => ({
  name: 'missing',
  title: 'Not found',
  open(place) {
    place.append(
      h('h1', {}, 'Not found'),
      h('p', {}, text),
      h('p', {}, h('a', { href: '/notifications' }, 'All notifications')),
    );
  },
});
