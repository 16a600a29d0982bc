// Charts drawn here, as SVG. Each has its numbers as a table below it, for those who cannot see it or want to know exactly.

import { h, svg } from './dom.js';
import { largest } from './labels.js';

const PLOT_HEIGHT = 148;
const GAP = 8;
const BETWEEN_LABELS = 24;

/**
 * @typedef {{ key: string, name: string, of: function(object): number|null, whole?: number|null }} Series what is drawn; key is its class; whole is the value of all points together
 * @typedef {object} Chart
 * @property {string} key of this chart among those beside it
 * @property {string} title
 * @property {number} width in pixels
 * @property {object[]} points from left to right
 * @property {Series[]} [bars] on top of each other
 * @property {Series[]} [lines] with gaps where there is no value
 * @property {import('./scales.js').Measure} measure
 * @property {string} column what a point is, as the head of the table's first column
 * @property {function(object): string} label of a point, in the table
 * @property {function(object): string} tick the same below the chart, in short
 */

/** @param {Chart} chart */
export function chart({ bars = [], lines = [], ...rest }) {
  const all = { ...rest, bars, lines, series: [...bars, ...lines] };
  const area = layOut(all);

  return h(
    'figure',
    { class: 'chart', 'data-key': all.key },
    h('figcaption', {}, h('h2', {}, all.title), legend(all)),
    svg(
      'svg',
      { viewBox: `0 0 ${all.width} ${area.height}`, width: all.width, height: area.height, role: 'img', 'aria-label': `${all.title}; the numbers are in the table below` },
      grid(all, area),
      ticks(all, area),
      columns(all, area),
      lines.map((series) => line(all.points, series, area)),
    ),
    h('details', {}, h('summary', {}, 'As a table'), table(all)),
  );
}

/** Where everything is. The margins come from the labels as they are drawn: their length, and the reader's size of text, are known to the browser alone. */
function layOut({ width, points, measure, bars, lines, tick }) {
  const end = measure.end(highest(points, bars, lines));
  const values = [0, end / 2, end];
  const beside = largest(values.map(measure.tick));
  const below = largest(points.map(tick));

  const left = beside.width + GAP;
  const top = beside.height / 2;
  const step = (width - left) / Math.max(1, points.length);

  return {
    values,
    left,
    beside,
    below,
    step,
    gap: step > 6 ? 1 : 0,
    bottom: top + PLOT_HEIGHT,
    height: top + PLOT_HEIGHT + Math.max(beside.height / 2, GAP / 2 + below.height),
    x: (index) => left + index * step,
    y: (value) => top + PLOT_HEIGHT * (1 - value / end),
  };
}

const highest = (points, bars, lines) =>
  points.reduce((max, point) => Math.max(max, sum(bars, point), ...lines.map(({ of }) => of(point) ?? 0)), 0);

const legend = ({ bars, lines, measure }) =>
  h('ul', { class: 'legend' }, [
    bars.map((series) => entry('', series, measure)),
    lines.map((series) => entry('of-line ', series, measure)),
  ]);

const entry = (kind, { key, name, whole }, measure) => h('li', { class: `${kind}series-${key}` }, name, isKnown(whole) && [' ', h('strong', {}, measure.text(whole))]);

const grid = ({ width, measure }, area) =>
  area.values.map((value) => [
    svg('line', { class: 'grid', x1: area.left, x2: width, y1: area.y(value), y2: area.y(value) }),
    svg('text', { class: 'tick', x: area.left - GAP, y: area.y(value) + area.beside.ascent - area.beside.height / 2, 'text-anchor': 'end' }, measure.tick(value)),
  ]);

/** Below the chart, as many as have room beside each other, and none that would reach over the end. */
function ticks({ width, points, tick }, { x, bottom, step, below }) {
  const every = Math.max(1, Math.ceil((below.width + BETWEEN_LABELS) / step));

  return points.map((point, index) =>
    index % every === 0 && x(index) + below.width <= width && svg('text', { class: 'tick', x: x(index), y: bottom + GAP / 2 + below.ascent }, tick(point)));
}

const columns = ({ points, bars }, area) =>
  points.map((point, index) => {
    let base = 0;

    return bars.map(({ key, of }) => {
      const value = of(point) ?? 0;
      const y = area.y(base + value);
      const height = area.y(base) - y;
      base += value;
      return value > 0 && svg('rect', { class: `area series-${key}`, x: area.x(index) + area.gap, y, width: Math.max(1, area.step - 2 * area.gap), height });
    });
  });

function line(points, { key, of }, area) {
  const at = (index) => [area.x(index) + area.step / 2, area.y(of(points[index]))].map((value) => value.toFixed(1));
  const known = points.map((point, index) => (isKnown(of(point)) ? index : null));
  const inRows = runs(known);

  return [
    svg('path', { class: `line series-${key}`, d: inRows.map((run) => `M${run.map((index) => at(index).join(' ')).join('L')}`).join('') }),
    // A line needs two points: one alone is a dot.
    inRows.filter((run) => run.length === 1).map(([index]) => svg('circle', { class: `area series-${key}`, cx: at(index)[0], cy: at(index)[1], r: 2.5 })),
  ];
}

const table = ({ title, column, series, points, label, measure }) =>
  h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${title}, numbers` },
    h(
      'table',
      { class: 'table' },
      h('caption', { class: 'unseen' }, title),
      h('thead', {}, h('tr', {}, [column, ...series.map(({ name }) => name)].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, points.map((point) => h('tr', {}, h('th', { scope: 'row' }, label(point)), series.map(({ of }) => h('td', {}, isKnown(of(point)) ? measure.text(of(point)) : '–'))))),
    ),
  );

const isKnown = (value) => value !== null && value !== undefined;

const sum = (series, point) => series.reduce((total, { of }) => total + (of(point) ?? 0), 0);

/** Indexes in a row, without the nulls between them. */
function runs(indexes) {
  const all = [[]];

  for (const index of indexes) {
    if (index === null) {
      all.push([]);
    } else {
      all.at(-1).push(index);
    }
  }

  return all.filter((run) => run.length > 0);
}
