// An attempt's time as a bar from left to right, one part for each phase. All bars of a notification have the same scale.

import { h, svg } from '../dom.js';
import { duration } from '../format.js';

const PHASES = [
  ['dns', 'DNS'],
  ['connect', 'connect'],
  ['tls', 'TLS'],
  ['ttfb', 'waiting for the answer'],
  ['body', 'body'],
];

const WIDTH = 1_000;
const HEIGHT = 14;
const NARROWEST = 4;

/** @param {number} longest milliseconds of the longest attempt */
export function waterfall(attempt, timings, longest) {
  const parts = phases(attempt, timings);
  const text = parts.map(({ name, time }) => `${name} ${duration(time)}`).join(', ');

  return h(
    'div',
    { class: 'waterfall' },
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Time of attempt ${attempt.number}: ${text}` },
      svg('rect', { class: 'track', width: WIDTH, height: HEIGHT, rx: 3 }),
      bars(parts, longest),
    ),
    h('ul', { class: 'legend', 'aria-hidden': 'true' }, parts.map(({ key, name, time }) => h('li', { class: `phase-${key}` }, `${name} ${duration(time)}`)), timings?.reused && h('li', { class: 'quiet plain-item' }, 'connection reused')),
  );
}

/** Phases that took place; what they leave of the whole is the rest, such as reading what was stored. */
function phases(attempt, timings) {
  const known = PHASES.filter(([key]) => typeof timings?.[key] === 'number').map(([key, name]) => ({ key, name, time: timings[key] }));
  const rest = attempt.responseTime - known.reduce((sum, { time }) => sum + time, 0);

  if (known.length === 0) {
    return [{ key: 'whole', name: 'whole attempt', time: attempt.responseTime }];
  }

  return rest > attempt.responseTime / 50 ? [...known, { key: 'rest', name: 'other', time: rest }] : known;
}

function bars(parts, longest) {
  let x = 0;

  return parts.map(({ key, name, time }) => {
    const width = Math.max(NARROWEST, (time / longest) * (WIDTH - NARROWEST * parts.length));
    const bar = svg('rect', { class: `phase-${key}`, x, width, height: HEIGHT }, svg('title', {}, `${name} ${duration(time)}`));
    x += width;
    return bar;
  });
}
