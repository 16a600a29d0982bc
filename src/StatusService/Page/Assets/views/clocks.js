// Texts that change as time goes by: "in 12 s", counting down to "any moment now", and "12 s ago".

import { h } from '../dom.js';
import { duration, since } from '../format.js';

export const countdown = (until) => h('span', { class: 'countdown', 'data-until': until }, left(until));

export const ago = (time) => h('span', { 'data-since': time }, past(time));

/**
 * Keeps those within a place right.
 * @param {function(): void} [over] called when the time of a countdown has come, so that the view looks at what has become of it
 * @returns {function(): void} ends it
 */
export function startClocks(place, over = () => {}) {
  const timer = setInterval(() => {
    const ended = [...place.querySelectorAll('[data-until]')].filter((element) => set(element, left(element.dataset.until)) && element.textContent === OVER);
    place.querySelectorAll('[data-since]').forEach((element) => set(element, past(element.dataset.since)));

    if (ended.length > 0) {
      over();
    }
  }, 500);

  return () => clearInterval(timer);
}

const OVER = 'any moment now';

/** @returns {boolean} whether it is another text than before */
function set(element, text) {
  const isNew = element.textContent !== text;

  if (isNew) {
    element.textContent = text;
  }

  return isNew;
}

function left(until) {
  const time = new Date(until).getTime() - Date.now();
  return time > 0 ? `in ${duration(Math.ceil(time / 1_000) * 1_000)}` : OVER;
}

function past(time) {
  const seconds = Math.floor(since(time) / 1_000);
  return seconds === 0 ? 'just now' : `${duration(seconds * 1_000)} ago`;
}
