// What needs somebody to look at it.

import { h } from '../dom.js';
import { count, duration, moment, number, since } from '../format.js';
import { badge } from '../status.js';
import { failedSince, stillOpen } from './overview-tiles.js';

export const notice = (summary) =>
  !summary.complete
  && h('p', { class: 'notice' }, 'More are open or have failed than are looked at for one summary: there are at least as many as this page says. Failures were looked at back to ', moment(summary.since), '.');

export const openNow = (summary) =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'open-title' },
    h('h2', { id: 'open-title' }, 'Open now'),
    summary.open === 0 ? h('p', { class: 'quiet' }, 'None: everything has come to an end.') : [h('dl', { class: 'figures' }, byStatus(summary)), oldest(summary)],
  );

const byStatus = (summary) => [
  openOf(summary, 'Pending', summary.byStatus.pending, { status: 'PENDING' }),
  openOf(summary, 'Queued', summary.byStatus.queued, { status: 'QUEUED' }),
  openOf(summary, 'Processing', summary.byStatus.processing, { status: 'PROCESSING' }),
  openOf(summary, 'Retry to come', summary.byStatus.waitingForRetry, { status: 'FAILED', final: 'false' }),
  Object.entries(summary.byStatus.other ?? {}).map(([status, value]) => figure(status, number(value))),
];

const openOf = (summary, name, value, filters) => figure(name, value === 0 ? number(0) : h('a', { href: stillOpen(summary, filters) }, number(value)));

/** Of those that are due: one that is scheduled for later has nothing to wait for. */
const oldest = ({ oldestOpen }) =>
  oldestOpen && [
    h('p', {}, 'The oldest: ', badge(oldestOpen), ' waits for ', h('strong', {}, age(oldestOpen.createdAt))),
    h('p', {}, h('a', { class: 'code', href: `/notifications/${oldestOpen.id}` }, oldestOpen.id), ' to ', h('span', { class: 'url' }, oldestOpen.host)),
  ];

/** In steps that do not change with every look. */
const age = (createdAt) => duration(Math.max(1_000, Math.floor(since(createdAt) / 1_000) * 1_000));

export const queue = (report) =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'queue-title' },
    h('h2', { id: 'queue-title' }, 'Queue'),
    report
      ? [
        h('dl', { class: 'figures' }, figure('Waiting', number(report.waiting)), figure('In flight', number(report.inFlight)), figure('Dead letters', number(report.deadLetters), report.deadLetters > 0)),
        h('p', { class: 'quiet small' }, 'As of ', moment(report.readAt), report.deadLetters > 0 && '. Workers failed on dead letters again and again; their notifications are dispatched anew when due.'),
      ]
      : h('p', { class: 'quiet' }, 'Nothing is known yet: intake reports every half minute.'),
  );

const figure = (name, value, isBad = false) => h('div', { class: isBad ? 'bad-figure' : null }, h('dt', {}, name), h('dd', {}, value));

export const hosts = (summary) =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'hosts-title' },
    h('h2', { id: 'hosts-title' }, 'Hosts in trouble'),
    summary.hostsInTrouble.length === 0 ? h('p', { class: 'quiet' }, 'None.') : hostTable(summary),
  );

const COLUMNS = ['Host', 'Failed for good', 'Retry to come', 'Delivered', 'Last error'];

const hostTable = (summary) =>
  h(
    'table',
    { class: 'table wide flat' },
    h('caption', { class: 'unseen' }, 'Hosts in trouble, the worst first'),
    h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, summary.hostsInTrouble.map((host) => row(host, summary))),
  );

const row = (host, summary) =>
  h(
    'tr',
    { 'data-key': host.host },
    h('th', { scope: 'row', 'data-label': COLUMNS[0] }, h('a', { class: 'url', href: failedSince(summary, { host: host.host }) }, host.host)),
    h('td', { 'data-label': COLUMNS[1] }, number(host.failed)),
    h('td', { 'data-label': COLUMNS[2] }, number(host.waitingForRetry)),
    h('td', { 'data-label': COLUMNS[3] }, `${number(host.succeeded)} of ${count(host.notifications, 'notification')}`),
    h('td', { 'data-label': COLUMNS[4] }, host.lastErrorCode ? h('span', {}, h('span', { class: 'code' }, host.lastErrorCode), ' ', h('span', { class: 'quiet' }, moment(host.lastFailureAt))) : '–'),
  );
