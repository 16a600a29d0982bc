// The page: who is signed in, which view is open, and the frame around it.

import { loadSession, signedIn } from './api.js';
import { announce } from './announce.js';
import { show } from './dom.js';
import { header } from './header.js';
import { createRouter } from './router.js';
import { endpoint } from './views/endpoint.js';
import { event } from './views/event.js';
import { list } from './views/list.js';
import { missing } from './views/missing.js';
import { notification } from './views/notification.js';
import { overview } from './views/overview.js';
import { redeliveries } from './views/redeliveries.js';
import { redelivery } from './views/redelivery.js';
import { signInForm } from './views/sign-in.js';
import { tenant } from './views/tenant.js';
import { tenants } from './views/tenants.js';

const main = document.getElementById('main');
let view = null;
let visited = false;

const router = createRouter(
  [
    [/^\/$/, overview],
    [/^\/notifications$/, list],
    [/^\/notifications\/([^/]+)$/, notification],
    [/^\/tenants$/, tenants],
    [/^\/tenants\/([^/]+)$/, tenant],
    [/^\/tenants\/([^/]+)\/endpoints\/([^/]+)$/, endpoint],
    [/^\/events\/([^/]+)$/, event],
    [/^\/redeliveries$/, redeliveries],
    [/^\/redeliveries\/([^/]+)$/, redelivery],
  ],
  (next) => open(signedIn() ? (next ?? missing()) : signInForm(router.here)),
);

/** Ends the view before, and shows the next one in an element of its own, so that nothing of the old one is left behind. */
function open(next) {
  view?.close?.();
  view = next;

  const place = document.createElement('div');
  place.className = `view ${next.name}`;
  main.replaceChildren(place);
  show(document.getElementById('header'), header(router));
  document.title = `${next.title} · Waybill`;
  next.open(place, router);
  arrive(next);
}

/** After a move, people who listen hear where they are, and the keyboard goes on from there. */
function arrive(next) {
  if (visited) {
    scrollTo(0, 0);
    (main.querySelector('[data-focus]') ?? main).focus({ preventScroll: true });
    announce(next.title);
  }

  visited = true;
}

document.addEventListener('session-ended', () => {
  router.here();
  announce('Your session has ended. Sign in again.');
});

await loadSession().catch(() => null);
router.here();
