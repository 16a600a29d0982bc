// Counts by status, each leading to its notifications.

import { h } from '../dom.js';
import { number } from '../format.js';
import { withParameters } from '../router.js';
import { icon } from '../status.js';

const TILES = [
  ['waiting', 'PENDING', 'Pending', (counts) => counts.pending],
  ['waiting', 'QUEUED', 'Queued', (counts) => counts.queued],
  ['moving', 'PROCESSING', 'Processing', (counts) => counts.processing],
  ['good', 'SUCCESS', 'Delivered', (counts) => counts.success],
  ['waiting', 'FAILED', 'Retry to come', (counts) => counts.waitingForRetry],
  ['bad', 'FAILED', 'Failed for good', (counts) => counts.failed - counts.waitingForRetry],
];

export const tiles = (summary) =>
  h('ul', { class: 'tiles', 'aria-label': 'Notifications by status' }, TILES.map(([kind, status, name, of]) => tile(kind, name, of(summary.byStatus), withParameters('/notifications', { status, from: summary.since }))));

const tile = (kind, name, value, href) =>
  h('li', { 'data-key': name }, h('a', { class: `tile ${value > 0 ? kind : 'none'}`, href }, h('span', { class: 'tile-name' }, icon(kind), name), h('strong', {}, number(value))));
