// How much room the labels of a chart need. Only the browser knows: it depends on the text, the font and the reader's size of text.

import { svg } from './dom.js';

/**
 * @param {string[]} texts
 * @returns {{ width: number, height: number, ascent: number }} of the widest and the highest of them, in pixels; the ascent is what stands above the line they are written on
 */
export function largest(texts) {
  const place = svg('svg', { class: 'unseen', 'aria-hidden': 'true' }, [...new Set(texts)].map((text) => svg('text', { class: 'tick' }, text)));
  document.body.append(place);
  const boxes = [...place.children].map((text) => text.getBBox());
  place.remove();

  return {
    width: Math.ceil(Math.max(0, ...boxes.map(({ width }) => width))),
    height: Math.ceil(Math.max(0, ...boxes.map(({ height }) => height))),
    ascent: Math.max(0, ...boxes.map(({ y }) => -y)),
  };
}
