// What failed for good in the window: how often, at which host, with which error.

import { h } from '../dom.js';
import { count, moment, number } from '../format.js';
import { failedSince } from './overview-tiles.js';

const COLUMNS = ['Host and error', 'Kind', 'Failed for good', 'Last'];

export function failures(summary) {
  const others = summary.byStatus.failed - summary.failures.reduce((sum, group) => sum + group.count, 0);

  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'failures-title' },
    h('h2', { id: 'failures-title' }, 'Failures'),
    summary.failures.length === 0 ? h('p', { class: 'quiet' }, 'Nothing has failed for good in this time.') : table(summary),
    others > 0 && h('p', { class: 'quiet' }, `${count(others, 'other')}, each of a kind that failed less often.`),
    summary.redelivered > 0 && h('p', { class: 'quiet' }, `Set to be delivered again in this time: ${number(summary.redelivered)}. What failed before that is in the chart, but not here.`),
  );
}

const table = (summary) =>
  h(
    'table',
    { class: 'table wide flat' },
    h('caption', { class: 'unseen' }, 'Failures by host and error, the most frequent first'),
    h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, summary.failures.map((group) => row(group, summary))),
  );

const row = ({ host, errorCode, category, count: times, lastFailureAt, lastId }, summary) =>
  h(
    'tr',
    { 'data-key': `${host} ${errorCode} ${category}` },
    h('th', { scope: 'row', 'data-label': COLUMNS[0] }, h('a', { class: 'group', href: failedSince(summary, { final: 'true', host, category }) }, h('span', { class: 'url' }, host), ' ', h('span', { class: 'code' }, errorCode ?? category))),
    h('td', { 'data-label': COLUMNS[1] }, category),
    h('td', { 'data-label': COLUMNS[2] }, number(times)),
    h('td', { 'data-label': COLUMNS[3] }, h('a', { href: `/notifications/${encodeURIComponent(lastId)}` }, moment(lastFailureAt))),
  );
