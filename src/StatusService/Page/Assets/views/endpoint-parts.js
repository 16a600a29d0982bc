// What is known of an endpoint: how it goes, what it is, what it got.

import { isOperator } from '../api.js';
import { copyButton } from '../copy.js';
import { h } from '../dom.js';
import { moment, number } from '../format.js';
import { withParameters } from '../router.js';
import { tenantAddress } from '../tenants.js';
import { endpointBadge, mayDisable, mayEnable, mayPause, mayResume, stateWords, troubleLink } from './endpoint-state.js';
import { table } from './list-table.js';

/** The list's filters. */
export const ofThis = (id, owner) => ({ endpoint: id, owner: isOperator() ? owner : '' });

export const heading = (now) => [
  h('p', { class: 'crumbs' }, h('a', { href: '/tenants' }, 'Tenants'), ' › ', h('a', { href: tenantAddress(now.tenant, now.owner) }, now.tenant)),
  h('h1', { class: 'url' }, now.url),
  h(
    'div',
    { class: 'row spread' },
    endpointBadge(now),
    h(
      'div',
      { class: 'buttons' },
      button('resume', 'Resume', mayResume(now), 'primary'),
      button('enable', 'Enable', mayEnable(now), 'primary'),
      button('pause', 'Pause…', mayPause(now)),
      button('disable', 'Disable…', mayDisable(now), 'danger'),
      button('remove', 'Delete…', true, 'danger'),
    ),
  ),
  stateWords(now).map((words) => h('p', { class: 'state' }, words)),
];

const button = (action, words, may, kind = null) => h('button', { type: 'button', class: kind, 'data-action': action, 'data-key': action, hidden: !may }, words);

export const figures = ({ id, owner, lastDay }) =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': 'day-title' },
    h('h2', { id: 'day-title' }, 'The last day'),
    h(
      'dl',
      { class: 'figures' },
      figure('Notifications', atLeast(lastDay, lastDay.accepted)),
      figure('Failed for good', lastDay.failed === 0 ? '0' : h('a', { href: withParameters('/notifications', { ...ofThis(id, owner), status: 'FAILED', final: 'true' }) }, atLeast(lastDay, lastDay.failed)), lastDay.failed > 0),
    ),
  );

/** Where more lie than are counted. */
const atLeast = ({ complete }, value) => `${number(value)}${complete ? '' : ' or more'}`;

const figure = (name, value, isBad = false) => h('div', { class: isBad ? 'bad-figure' : null }, h('dt', {}, name), h('dd', {}, value));

export const facts = (now) =>
  h(
    'dl',
    { class: 'facts card' },
    fact('Id', h('span', { class: 'code' }, now.id), ' ', copyButton(now.id, 'the id')),
    fact('Events', h('span', { class: 'code' }, now.types.join(', '))),
    now.description && fact('Description', now.description),
    fact('Tenant', now.tenant),
    fact('Owner', now.owner),
    fact('Longest time of an attempt', `${now.timeoutSeconds} s`),
    fact('Seconds between attempts', now.retrySchedule ? (now.retrySchedule.join(', ') || 'one attempt only') : 'default'),
    fact('Calls a second, at most', now.maxPerSecond ? number(now.maxPerSecond) : 'as many as it takes'),
    fact('Last success', now.lastSuccessAt ? moment(now.lastSuccessAt) : 'none known'),
    now.trouble && fact('Trouble began with', troubleLink(now)),
    fact('Headers', Object.keys(now.headers).length === 0 ? 'none' : h('span', { class: 'code' }, Object.entries(now.headers).map(([name, value]) => `${name}: ${value}`).join(', '))),
    now.oldSecretUntil && fact('Old secret valid until', moment(now.oldSecretUntil)),
    fact('Created', moment(now.createdAt)),
    fact('Last change', moment(now.lastUpdatedAt)),
  );

const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));

export const notifications = ({ id, owner }, list) =>
  h(
    'section',
    { class: 'list', 'aria-labelledby': 'recent-title' },
    h('div', { class: 'row spread' }, h('h2', { id: 'recent-title' }, 'Recent notifications'), h('a', { href: withParameters('/notifications', ofThis(id, owner)) }, 'All of them')),
    list.items.length > 0 ? table(list.items, {}) : h('p', { class: 'notice' }, 'None in the last day.'),
  );
