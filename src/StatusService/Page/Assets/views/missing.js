// An address that leads nowhere.

import { announce } from '../announce.js';
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

/**
 * What a view does when it cannot load what it shows: it says why; and where there is none, it ends, and says that in the place of all.
 * @param {Node} message where a passing trouble is said
 * @param {function(): void} end of what the view does by itself
 * @param {string} none
 * @param {...(Node|string)} more after that
 * @returns {function(object): void} gets the problem
 */
export const unlessMissing = (place, message, end, none, ...more) => (problem) => {
  if (problem.status !== 404) {
    message.textContent = problem.text;
    return;
  }

  end();
  place.replaceChildren();
  missing(none, ...more).open(place);
  announce(none);
};
