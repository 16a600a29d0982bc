// One endpoint: what it is, how it goes, what it got, and what can be done about it.

import { get, send } from '../api.js';
import { announce } from '../announce.js';
import { confirmed } from '../confirm.js';
import { copyText } from '../copy.js';
import { h, onAction, show } from '../dom.js';
import { keepLoading } from '../live.js';
import { withParameters } from '../router.js';
import { changePath, ownerHere, readPath, tenantAddress } from '../tenants.js';
import { startClocks } from './clocks.js';
import { againPanel } from './endpoint-again.js';
import { endpointForm } from './endpoint-form.js';
import { facts, figures, heading, notifications, ofThis } from './endpoint-parts.js';
import { testPanel } from './endpoint-test.js';
import { unlessMissing } from './missing.js';
import { pauseField } from './pause-field.js';
import { secretPanel } from './secret.js';

const NEWEST = 10;

export const endpoint = (encodedTenant, id) => {
  const tenant = decodeURIComponent(encodedTenant);
  const owner = ownerHere();
  let updates = null;
  let ends = [];

  return {
    name: 'endpoint',
    title: `Endpoint ${id}`,

    open(place, router) {
      const [top, message, content, settings, recent] = [h('div', {}), h('p', { class: 'problem', role: 'alert' }), h('div', {}), h('div', {}), h('div', {})];
      const secret = secretPanel(tenant, owner, id);
      const again = againPanel(tenant, owner, id);
      let latest = null;
      let version = 0;

      place.append(top, message, again.panel, content, h('div', { class: 'pair' }, secret.panel, testPanel(tenant, owner, id)), settings, recent);
      show(content, h('p', { class: 'quiet' }, 'Loading…'));

      const changed = ({ endpoint: now, list }) => {
        show(top, heading(now));
        show(content, figures(now), facts(now));
        show(recent, notifications(now, list));

        latest = now;
        refresh();
      };

      updates = keepLoading(load, changed, {
        every: 3_000,
        weight,
        failed: unlessMissing(
          place,
          message,
          () => {
            updates.stop();
            secret.hide();
          },
          `There is no endpoint ${id} of the tenant ${tenant}, or it is not yours. `,
          h('a', { href: tenantAddress(tenant, owner) }, 'The tenant’s endpoints'),
        ),
      });

      ends = [startClocks(place, () => updates.now()), secret.hide, onAction(place, { ...secret.actions, ...again.actions, copy: copyText, rotate, remove, pause, resume, disable, enable })];

      /** What somebody is typing stays; once the form is closed, it begins with what the endpoint is now. */
      function refresh() {
        if (latest.version === version || settings.firstElementChild?.open) {
          return;
        }

        const hadFocus = settings.contains(document.activeElement);
        version = latest.version;
        settings.replaceChildren(editor(latest));

        if (hadFocus) {
          settings.querySelector('summary').focus();
        }
      }

      function editor(now) {
        const details = h('details', { class: 'card' }, h('summary', {}, h('h2', {}, 'Change the settings')), endpointForm(now, (fields) => save(now, fields)));
        details.addEventListener('toggle', refresh);
        return details;
      }

      async function save(before, fields) {
        await send('PATCH', changePath(tenant, owner, id), fields, { 'if-match': `"${before.version}"` });
        const details = settings.querySelector('details');
        details.open = false;
        details.querySelector('summary').focus();
        announce('The settings are saved.');
        await updates.now();
      }

      async function rotate() {
        const keep = keepField();

        if (await confirmed({ title: 'Make a new secret?', text: 'Deliveries are signed with the new one from now on, and with the old one as long as you keep it.', field: keep.field, action: 'Rotate the secret' })) {
          await attempt(() => send('POST', changePath(tenant, owner, id, 'secret', 'rotate'), keep.value()), 'The secret is rotated. Show it to give it to the receiver.');
        }
      }

      async function pause() {
        const length = pauseField();

        if (await confirmed({ ...PAUSE, field: length.field })) {
          await become('pause', 'The endpoint is paused.', length.value());
        }
      }

      async function resume() {
        await become('resume', 'The endpoint is resumed. What was held goes out, a few each second.');
      }

      async function disable() {
        if (await confirmed(DISABLE)) {
          await become('disable', 'The endpoint is disabled.');
        }
      }

      async function enable() {
        const before = latest;

        if (await become('enable', 'The endpoint is enabled.')) {
          again.offer(before);
        }
      }

      /** The button is gone then: the focus goes to the first of those that there are now. */
      async function become(action, done, body) {
        const isDone = await attempt(() => send('POST', changePath(tenant, owner, id, action), body), done);
        top.querySelector('button:not([hidden])')?.focus();
        return isDone;
      }

      async function remove() {
        if (await confirmed(REMOVE) && await attempt(() => send('DELETE', changePath(tenant, owner, id)), 'The endpoint is deleted.')) {
          router.go(tenantAddress(tenant, owner));
        }
      }

      /** @returns {Promise<boolean>} whether it is done */
      async function attempt(action, done) {
        message.textContent = '';

        try {
          await action();
        } catch (error) {
          message.textContent = error.text ?? 'The service did not answer. Look at the endpoint before you try again.';
          return false;
        }

        secret.hide();
        announce(done);
        await updates.now();
        return true;
      }
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };

  async function load(signal) {
    const [now, list] = await Promise.all([get(readPath(tenant, owner, id), signal), get(withParameters('/v1/notifications', { ...ofThis(id, owner), limit: NEWEST }), signal)]);
    return { endpoint: now, list };
  }
};

/** All that lies between is counted anew each time. */
const weight = ({ endpoint: { lastDay } }) => Math.max(1, lastDay.accepted / 1_000);

const PAUSE = {
  title: 'Pause this endpoint?',
  text: 'What comes for it is held until then, or until somebody resumes it. Nothing is dropped, and no attempt is used up.',
  action: 'Pause the endpoint',
};

const DISABLE = {
  title: 'Disable this endpoint?',
  text: 'What comes for it fails, and nothing is sent, until somebody enables it. What failed can be delivered again then.',
  action: 'Disable the endpoint',
  keep: 'Keep it',
  danger: true,
};

const REMOVE = {
  title: 'Delete this endpoint?',
  text: 'It gets no event any more, and what still waits for it ends FAILED. It cannot be undone: a new endpoint has another id and another secret.',
  action: 'Delete the endpoint',
  keep: 'Keep it',
  danger: true,
};

const HOUR_MS = 3_600_000;

const KEPT = [['24', 'for 1 day'], ['1', 'for 1 hour'], ['168', 'for 7 days'], ['0', 'not any more: it is known to others']];

function keepField() {
  const select = h('select', { id: 'keep' }, KEPT.map(([hours, words]) => h('option', { value: hours }, words)));

  return {
    field: h('div', { class: 'field' }, h('label', { for: 'keep' }, 'The old secret stays valid'), select),
    value: () => (select.value === '0' ? {} : { keepOldUntil: new Date(Date.now() + Number(select.value) * HOUR_MS).toISOString() }),
  };
}
