// One bulk redelivery: how far it is, and the way to stop it.

import { get, isOperator, send } from '../api.js';
import { announce } from '../announce.js';
import { confirmed } from '../confirm.js';
import { h, onAction, show } from '../dom.js';
import { count, moment, number } from '../format.js';
import { keepLoading } from '../live.js';
import { withParameters } from '../router.js';
import { icon } from '../status.js';
import { endpointAddress, tenantAddress } from '../tenants.js';
import { fitsIntoList } from '../times.js';
import { missing } from './missing.js';

const KINDS = { RUNNING: 'moving', COMPLETED: 'good', CANCELLED: 'bad' };

export const jobBadge = ({ status }) => h('span', { class: `badge ${KINDS[status]}` }, icon(KINDS[status]), status);

export const redelivery = (id) => {
  let updates = null;
  let end = () => {};
  let status = null;
  const path = `/page/redeliveries/${encodeURIComponent(id)}`;

  return {
    name: 'redelivery',
    title: `Redelivery ${id}`,

    open(place) {
      if (!isOperator()) {
        missing('Redelivery in bulk is for operators.').open(place);
        return;
      }

      const message = h('p', { class: 'problem', role: 'alert' });
      const content = h('div', {});
      place.append(h('p', { class: 'crumbs' }, h('a', { href: '/redeliveries' }, 'Redeliveries')), h('h1', { class: 'code' }, id), message, content);

      updates = keepLoading((signal) => get(path, signal), (job) => {
        show(content, progress(job));
        tell(job);
      }, { every: 1_000, failed: (problem) => show(content, h('p', { class: 'problem' }, problem.text)) });

      end = onAction(place, { stop: () => stop(path, message).then(updates.now) });
    },

    close() {
      updates?.stop();
      end();
    },
  };

  function tell(job) {
    if (status && status !== job.status) {
      announce(`The redelivery is ${job.status}: ${count(job.counts.redelivered, 'notification')} delivered again.`);
    }

    status = job.status;
  }
};

async function stop(path, message) {
  const sure = await confirmed({
    title: 'Stop this redelivery?',
    text: 'What it has delivered again stays so; the rest is left as it is.',
    action: 'Stop it',
    keep: 'Let it go on',
    danger: true,
  });

  if (sure) {
    message.textContent = await send('DELETE', path).then(() => '', (error) => error.text ?? 'The service does not answer.');
  }
}

const progress = (job) => [
  h('div', { class: 'row spread' }, jobBadge(job), job.status === 'RUNNING' && h('button', { type: 'button', class: 'danger', 'data-action': 'stop' }, 'Stop…')),
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'progress-title' },
    h('h2', { id: 'progress-title' }, 'Progress'),
    h('label', { for: 'progress' }, `${percent(job)} % of the time looked at`),
    h('progress', { id: 'progress', max: 100, value: percent(job) }, `${percent(job)} %`),
    job.status === 'RUNNING' && h('p', { class: 'quiet' }, 'From the newest failure to the oldest: what failed since ', moment(job.reached), ' has been looked at.'),
    h(
      'dl',
      { class: 'figures' },
      figure('Failures looked at', job.counts.seen),
      figure('Chosen', job.counts.matched),
      figure('Delivered again', job.counts.redelivered),
      figure('Moved on meanwhile', job.counts.skipped),
      job.counts.unreadable > 0 && figure('Cannot be read', job.counts.unreadable),
    ),
    fitsIntoList(job.filter) && h('p', {}, h('a', { href: withParameters('/notifications', { from: job.filter.from, to: job.filter.to, host: job.filter.host, endpoint: job.filter.endpointId, owner: job.filter.owner }) }, 'Its notifications')),
  ),
  h(
    'dl',
    { class: 'facts card' },
    fact('Created from', moment(job.filter.from)),
    fact('until', moment(job.filter.to)),
    fact('Host', job.filter.host ?? 'all'),
    job.filter.tenant && fact('Tenant', h('a', { href: tenantAddress(job.filter.tenant, job.filter.owner) }, job.filter.tenant)),
    job.filter.endpointId && fact('Endpoint', h('a', { class: 'code', href: endpointAddress(job.filter.tenant, job.filter.endpointId, job.filter.owner) }, job.filter.endpointId)),
    job.filter.held ? fact('What', 'held while the endpoint was paused') : fact('Kind of failure', job.filter.category ?? 'all'),
    fact('Begun', moment(job.createdAt)),
    job.finishedAt && fact('Ended', moment(job.finishedAt)),
  ),
];

const percent = (job) => (job.status === 'COMPLETED' ? 100 : Math.floor(100 * job.progress));

const figure = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, number(value)));

const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));
