// All notifications, newest first, by filters that are in the address: a list can be shared, and the way back leads to it.

import { get, isOperator } from '../api.js';
import { announce } from '../announce.js';
import { h, onAction, show } from '../dom.js';
import { keepLoading } from '../live.js';
import { parameters, withParameters } from '../router.js';
import { startClocks } from './clocks.js';
import { exportLinks } from './list-export.js';
import { filterForm, toQuery } from './list-filters.js';
import { table } from './list-table.js';
import { heading, nothing, reading } from './list-words.js';
import { unreadable } from './unreadable.js';

const PAGE_SIZE = 50;
const EVERY_MS = 3_000;
const PATH = '/notifications';

export const list = () => {
  let updates = null;
  let ends = [];

  return {
    name: 'list',
    title: 'Notifications',

    open(place, router) {
      const query = parameters();
      const results = h('div', { class: 'results' });
      const search = (values) => router.go(withParameters(PATH, values));
      let isFirst = true;

      place.append(h('h1', {}, 'Notifications'), filterForm(query, search), results);
      show(results, h('p', { class: 'quiet' }, 'Loading…'));

      const changed = (answer) => {
        show(results, content(answer, query));

        if (isFirst) {
          announce(summary(answer, query));
        }

        isFirst = false;
      };

      const older = (button) => router.go(withParameters(PATH, { ...query, cursor: button.dataset.cursor }));
      ends = [startClocks(results, () => updates.now()), onAction(place, { older })];
      updates = keepLoading((signal) => get(withParameters('/v1/notifications', { ...toQuery(query), limit: PAGE_SIZE }), signal), changed, {
        every: EVERY_MS,
        weight,
        failed: (problem) => refuse(results, problem, query),
      });
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };
};

/** A list for which a hundred times as many were read is asked for a hundred times less often. */
const weight = ({ examined }) => Math.max(1, (examined ?? 0) / PAGE_SIZE);

/** An export may take more than a list. */
function refuse(results, problem, query) {
  show(results, h('p', { class: 'problem' }, problem.text), h('div', { class: 'tools' }, exportLinks(query)));
  announce(problem.text);
}

const content = (answer, query) => [
  h('div', { class: 'row spread' }, h('p', { class: 'quiet' }, heading(answer, query)), h('div', { class: 'tools' }, exportLinks(query), bulk(query))),
  unreadable(answer.unreadable),
  answer.items.length > 0 ? table(answer.items, query) : h('p', { class: 'notice' }, nothing(answer, query)),
  h('p', { class: 'quiet' }, reading(answer, EVERY_MS * weight(answer))),
  h('nav', { class: 'pages', 'aria-label': 'Pages' }, pages(answer, query)),
];

const summary = (answer, query) => (answer.items.length > 0 ? heading(answer, query) : nothing(answer, query));

const pages = (answer, query) => [
  query.cursor && h('a', { class: 'button', href: withParameters(PATH, { ...query, cursor: '' }) }, 'Newest'),
  answer.cursor && h('button', { type: 'button', 'data-action': 'older', 'data-cursor': answer.cursor }, answer.examined === undefined ? 'Older' : 'Go on'),
];

/** A bulk redelivery takes what has failed for good, by these filters and no others. */
const bulk = (query) =>
  isOperator()
  && query.status === 'FAILED' && query.final !== 'false' && !query.correlationId && !query.owner && !query.tenant && !query.endpoint && !query.eventType
  && h('a', { class: 'button', href: withParameters('/redeliveries', forBulk(query)) }, 'Deliver these again…');

const forBulk = ({ from, to, host, category }) => ({ from, to, host, category });
