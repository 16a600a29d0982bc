// How it is going: what happened, how fast, and what needs somebody to look at it.

import { get, isOperator, send } from '../api.js';
import { announce } from '../announce.js';
import { h, onAction, show } from '../dom.js';
import { moment } from '../format.js';
import { keepLoading } from '../live.js';
import { parameters, withParameters } from '../router.js';
import { changePath } from '../tenants.js';
import { ago, startClocks } from './clocks.js';
import { hosts, notice, openNow, queue } from './overview-cards.js';
import { charts, chartRoom } from './overview-charts.js';
import { unwellEndpoints } from './overview-endpoints.js';
import { failures } from './overview-failures.js';
import { tiles } from './overview-tiles.js';
import { unreadable } from './unreadable.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Name, length, and what the start is rounded down to. The longest that a summary may have is 90 days, rounding included. */
const WINDOWS = {
  '1h': ['1 hour', HOUR_MS, MINUTE_MS],
  '24h': ['1 day', DAY_MS, HOUR_MS],
  '7d': ['7 days', 7 * DAY_MS, HOUR_MS],
  '30d': ['30 days', 30 * DAY_MS, HOUR_MS],
  '90d': ['90 days', 90 * DAY_MS - HOUR_MS, HOUR_MS],
};

export const overview = () => {
  let updates = null;
  let looks = null;
  let ends = [];

  return {
    name: 'overview',
    title: 'Overview',

    open(place) {
      const chosen = WINDOWS[parameters().window] ? parameters().window : '1h';
      const room = chartRoom();
      const message = h('p', { class: 'problem', role: 'alert' });
      const unwell = h('div', {});
      const content = h('div', {});
      let last = null;

      place.append(h('div', { class: 'row spread' }, h('h1', {}, 'Overview'), windows(chosen)), room.probe, message, unwell, content);
      show(content, h('p', { class: 'quiet' }, 'Loading…'));

      const draw = (answer) => {
        last = answer;
        show(content, body(answer, room.width()));
      };

      updates = keepLoading((signal) => load(chosen, signal), draw, {
        every: 3_000,
        failed: (problem) => {
          show(content, h('p', { class: 'problem' }, problem.text));
          announce(problem.text);
        },
      });

      // Not with the summary: each look reads every endpoint that is shown.
      looks = keepLoading((signal) => get('/v1/endpoints/unwell', signal), (answer) => show(unwell, unwellEndpoints(answer)), {
        every: 10_000,
        failed: (problem) => show(unwell, h('p', { class: 'problem' }, problem.text)),
      });

      ends = [
        startClocks(content),
        startClocks(unwell, () => looks.now()),
        onAction(unwell, { resume: back('The endpoint is resumed. What was held goes out, a few each second.'), enable: back('The endpoint is enabled. What failed meanwhile can be delivered again on its page.') }),
        room.whenItChanges(() => last && draw(last)),
      ];

      /** What the button's name says, for its endpoint. */
      function back(done) {
        return async (button) => {
          const { action, tenant, owner, id } = button.dataset;
          button.disabled = true;
          message.textContent = await send('POST', changePath(tenant, owner, id, action)).then(() => '', (error) => error.text ?? 'The service did not answer. Look at the endpoint before you try again.');
          button.disabled = false;

          if (message.textContent === '') {
            announce(done);
          }

          await looks.now();

          if (!button.isConnected) {
            (unwell.querySelector('button') ?? place.querySelector('.windows a')).focus();
          }
        };
      }
    },

    close() {
      updates?.stop();
      looks?.stop();
      ends.forEach((end) => end());
    },
  };
};

const windows = (chosen) =>
  h('nav', { class: 'windows', 'aria-label': 'Time shown' }, Object.entries(WINDOWS).map(([key, [name]]) => h('a', { href: withParameters('/', { window: key }), 'aria-current': key === chosen ? 'true' : null }, name)));

/** The window's start is rounded, so that those who look at the same time get the same answer. */
async function load(chosen, signal) {
  const [, length, step] = WINDOWS[chosen];
  const from = new Date(Math.floor((Date.now() - length) / step) * step).toISOString();
  const [summary, report] = await Promise.all([get(withParameters('/v1/summary', { from }), signal), isOperator() ? get('/page/queue', signal) : null]);

  return { summary, report };
}

const body = ({ summary, report }, width) => [
  h('p', { class: 'quiet' }, 'Since ', moment(summary.from), '. Figures of ', moment(summary.madeAt), ', ', ago(summary.madeAt), '.'),
  notice(summary),
  unreadable(summary.unreadable, summary.unreadableCount),
  tiles(summary),
  h('div', { class: 'pair' }, charts(summary, width)),
  failures(summary),
  hosts(summary),
  h('div', { class: 'pair' }, openNow(summary), isOperator() && queue(report)),
];
