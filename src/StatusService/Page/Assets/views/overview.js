// How it is going: what became of what was posted, how fast, and what needs somebody to look at it.

import { get, isOperator } from '../api.js';
import { announce } from '../announce.js';
import { lines, stackedBars } from '../charts.js';
import { h, show } from '../dom.js';
import { clock, day, duration, number } from '../format.js';
import { keepLoading } from '../live.js';
import { parameters, withParameters } from '../router.js';
import { hosts, notice, oldest, queue } from './overview-cards.js';
import { tiles } from './overview-tiles.js';
import { unreadable } from './unreadable.js';

const WINDOWS = { '1h': ['Last hour', 3_600_000, 15_000], '24h': ['Last day', 86_400_000, 60_000], '7d': ['Last 7 days', 604_800_000, 600_000] };
const NARROWEST = 260;

const SUCCEEDED = { key: 'good', name: 'Delivered', of: (bucket) => bucket.succeeded };
const FAILED = { key: 'bad', name: 'Failed', of: (bucket) => bucket.failed };
const OPEN = { key: 'wait', name: 'Still open', of: (bucket) => bucket.accepted - bucket.succeeded - bucket.failed };
const HALF = { key: 'p50', name: 'Half took at most', of: (bucket) => bucket.latencyP50 };
const MOST = { key: 'p99', name: '99 of 100 took at most', of: (bucket) => bucket.latencyP99 };

export const overview = () => {
  let updates = null;
  let ends = [];

  return {
    name: 'overview',
    title: 'Overview',

    open(place) {
      const chosen = WINDOWS[parameters().window] ? parameters().window : '1h';
      const content = h('div', {});
      let last = null;

      place.append(h('div', { class: 'row spread' }, h('h1', {}, 'Overview'), windows(chosen)), content);
      show(content, h('p', { class: 'quiet' }, 'Loading…'));

      const draw = (answer) => {
        last = answer;
        show(content, body(answer, (content.clientWidth || NARROWEST)));
      };

      updates = keepLoading((signal) => load(chosen, signal), draw, {
        every: 3_000,
        failed: (problem) => {
          show(content, h('p', { class: 'problem' }, problem.text));
          announce(problem.text);
        },
      });

      const resized = () => last && draw(last);
      addEventListener('resize', resized);
      ends = [() => removeEventListener('resize', resized)];
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };
};

const windows = (chosen) =>
  h('nav', { class: 'windows', 'aria-label': 'Time shown' }, Object.entries(WINDOWS).map(([key, [name]]) => h('a', { href: withParameters('/', { window: key }), 'aria-current': key === chosen ? 'true' : null }, name)));

/** The window's start is rounded, so that those who look at the same time get the same answer. */
async function load(chosen, signal) {
  const [, length, step] = WINDOWS[chosen];
  const from = new Date(Math.floor((Date.now() - length) / step) * step).toISOString();
  const [summary, report] = await Promise.all([get(withParameters('/v1/summary', { from }), signal), isOperator() ? get('/page/queue', signal) : null]);

  return { summary, report };
}

const body = ({ summary, report }, width) => [
  notice(summary),
  unreadable(summary.unreadable, summary.unreadableCount),
  tiles(summary),
  h('div', { class: 'pair' }, charts(summary, width > 800 ? (width - 16) / 2 - 42 : width - 42)),
  h('div', { class: 'pair' }, oldest(summary), isOperator() && queue(report)),
  hosts(summary),
];

const charts = (summary, width) => {
  const common = {
    width: Math.max(NARROWEST, Math.floor(width)),
    points: summary.series,
    column: 'From',
    label: ({ start }) => (summary.bucketSeconds >= 3_600 ? `${day(new Date(start))} ` : '') + clock(new Date(start)),
  };

  return [
    stackedBars({ ...common, key: 'throughput', title: 'Notifications by time of creation', series: [SUCCEEDED, FAILED, OPEN], value: number }),
    lines({ ...common, key: 'latency', title: 'Time from acceptance to delivery', series: [HALF, MOST], value: duration }),
  ];
};
