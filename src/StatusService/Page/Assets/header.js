// The bar on top: where one can go, who is signed in, and the way out.

import { isOperator, signedIn, signOut } from './api.js';
import { h } from './dom.js';

const PLACES = [['/', 'Overview'], ['/notifications', 'Notifications'], ['/redeliveries', 'Redeliveries']];

/** @param {function(): void} changed called once nobody is signed in any more */
export function header(changed) {
  const session = signedIn();

  return h(
    'div',
    { class: 'bar' },
    h('a', { class: 'brand', href: '/' }, h('img', { src: '/assets/mark.svg', alt: '', width: 28, height: 28 }), 'Waybill'),
    session && h('nav', { 'aria-label': 'Main' }, h('ul', {}, PLACES.filter(isOpen).map(place))),
    session && h('div', { class: 'who' }, who(session), leave(changed)),
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
