// Endpoints that are not well, each with its way back; nothing where all are.

import { isOperator } from '../api.js';
import { h } from '../dom.js';
import { count, moment } from '../format.js';
import { endpointAddress, tenantAddress } from '../tenants.js';
import { endpointBadge, mayEnable, mayResume, stateWords, troubleLink } from './endpoint-state.js';

const COLUMNS = ['Endpoint', 'State', 'What was tried', 'Last success', 'Way back'];

export const unwellEndpoints = ({ items, complete }) =>
  items.length > 0
  && h(
    'section',
    { class: 'card', 'aria-labelledby': 'unwell-title', 'data-key': 'unwell' },
    h('h2', { id: 'unwell-title' }, 'Endpoints that are not well'),
    h('p', { class: 'quiet' }, complete ? `${count(items.length, 'endpoint')} failing, paused or disabled.` : `There are more than these ${count(items.length, 'endpoint')}.`),
    h(
      'table',
      { class: 'table wide flat' },
      h('caption', { class: 'unseen' }, 'Endpoints that are failing, paused or disabled, the latest first'),
      h('thead', {}, h('tr', {}, COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, items.map(row)),
    ),
  );

const row = (endpoint) =>
  h(
    'tr',
    { 'data-key': endpoint.id },
    h(
      'th',
      { scope: 'row', 'data-label': COLUMNS[0] },
      h(
        'span',
        {},
        h('a', { href: endpointAddress(endpoint.tenant, endpoint.id, endpoint.owner) }, h('span', { class: 'url' }, endpoint.url)),
        h('span', { class: 'quiet small' }, ' of ', h('a', { href: tenantAddress(endpoint.tenant, endpoint.owner) }, endpoint.tenant), isOperator() && `, ${endpoint.owner}`),
      ),
    ),
    h('td', { 'data-label': COLUMNS[1] }, h('span', {}, endpointBadge(endpoint), h('span', { class: 'quiet small waiting-reason' }, stateWords(endpoint)))),
    h('td', { 'data-label': COLUMNS[2] }, troubleLink(endpoint)),
    h('td', { 'data-label': COLUMNS[3] }, endpoint.lastSuccessAt ? moment(endpoint.lastSuccessAt) : 'none known'),
    h('td', { 'data-label': COLUMNS[4] }, wayBack(endpoint)),
  );

/** Nobody but its receiver can help one that fails; what is known is where it is looked after. */
function wayBack(endpoint) {
  const action = mayResume(endpoint) ? ['resume', 'Resume'] : mayEnable(endpoint) ? ['enable', 'Enable'] : null;

  return action
    ? h('button', { type: 'button', 'data-action': action[0], 'data-key': action[0], 'data-tenant': endpoint.tenant, 'data-owner': endpoint.owner, 'data-id': endpoint.id, 'aria-label': `${action[1]} ${endpoint.url}` }, action[1])
    : h('a', { href: endpointAddress(endpoint.tenant, endpoint.id, endpoint.owner) }, 'Look at it');
}
