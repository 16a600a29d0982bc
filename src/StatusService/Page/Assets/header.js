// The bar on top: where one can go, the field that finds a notification, who is signed in, and the way out.

import { isOperator, signedIn, signOut } from './api.js';
import { h } from './dom.js';
import { findForm } from './find.js';

const PLACES = [['/', 'Overview'], ['/notifications', 'Notifications'], ['/tenants', 'Tenants'], ['/redeliveries', 'Redeliveries']];

/** @param {{ here: function(): void, go: function(string): void }} router shows the view anew once nobody is signed in any more */
export function header({ here, go }) {
  const session = signedIn();

  return h(
    'div',
    { class: 'bar' },
    h('a', { class: 'brand', href: '/' }, h('img', { src: '/assets/mark.svg', alt: '', width: 28, height: 28 }), 'Waybill'),
    session && h('nav', { 'aria-label': 'Main' }, h('ul', {}, PLACES.filter(isOpen).map(place))),
    session && findForm(go),
    session && h('div', { class: 'who' }, who(session), leave(here)),
  );
}

/** Redelivery in bulk is for operators. */
const isOpen = ([path]) => path !== '/redeliveries' || isOperator();

const place = ([path, name]) => h('li', {}, h('a', { href: path, 'aria-current': isHere(path) ? 'page' : null }, name));

const isHere = (path) => (path === '/' ? location.pathname === '/' : location.pathname.startsWith(path));

const who = (session) => h('span', { class: 'quiet', title: `Owner ${session.owner}` }, `${session.name} (${session.role})`);

function leave(changed) {
  const button = h('button', { type: 'button', class: 'plain', 'data-key': 'sign-out' }, 'Sign out');
  button.addEventListener('click', () => signOut().catch(() => null).then(changed));
  return button;
}
