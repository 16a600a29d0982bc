// Bulk redelivery: a form for a new one, and those there have been.

import { get, isOperator, send } from '../api.js';
import { confirmed } from '../confirm.js';
import { h, show } from '../dom.js';
import { count, moment } from '../format.js';
import { keepLoading } from '../live.js';
import { parameters } from '../router.js';
import { missing } from './missing.js';
import { bulkForm } from './redelivery-form.js';
import { jobBadge } from './redelivery.js';

export const redeliveries = () => {
  let updates = null;

  return {
    name: 'redeliveries',
    title: 'Redeliveries',

    open(place, router) {
      if (!isOperator()) {
        missing('Redelivery in bulk is for operators.').open(place);
        return;
      }

      const jobs = h('div', {});
      place.append(h('h1', {}, 'Redeliveries'), bulkForm(parameters(), (filter) => create(filter, router)), h('h2', {}, 'So far'), jobs);
      show(jobs, h('p', { class: 'quiet' }, 'Loading…'));
      updates = keepLoading((signal) => get('/page/redeliveries', signal), ({ items }) => show(jobs, table(items)));
    },

    close: () => updates?.stop(),
  };
};

async function create(filter, router) {
  const sure = await confirmed({
    title: 'Deliver all of these again?',
    text: 'Every notification in this time that has failed for good gets a fresh round of attempts. It can be stopped, but what was sent stays sent.',
    action: 'Deliver all again',
  });

  if (sure) {
    const job = await send('POST', '/page/redeliveries', filter);
    router.go(`/redeliveries/${encodeURIComponent(job.id)}`);
  }
}

const table = (jobs) =>
  jobs.length === 0
    ? h('p', { class: 'notice' }, 'There has been none.')
    : h(
      'table',
      { class: 'table wide' },
      h('caption', { class: 'unseen' }, 'Bulk redeliveries, newest first'),
      h('thead', {}, h('tr', {}, ['Status', 'Begun', 'Job', 'Host or endpoint', 'Delivered again'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, jobs.map(row)),
    );

const row = (job) =>
  h(
    'tr',
    { 'data-key': job.id },
    h('td', { 'data-label': 'Status' }, jobBadge(job)),
    h('td', { 'data-label': 'Begun' }, moment(job.createdAt)),
    h('th', { scope: 'row', 'data-label': 'Job' }, h('a', { class: 'code', href: `/redeliveries/${encodeURIComponent(job.id)}` }, job.id)),
    h('td', { 'data-label': 'Host or endpoint' }, job.filter.host ?? job.filter.endpointId ?? 'all'),
    h('td', { 'data-label': 'Delivered again' }, count(job.counts.redelivered, 'notification')),
  );
