// Until when an endpoint is paused: one of some lengths, or a time.

import { h } from '../dom.js';
import { localTime, utcTime } from '../times.js';

const HOUR_MS = 3_600_000;

const LENGTHS = [['1', 'for 1 hour'], ['24', 'for 1 day'], ['168', 'for 7 days'], ['', 'until a time']];

/** @returns {{ field: Node, value: function(): object }} value: what the service takes */
export function pauseField() {
  const select = h('select', { id: 'pause-length' }, LENGTHS.map(([hours, words]) => h('option', { value: hours }, words)));
  const time = h('input', { id: 'pause-until', type: 'datetime-local', step: 1, value: localTime(new Date(Date.now() + HOUR_MS).toISOString()) });
  const other = h('div', { class: 'field', hidden: true }, h('label', { for: 'pause-until' }, 'It ends at, in your time; at most 30 days ahead'), time);

  select.addEventListener('change', () => {
    other.hidden = select.value !== '';
  });

  return {
    field: h('div', {}, h('div', { class: 'field' }, h('label', { for: 'pause-length' }, 'It is paused'), select), other),
    value: () => ({ until: select.value === '' ? utcTime(time.value) : new Date(Date.now() + Number(select.value) * HOUR_MS).toISOString() }),
  };
}
