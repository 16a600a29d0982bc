// All notifications, newest first, by filters that are in the address: a list can be shared, and the way back leads to it.

import { get, isOperator } from '../api.js';
import { announce } from '../announce.js';
import { h, onAction, show } from '../dom.js';
import { count } from '../format.js';
import { keepLoading } from '../live.js';
import { parameters, withParameters } from '../router.js';
import { startCountdowns } from './countdown.js';
import { filterForm, toQuery } from './list-filters.js';
import { table } from './list-table.js';
import { unreadable } from './unreadable.js';

const PAGE_SIZE = 50;
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
      const search = (values) => router.go(values.id ? `${PATH}/${values.id}` : withParameters(PATH, values));

      place.append(h('h1', {}, 'Notifications'), filterForm(query, search), results);
      show(results, h('p', { class: 'quiet' }, 'Loading…'));

      const older = (button) => router.go(withParameters(PATH, { ...query, cursor: button.dataset.cursor }));
      ends = [startCountdowns(results), onAction(place, { older })];
      updates = keepLoading(
        (signal) => get(withParameters('/v1/notifications', { ...toQuery(query), limit: PAGE_SIZE }), signal),
        (answer) => show(results, content(answer, query)),
        { every: 3_000, failed: (problem) => refuse(results, problem) },
      );
    },

    close() {
      updates?.stop();
      ends.forEach((end) => end());
    },
  };
};

function refuse(results, problem) {
  show(results, h('p', { class: 'problem' }, problem.text));
  announce(problem.text);
}

const content = (answer, query) => [
  h(
    'div',
    { class: 'row spread' },
    h('p', { class: 'quiet' }, heading(answer, query)),
    isOperator() && mayRedeliver(query) && h('a', { class: 'button', href: withParameters('/redeliveries', forBulk(query)) }, 'Deliver these again…'),
  ),
  unreadable(answer.unreadable),
  answer.items.length > 0 ? table(answer.items) : empty(answer),
  h('nav', { class: 'pages', 'aria-label': 'Pages' }, pages(answer, query)),
];

function heading(answer, query) {
  const window = query.from || query.to ? 'in the chosen time' : 'of the last day';
  const more = answer.cursor ? '; there are older ones' : '';
  return `${count(answer.items.length, 'notification')} ${window}${query.cursor ? ', continued' : ''}${more}.`;
}

const empty = (answer) =>
  h('p', { class: 'notice' }, answer.cursor ? 'None here. There may be some among the older ones.' : 'None. Choose another time or fewer filters.');

const pages = (answer, query) => [
  query.cursor && h('a', { class: 'button', href: withParameters(PATH, { ...query, cursor: '' }) }, 'Newest'),
  answer.cursor && h('button', { type: 'button', 'data-action': 'older', 'data-cursor': answer.cursor }, 'Older'),
];

const mayRedeliver = (query) => query.status === 'FAILED' && !query.correlationId;

const forBulk = ({ from, to, host }) => ({ from, to, host });
