// Placeholder until the summary is there.

import { h } from '../dom.js';

export const overview = () => ({
  name: 'overview',
  title: 'Overview',
  open(place) {
    place.append(h('h1', {}, 'Overview'));
  },
});
