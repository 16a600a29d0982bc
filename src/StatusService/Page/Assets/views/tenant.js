// One tenant: its endpoints, and a form for a further one.

import { get, isOperator, send } from '../api.js';
import { announce } from '../announce.js';
import { h, show } from '../dom.js';
import { count } from '../format.js';
import { keepLoading } from '../live.js';
import { withParameters } from '../router.js';
import { changePath, endpointAddress, ownerHere, readPath } from '../tenants.js';
import { startClocks } from './clocks.js';
import { endpointForm } from './endpoint-form.js';
import { endpointBadge, stateWords } from './endpoint-state.js';

export const tenant = (encoded) => {
  const name = decodeURIComponent(encoded);
  const owner = ownerHere();
  let updates = null;
  let end = () => {};

  return {
    name: 'tenant',
    title: `Tenant ${name}`,

    open(place, router) {
      const list = h('div', {});
      const add = h('details', { class: 'card' }, h('summary', {}, h('h2', {}, 'Add an endpoint')), endpointForm(null, create));

      place.append(
        h('p', { class: 'crumbs' }, h('a', { href: '/tenants' }, 'Tenants')),
        h('h1', {}, `Tenant ${name}`),
        h('p', { class: 'quiet' }, isOperator() && `Of the owner ${owner}. `, h('a', { href: withParameters('/notifications', { tenant: name, owner: isOperator() ? owner : '' }) }, 'Its notifications')),
        list,
        add,
      );
      show(list, h('p', { class: 'quiet' }, 'Loading…'));

      updates = keepLoading((signal) => get(readPath(name, owner), signal), ({ items }) => show(list, items.length > 0 ? table(items) : none()), {
        every: 5_000,
        failed: (problem) => {
          // A tenant begins with its first endpoint.
          if (problem.status === 404) {
            updates.stop();
            show(list, none());
            add.open = true;
          } else {
            show(list, h('p', { class: 'problem', role: 'alert' }, problem.text));
          }
        },
      });

      end = startClocks(list, () => updates.now());

      async function create(fields) {
        const made = await send('POST', changePath(name, owner), fields);
        router.go(endpointAddress(name, made.id, owner));
        announce('The endpoint is added. It gets the tenant’s events from now on; its secret is shown when you ask for it.');
      }
    },

    close() {
      updates?.stop();
      end();
    },
  };
};

const none = () => h('p', { class: 'notice' }, 'This tenant has no endpoint: nobody gets its events.');

const COLUMNS = ['Endpoint', 'Status', 'Events'];

const table = (endpoints) => [
  h('p', { class: 'quiet' }, `${count(endpoints.length, 'endpoint')}.`),
  h(
    'table',
    { class: 'table wide list' },
    h('caption', { class: 'unseen' }, 'Endpoints, the oldest first'),
    h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, endpoints.map(row)),
  ),
];

const row = (endpoint) =>
  h(
    'tr',
    { 'data-key': endpoint.id },
    h(
      'th',
      { scope: 'row', 'data-label': COLUMNS[0] },
      h(
        'a',
        { href: endpointAddress(endpoint.tenant, endpoint.id, endpoint.owner) },
        h('span', { class: 'url' }, endpoint.url),
        h('span', { class: 'quiet small' }, endpoint.description && `${endpoint.description} · `, h('span', { class: 'code' }, endpoint.id)),
      ),
    ),
    h('td', { 'data-label': COLUMNS[1] }, h('span', {}, endpointBadge(endpoint), h('span', { class: 'quiet small waiting-reason' }, stateWords(endpoint)))),
    h('td', { 'data-label': COLUMNS[2] }, h('span', { class: 'code' }, endpoint.types.join(', '))),
  );
