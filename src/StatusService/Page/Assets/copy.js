// Copies the text of a button's data-text.

import { announce } from './announce.js';
import { h } from './dom.js';

export const copyButton = (text, what) =>
  h('button', { type: 'button', class: 'plain small', 'data-action': 'copy', 'data-text': text, 'data-what': what, 'aria-label': `Copy ${what}` }, 'Copy');

export async function copyText(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.text);
    announce(`Copied ${button.dataset.what}.`);
  } catch {
    announce('The browser did not allow copying.');
  }
}
