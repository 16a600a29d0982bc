// What the receiver answered to the attempt that was recorded last.

import { h } from '../dom.js';
import { duration, exactly } from '../format.js';
import { pretty } from '../json.js';

export function responsePanel(record) {
  const result = record.deliveryResult;

  if (!result) {
    return null;
  }

  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'response-title', 'data-key': 'response' },
    h('h2', { id: 'response-title' }, 'Last result'),
    h('p', {}, h('strong', {}, statusLine(result)), ` ${result.category} `, exactly(result.timestamp), result.attempt > 0 && ` after ${duration(result.responseTime)}`),
    result.errorDetails && h('p', {}, h('span', { class: 'code' }, result.errorDetails.code), ` ${result.errorDetails.message}`),
    result.errorDetails?.response && [
      h('h3', {}, 'Start of the answer’s body'),
      h('pre', { tabindex: 0, 'aria-label': 'Start of the answer’s body' }, pretty(result.errorDetails.response)),
    ],
  );
}

const statusLine = (result) => (result.statusCode ? `${result.statusCode} ${result.statusText ?? ''}` : 'No answer');
