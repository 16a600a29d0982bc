// How times, durations and numbers read. Times are local; their title and datetime have the whole of it.

import { h } from './dom.js';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const EXACT = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const SHORT = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY_ONLY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const NUMBER = new Intl.NumberFormat('en');

const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]];

export const number = (value) => NUMBER.format(value);

export const day = (date) => DAY_ONLY.format(date);

export const clock = (date) => SHORT.format(date);

/** "1 notification", "2 notifications" */
export const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Milliseconds as people say them: 5.8 ms, 340 ms, 1.2 s, 3 min 20 s, 2 h 5 min. */
export function duration(milliseconds) {
  if (milliseconds < 1_000) {
    return `${milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds)} ms`;
  }

  if (milliseconds < 60_000) {
    return `${milliseconds < 10_000 ? Math.round(milliseconds / 100) / 10 : Math.floor(milliseconds / 1_000)} s`;
  }

  const first = UNITS.findIndex(([, size]) => milliseconds >= size);
  const [unit, size] = UNITS[first];
  const [smaller, smallerSize] = UNITS[first + 1];
  const rest = Math.floor((milliseconds % size) / smallerSize);

  return `${Math.floor(milliseconds / size)} ${unit}${rest > 0 ? ` ${rest} ${smaller}` : ''}`;
}

/** A moment, to the second, with its day unless that is today. */
export const moment = (text) => time(text, TIME);

/** A moment to the millisecond. */
export const exactly = (text) => time(text, EXACT);

function time(text, format) {
  const date = new Date(text);
  const day = DAY.format(date) === DAY.format(new Date()) ? '' : `${DAY.format(date)}, `;

  return h('time', { datetime: text, title: `${DAY.format(date)}, ${EXACT.format(date)}` }, day + format.format(date));
}

export const since = (text) => Math.max(0, Date.now() - new Date(text).getTime());
