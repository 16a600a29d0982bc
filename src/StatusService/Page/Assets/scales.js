// What a chart measures: counts, or durations in milliseconds. Each has a text for a value, and a scale whose end and middle are round.

import { duration, number } from './format.js';

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ends of scales that read as one number and one unit, and whose half does too. */
const ROUND_DURATIONS = [
  ...[1, 2, 4, 6, 10, 20, 40, 60, 100, 200, 400, 600],
  ...[1, 2, 4, 6, 10, 20, 40].map((seconds) => seconds * SECOND),
  ...[1, 2, 4, 6, 10, 20, 40].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR),
];

/**
 * @typedef {object} Measure
 * @property {function(number): string} text a value in full, for the table
 * @property {function(number): string} tick the end of a scale, its half or zero, in short
 * @property {function(number): number} end of a scale that holds this value
 */

/** @type {Measure} */
export const COUNTS = { text: number, tick: COMPACT.format, end: (value) => roundNumber(value, 2) };

/** @type {Measure} */
export const DURATIONS = {
  text: duration,
  tick: (value) => (value === 0 ? '0' : duration(value)),
  end: (value) => ROUND_DURATIONS.find((round) => round >= value) ?? roundNumber(value / DAY, 1) * DAY,
};

/** The next number whose half is round too. */
function roundNumber(value, least) {
  const size = 10 ** Math.floor(Math.log10(Math.max(value, least)));
  return [1, 2, 4, 6, 10].map((factor) => factor * size).find((round) => round >= value && round >= least);
}
