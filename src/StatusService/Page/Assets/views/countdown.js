// "in 12 s", counting down; a place for it is an element with data-until.

import { h } from '../dom.js';
import { duration } from '../format.js';

export const countdown = (until) => h('span', { class: 'countdown', 'data-until': until }, text(until));

/** @returns {function(): void} ends it */
export function startCountdowns(place) {
  const timer = setInterval(() => {
    for (const element of place.querySelectorAll('[data-until]')) {
      element.textContent = text(element.dataset.until);
    }
  }, 500);

  return () => clearInterval(timer);
}

function text(until) {
  const left = new Date(until).getTime() - Date.now();
  return left > 0 ? `in ${duration(Math.ceil(left / 1_000) * 1_000)}` : 'any moment now';
}
