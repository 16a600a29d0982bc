// One notification: where it is, all that was tried, what was sent and what came back, and what can be done about it.

import { get, send } from '../api.js';
import { announce } from '../announce.js';
import { confirmed } from '../confirm.js';
import { copyText } from '../copy.js';
import { h, onAction, show } from '../dom.js';
import { withCorrelationId } from '../find.js';
import { keepLoading } from '../live.js';
import { badge, isFinal, mayCancel, stateOf, wordFor } from '../status.js';
import { startClocks } from './clocks.js';
import { facts } from './facts.js';
import { unlessMissing } from './missing.js';
import { requestPanel } from './request.js';
import { responsePanel } from './response.js';
import { timeline } from './timeline.js';

export const notification = (id) => {
  let updates = null;
  let ends = [];
  let state = null;

  return {
    name: 'notification',
    title: `Notification ${id}`,

    open(place, router) {
      const top = h('div', {});
      const message = h('p', { class: 'problem', role: 'alert' });
      const content = h('div', {});
      const request = requestPanel(id);
      place.append(top, message, content, request);
      show(content, h('p', { class: 'quiet' }, 'Loading…'));

      const changed = (record) => {
        show(top, heading(record));
        show(content, body(record));
        tell(record);
      };

      updates = keepLoading((signal) => get(`/v1/notifications/${encodeURIComponent(id)}`, signal), changed, {
        every: 1_500,
        failed: unlessMissing(
          place,
          message,
          () => updates.stop(),
          `There is no notification ${id}, or it is not yours. `,
          'One that came to its end is kept for a limited time. ',
          // Clients may have given anything as a correlation id, an id too.
          h('a', { href: withCorrelationId(id) }, 'Look for it as a correlation id'),
        ),
      });

      const act = (question, action) => async () => {
        if (await confirmed(question)) {
          message.textContent = await attempt(id, action);
          await updates.now();
        }
      };

      ends = [startClocks(content, () => updates.now()), onAction(place, { cancel: act(CANCEL, 'cancel'), redeliver: act(REDELIVER, 'redeliver'), copy: copyText })];
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };

  function tell(record) {
    const now = stateOf(record);

    if (state && state !== now) {
      announce(`The notification is now ${wordFor(now)}.`);
    }

    state = now;
  }
};

const CANCEL = {
  title: 'Cancel this notification?',
  text: 'No further attempt is made. It can be delivered again later.',
  action: 'Cancel the notification',
  keep: 'Keep it',
  danger: true,
};

const REDELIVER = {
  title: 'Deliver this notification again?',
  text: 'It gets a fresh round of attempts, beginning within seconds. The receiver may see it twice; its webhook-id stays the same.',
  action: 'Deliver again',
};

/** @returns {Promise<string>} what went wrong; empty when nothing did */
async function attempt(id, action) {
  try {
    await send('POST', `/page/notifications/${encodeURIComponent(id)}/${action}`);
    announce(action === 'cancel' ? 'The notification is cancelled.' : 'The notification will be delivered again.');
    return '';
  } catch (error) {
    return error.text ?? 'The service did not answer. Look at the status before you try again.';
  }
}

const heading = (record) => [
  h('p', { class: 'crumbs' }, h('a', { href: '/notifications' }, 'Notifications')),
  h('h1', { class: 'url' }, `${record.method} ${record.url}`),
  h('div', { class: 'row spread' }, badge(record), actions(record)),
];

const actions = (record) =>
  h(
    'div',
    { class: 'buttons' },
    h('button', { type: 'button', 'data-action': 'cancel', 'data-key': 'cancel', class: 'danger', hidden: !mayCancel(record) }, 'Cancel…'),
    h('button', { type: 'button', 'data-action': 'redeliver', 'data-key': 'redeliver', class: 'primary', hidden: !isFinal(record) }, 'Deliver again…'),
  );

const body = (record) => [
  facts(record),
  h('section', { class: 'card', 'aria-labelledby': 'timeline-title' }, h('h2', { id: 'timeline-title' }, 'Timeline'), timeline(record)),
  responsePanel(record),
];
