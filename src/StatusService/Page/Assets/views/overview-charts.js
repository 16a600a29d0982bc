// What happened in each piece of the window, and how fast.

import { chart } from '../charts.js';
import { h } from '../dom.js';
import { clock, day } from '../format.js';
import { COUNTS, DURATIONS } from '../scales.js';

const NARROWEST = 200;
const QUARTER_OF_A_DAY = 21_600;

const DELIVERED = { key: 'good', name: 'Delivered', of: (bucket) => bucket.succeeded };
const FAILED = { key: 'bad', name: 'Failed for good', of: (bucket) => bucket.failed };
const ACCEPTED = { key: 'accepted', name: 'Accepted', of: (bucket) => bucket.accepted };
const ATTEMPTS = { key: 'attempts', name: 'Attempts', of: (bucket) => bucket.attempts };

/** With what holds for the whole window. */
const within = (summary) => [
  { key: 'p50', name: 'Half within', of: (bucket) => bucket.latencyP50, whole: summary.latencyP50 },
  { key: 'p90', name: '90 % within', of: (bucket) => bucket.latencyP90, whole: summary.latencyP90 },
  { key: 'p99', name: '99 % within', of: (bucket) => bucket.latencyP99, whole: summary.latencyP99 },
];

export function charts(summary, width) {
  const common = {
    width,
    points: summary.series,
    column: 'From',
    label: ({ start }) => (summary.bucketSeconds >= 3_600 ? `${day(new Date(start))} ` : '') + clock(new Date(start)),
    tick: ({ start }) => (summary.bucketSeconds >= QUARTER_OF_A_DAY ? day : clock)(new Date(start)),
  };

  return [
    chart({ ...common, key: 'throughput', title: 'Notifications over time', bars: [DELIVERED, FAILED], lines: [ACCEPTED, ATTEMPTS], measure: COUNTS }),
    chart({ ...common, key: 'latency', title: 'Time from acceptance to delivery', lines: within(summary), measure: DURATIONS }),
  ];
}

/** How wide a chart is, measured on an empty one that is laid out like the others. */
export function chartRoom() {
  const inside = h('div', {});
  const probe = h('div', { class: 'pair probe', 'aria-hidden': 'true' }, h('div', { class: 'chart' }, inside), h('div', { class: 'chart' }));

  return {
    probe,
    width: () => Math.max(NARROWEST, inside.clientWidth),

    /** @returns {function(): void} ends it */
    whenItChanges(changed) {
      const observer = new ResizeObserver(changed);
      observer.observe(inside);
      return () => observer.disconnect();
    },
  };
}
