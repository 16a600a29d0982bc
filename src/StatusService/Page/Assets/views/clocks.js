// Texts that change as time goes by: "in 12 s", counting down, and "12 s ago".

import { h } from '../dom.js';
import { duration, since } from '../format.js';

export const countdown = (until) => h('span', { class: 'countdown', 'data-until': until }, left(until));

export const ago = (time) => h('span', { 'data-since': time }, past(time));

/** Keeps those within a place right. @returns {function(): void} ends it */
export function startClocks(place) {
  const timer = setInterval(() => {
    place.querySelectorAll('[data-until]').forEach((element) => set(element, left(element.dataset.until)));
    place.querySelectorAll('[data-since]').forEach((element) => set(element, past(element.dataset.since)));
  }, 500);

  return () => clearInterval(timer);
}

function set(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function left(until) {
  const time = new Date(until).getTime() - Date.now();
  return time > 0 ? `in ${duration(Math.ceil(time / 1_000) * 1_000)}` : 'any moment now';
}

function past(time) {
  const seconds = Math.floor(since(time) / 1_000);
  return seconds === 0 ? 'just now' : `${duration(seconds * 1_000)} ago`;
}
