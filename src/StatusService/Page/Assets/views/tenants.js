// Tenants that have endpoints, and the way to any other: one begins with its first endpoint.

import { get, isOperator, signedIn } from '../api.js';
import { announce } from '../announce.js';
import { h, onAction, show } from '../dom.js';
import { count } from '../format.js';
import { keepLoading } from '../live.js';
import { parameters, withParameters } from '../router.js';
import { tenantAddress } from '../tenants.js';

export const tenants = () => {
  let updates = null;
  let end = () => {};

  return {
    name: 'tenants',
    title: 'Tenants',

    open(place, router) {
      const query = parameters();
      const results = h('div', {});
      let isFirst = true;

      place.append(
        h('h1', {}, 'Tenants'),
        h('p', { class: 'quiet' }, 'Each customer of an owner, and where it gets its events.'),
        isOperator() ? ownerForm(query, router) : '',
        tenantForm(query, router),
        results,
      );
      show(results, h('p', { class: 'quiet' }, 'Loading…'));

      const { owner, afterOwner, afterTenant } = query;
      const more = ({ dataset }) => router.go(withParameters('/tenants', { owner, afterOwner: dataset.owner, afterTenant: dataset.tenant }));
      end = onAction(place, { more });

      updates = keepLoading((signal) => get(withParameters('/page/tenants', { owner, afterOwner, afterTenant }), signal), (answer) => {
        show(results, content(answer));

        if (isFirst) {
          announce(count(answer.items.length, 'tenant'));
        }

        isFirst = false;
      }, { every: 5_000, failed: (problem) => show(results, h('p', { class: 'problem', role: 'alert' }, problem.text)) });
    },

    close() {
      updates?.stop();
      end();
    },
  };
};

const content = ({ items, next }) => [
  items.length === 0 ? h('p', { class: 'notice' }, 'None has an endpoint yet. Open one above and add its first.') : table(items),
  h('nav', { class: 'pages', 'aria-label': 'Pages' }, next && h('button', { type: 'button', 'data-action': 'more', 'data-owner': next.owner, 'data-tenant': next.tenant }, 'More')),
];

const columns = () => (isOperator() ? ['Tenant', 'Owner'] : ['Tenant']);

const table = (items) =>
  h(
    'table',
    { class: 'table wide' },
    h('caption', { class: 'unseen' }, 'Tenants that have or had endpoints'),
    h('thead', {}, h('tr', {}, columns().map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, items.map(row)),
  );

const row = ({ owner, tenant }) =>
  h(
    'tr',
    { 'data-key': `${owner.length}:${owner}${tenant}` },
    h('th', { scope: 'row', 'data-label': 'Tenant' }, h('a', { class: 'url', href: tenantAddress(tenant, owner) }, tenant)),
    isOperator() && h('td', { 'data-label': 'Owner' }, h('span', { class: 'url' }, owner)),
  );

const input = (id, value, more = {}) => h('input', { id, name: id, type: 'text', value, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...more });

const field = (id, label, control) => h('div', { class: 'field' }, h('label', { for: id }, label), control);

function ownerForm(query, router) {
  const form = h(
    'form',
    { class: 'filters card', role: 'search', 'aria-label': 'Filters' },
    field('owner', 'Tenants of the owner', input('owner', query.owner, { placeholder: 'all', maxlength: 64 })),
    h('div', { class: 'buttons' }, h('button', { type: 'submit' }, 'Show'), h('a', { class: 'button', href: '/tenants' }, 'All')),
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    router.go(withParameters('/tenants', { owner: new FormData(form).get('owner').trim() }));
  });

  return form;
}

function tenantForm(query, router) {
  const form = h(
    'form',
    { class: 'filters card', 'aria-label': 'Open a tenant' },
    field('tenant', 'Open a tenant', input('tenant', '', { required: true, maxlength: 128, placeholder: 'your own id for the customer' })),
    isOperator() && field('tenant-owner', 'of the owner', input('tenant-owner', query.owner ?? signedIn().owner, { required: true, maxlength: 64 })),
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, 'Open')),
  );

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    router.go(tenantAddress(data.get('tenant').trim(), data.get('tenant-owner')?.trim()));
  });

  return form;
}
