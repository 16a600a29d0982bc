// One event: what happened, whom it was for, and where each of its notifications is.

import { get } from '../api.js';
import { announce } from '../announce.js';
import { copyButton, copyText } from '../copy.js';
import { h, onAction, show } from '../dom.js';
import { withCorrelationId } from '../find.js';
import { count, moment } from '../format.js';
import { keepLoading } from '../live.js';
import { badge } from '../status.js';
import { endpointAddress, tenantAddress } from '../tenants.js';
import { startClocks } from './clocks.js';
import { unlessMissing } from './missing.js';
import { waiting } from './waiting.js';

export const event = (id) => {
  let updates = null;
  let ends = [];
  let open = null;

  return {
    name: 'event',
    title: `Event ${id}`,

    open(place) {
      const message = h('p', { class: 'problem', role: 'alert' });
      const content = h('div', {});
      place.append(message, content);
      show(content, h('p', { class: 'quiet' }, 'Loading…'));

      const changed = (happened) => {
        show(content, body(happened));
        tell(happened);
      };

      updates = keepLoading((signal) => get(`/v1/events/${encodeURIComponent(id)}`, signal), changed, {
        every: 2_000,
        failed: unlessMissing(
          place,
          message,
          () => updates.stop(),
          `There is no event ${id}, or it is not yours. `,
          'One is kept for a limited time. ',
          h('a', { href: withCorrelationId(id) }, 'Look for it as a correlation id'),
        ),
      });

      ends = [startClocks(content, () => updates.now()), onAction(place, { copy: copyText })];
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };

  /** Once, when nothing is open any more. */
  function tell({ notifications }) {
    const now = notifications.filter(({ final }) => final === false).length;

    if (open > 0 && now === 0) {
      announce('All notifications of the event have come to their end.');
    }

    open = now;
  }
};

const body = (happened) => [
  h('p', { class: 'crumbs' }, h('a', { href: '/tenants' }, 'Tenants'), ' › ', h('a', { href: tenantAddress(happened.tenant, happened.owner) }, happened.tenant)),
  h('h1', { class: 'url' }, happened.type),
  h(
    'dl',
    { class: 'facts card' },
    fact('Id', h('span', { class: 'code' }, happened.id), ' ', copyButton(happened.id, 'the id')),
    fact('Tenant', h('a', { href: tenantAddress(happened.tenant, happened.owner) }, happened.tenant)),
    fact('Owner', happened.owner),
    happened.correlationId && fact('Correlation id', h('a', { class: 'code', href: withCorrelationId(happened.correlationId) }, happened.correlationId)),
    fact('Created', moment(happened.createdAt)),
    happened.deliverAt && fact('Scheduled for', moment(happened.deliverAt)),
    fact('Body', count(happened.payloadBytes, 'byte')),
  ),
  h('h2', {}, 'Notifications'),
  happened.notifications.length > 0
    ? [h('p', { class: 'quiet' }, `It was for ${count(happened.matched, 'endpoint')}.`), table(happened)]
    : h('p', { class: 'notice' }, 'When it was accepted, no endpoint of the tenant took its type.'),
];

const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));

const COLUMNS = ['Status', 'Notification', 'Endpoint', 'Attempts'];

const table = (happened) =>
  h(
    'table',
    { class: 'table wide list' },
    h('caption', { class: 'unseen' }, 'Notifications of the event, one for each endpoint'),
    h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, happened.notifications.map((one) => row(one, happened))),
  );

/** Without a status it is not kept any more. */
const row = (one, { tenant, owner }) =>
  h(
    'tr',
    { 'data-key': one.id },
    h('td', { 'data-label': COLUMNS[0] }, h('span', {}, one.status ? [badge(one), waiting({ ...one, tenant, owner })] : 'not kept any more')),
    h('th', { scope: 'row', 'data-label': COLUMNS[1] }, one.status ? h('a', { href: `/notifications/${one.id}` }, h('span', { class: 'url' }, one.url), h('span', { class: 'code quiet small' }, one.id)) : h('span', { class: 'code' }, one.id)),
    h('td', { 'data-label': COLUMNS[2] }, h('a', { class: 'code', href: endpointAddress(tenant, one.endpointId, owner) }, one.endpointId)),
    h('td', { 'data-label': COLUMNS[3] }, one.attemptsMade ?? '–'),
  );
