// The figures of the window, each leading to its notifications, and what they may lack.

import { h } from '../dom.js';
import { number } from '../format.js';
import { withParameters } from '../router.js';
import { icon } from '../status.js';
import { fitsIntoList } from '../times.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** As far as a list goes back, with a day in hand for an address that is kept. */
const MONTH_MS = 30 * DAY_MS;

/** What the schedule without another takes until it fails for good, receivers that are down included. */
const RETRIES_MS = 2 * DAY_MS;

/** Windows up to this length are added up from counters that are written every few seconds. */
const FINE_MS = 6 * HOUR_MS;

export const tiles = (summary) => [
  h(
    'ul',
    { class: 'tiles', 'aria-label': 'Notifications' },
    tile('moving', 'Accepted', counted(summary.notifications), listed(summary)),
    tile('good', 'Delivered', counted(summary.byStatus.success), listed(summary, 'SUCCESS')),
    tile('bad', 'Failed for good', lookedUp(summary, summary.byStatus.failed), failedSince(summary, { final: 'true' })),
    tile('moving', 'Attempts', counted(summary.attempts)),
    tile('waiting', 'Open now', lookedUp(summary, summary.open), stillOpen(summary)),
  ),
  h('p', { class: 'quiet small' }, lacking(summary)),
];

/** A list of failures that has those of the window, also of notifications that were created before it. */
export const failedSince = (summary, filters) =>
  withParameters('/notifications', { status: 'FAILED', ...filters, from: before(summary.since, RETRIES_MS, 1) });

const listed = (summary, status) => (fitsIntoList(summary) ? withParameters('/notifications', { status, from: summary.from }) : null);

/** A list of what is open, by status if so wished. */
export const stillOpen = ({ madeAt }, filters = { final: 'false' }) => withParameters('/notifications', { ...filters, from: before(madeAt, MONTH_MS, HOUR_MS) });

/** Rounded down, so that links stay the same for a while. */
const before = (time, milliseconds, step) => new Date(Math.floor((new Date(time).getTime() - milliseconds) / step) * step).toISOString();

const counted = (value) => ({ text: number(value), isNone: value === 0 });

const lookedUp = ({ complete }, value) => ({ ...counted(value), atLeast: !complete });

function tile(kind, name, { text, isNone, atLeast }, href = null) {
  const content = [
    h('span', { class: 'tile-name' }, icon(kind), name),
    h('span', { class: 'tile-value' }, atLeast && h('span', { class: 'small' }, 'at least '), h('strong', {}, text)),
  ];

  return h('li', { 'data-key': name }, h(href ? 'a' : 'div', { class: `tile ${isNone ? 'none' : kind}`, href }, content));
}

/** What a process that is killed takes with it. */
function lacking({ from, to, complete }) {
  const seconds = new Date(to) - new Date(from) <= FINE_MS ? 5 : 60;

  return `Accepted, delivered, attempts and times are counted as they happen, and come here within seconds. When a process is killed, what it counted in its last ${seconds} seconds is missing; what was written while DynamoDB did not answer may be, too.`
    + (complete ? ' What is open or has failed is looked up, and is exact.' : '');
}
