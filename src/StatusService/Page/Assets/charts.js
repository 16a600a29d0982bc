// Charts drawn here, as SVG. Each has its numbers as a table beside it, for those who cannot see it or want to know exactly.

import { h, svg } from './dom.js';

const HEIGHT = 180;
const LEFT = 64;
const BOTTOM = 24;
const TOP = 8;

/**
 * @typedef {{ key: string, name: string, of: function(object): number|null }} Series what is drawn; key is its class
 * @typedef {{ key: string, title: string, width: number, points: object[], series: Series[], label: function(object): string,
 *   value: function(number): string, column: string }} Chart
 */

/** Bars, the series of each point on top of each other. @param {Chart} chart */
export const stackedBars = (chart) => figure(chart, niceMax(Math.max(0, ...chart.points.map((point) => sum(chart.series, point)))), (scale) =>
  chart.points.map((point, index) => {
    let base = 0;

    return chart.series.map(({ key, of }) => {
      const value = of(point) ?? 0;
      const y = scale.y(base + value);
      const height = scale.y(base) - y;
      base += value;
      return value > 0 && svg('rect', { class: `area series-${key}`, x: scale.x(index) + scale.gap, y, width: Math.max(1, scale.step - 2 * scale.gap), height });
    });
  }));

/** Lines with gaps where there is no value. @param {Chart} chart */
export const lines = (chart) => figure(chart, niceMax(Math.max(0, ...chart.points.flatMap((point) => chart.series.map(({ of }) => of(point) ?? 0)))), (scale) =>
  chart.series.map(({ key, of }) => {
    const at = (index) => [scale.x(index) + scale.step / 2, scale.y(of(chart.points[index]))].map((value) => value.toFixed(1)).join(' ');
    const known = chart.points.map((point, index) => (of(point) === null || of(point) === undefined ? null : index));

    return [
      svg('path', { class: `line series-${key}`, d: runs(known).map((run) => `M${run.map(at).join('L')}`).join('') }),
      known.filter((index) => index !== null).map((index) => svg('circle', { class: `area series-${key}`, cx: at(index).split(' ')[0], cy: at(index).split(' ')[1], r: 2.5 })),
    ];
  }));

function figure(chart, max, draw) {
  const step = (chart.width - LEFT) / Math.max(1, chart.points.length);
  const scale = {
    step,
    gap: step > 6 ? 1 : 0,
    x: (index) => LEFT + index * step,
    y: (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / max),
  };

  return h(
    'figure',
    { class: 'chart', 'data-key': chart.key },
    h('figcaption', {}, h('h2', {}, chart.title), legend(chart.series)),
    svg(
      'svg',
      { viewBox: `0 0 ${chart.width} ${HEIGHT}`, width: chart.width, height: HEIGHT, role: 'img', 'aria-label': `${chart.title}; the numbers are in the table below` },
      grid(chart, scale, max),
      draw(scale),
    ),
    h('details', {}, h('summary', {}, 'As a table'), table(chart)),
  );
}

const legend = (series) => h('ul', { class: 'legend' }, series.map(({ key, name }) => h('li', { class: `series-${key}` }, name)));

function grid(chart, scale, max) {
  const values = [0, max / 2, max];
  const every = Math.max(1, Math.ceil(chart.points.length / Math.max(2, Math.floor(chart.width / 110))));

  return [
    values.map((value) => [
      svg('line', { class: 'grid', x1: LEFT, x2: chart.width, y1: scale.y(value), y2: scale.y(value) }),
      svg('text', { class: 'tick', x: LEFT - 8, y: scale.y(value) + 4, 'text-anchor': 'end' }, chart.value(value)),
    ]),
    chart.points.map((point, index) =>
      index % every === 0 && index * scale.step < chart.width - LEFT - 40 && svg('text', { class: 'tick', x: scale.x(index), y: HEIGHT - 6 }, chart.label(point))),
  ];
}

const table = (chart) =>
  h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${chart.title}, numbers` },
    h(
      'table',
      { class: 'table' },
      h('thead', {}, h('tr', {}, [chart.column, ...chart.series.map(({ name }) => name)].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, chart.points.map((point) => h('tr', {}, h('th', { scope: 'row' }, chart.label(point)), chart.series.map(({ of }) => h('td', {}, shown(chart, of(point))))))),
    ),
  );

const shown = (chart, value) => (value === null || value === undefined ? '–' : chart.value(value));

const sum = (series, point) => series.reduce((total, { of }) => total + (of(point) ?? 0), 0);

/** The next round number whose half is round too. */
function niceMax(value) {
  const size = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [2, 4, 6, 10].map((factor) => factor * size).find((round) => round >= value);
}

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
