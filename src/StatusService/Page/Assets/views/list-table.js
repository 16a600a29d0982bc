// Notifications as a table; on a narrow screen each row becomes a card with the column's name beside each value.

import { isOperator } from '../api.js';
import { h } from '../dom.js';
import { duration, moment } from '../format.js';
import { badge, outcome } from '../status.js';
import { order } from './list-words.js';
import { waiting } from './waiting.js';

const COLUMNS = ['Status', 'Created', 'Receiver', 'Correlation id', 'Last attempt'];

export const table = (notifications, query) =>
  h(
    'table',
    { class: 'table wide', 'data-key': 'table' },
    h('caption', { class: 'unseen' }, `Notifications, ${order(query)}`),
    h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, notifications.map(row)),
  );

const row = (notification) =>
  h(
    'tr',
    { 'data-key': notification.id },
    cell(0, badge(notification), ...waiting(notification)),
    cell(1, moment(notification.createdAt)),
    h('th', { scope: 'row', 'data-label': COLUMNS[2] }, link(notification)),
    cell(3, notification.correlationId ? h('span', { class: 'code' }, notification.correlationId) : h('span', { class: 'quiet' }, '–')),
    cell(4, lastAttempt(notification)),
  );

const cell = (column, ...content) => h('td', { 'data-label': COLUMNS[column] }, h('span', {}, ...content));

const link = ({ id, method, url, owner, eventType, tenant }) =>
  h('a', { href: `/notifications/${id}` }, h('span', { class: 'url' }, `${method} ${withoutScheme(url)}`), h('span', { class: 'quiet small' }, h('span', { class: 'code' }, id), isOperator() && ` of ${owner}`), eventType && h('span', { class: 'quiet small' }, h('span', { class: 'code' }, eventType), ` for ${tenant}`));

const withoutScheme = (url) => url.replace(/^https?:\/\//, '');

function lastAttempt(notification) {
  const last = notification.history.at(-1);

  if (!last) {
    return h('span', { class: 'quiet' }, 'none yet');
  }

  const time = last.responseTime === undefined ? '' : ` in ${duration(last.responseTime)}`;
  return [`#${last.number}: ${outcome(last)}`, h('span', { class: 'quiet' }, time)];
}
