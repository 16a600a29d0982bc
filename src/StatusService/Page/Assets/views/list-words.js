// What a list says of itself: how much it shows, of which time, and how much was read for it.

import { count, duration, number } from '../format.js';

/** The default windows are the API's: a correlation id is looked for in all that is stored. */
function timeOf(query) {
  if (query.from || query.to) {
    return 'in the chosen time';
  }

  return query.correlationId ? 'of all time' : 'of the last day';
}

export function heading(answer, query) {
  const more = answer.cursor && answer.items.length > 0 ? '; there may be more' : '';
  return `${count(answer.items.length, 'notification')} ${timeOf(query)}${query.cursor ? ', continued' : ''}${more}.`;
}

export function nothing(answer, query) {
  if (answer.cursor) {
    return 'None so far. There may be some among those that have not been looked at yet.';
  }

  return query.correlationId
    ? `Nothing is found with the correlation id “${query.correlationId}”. It must be given as a whole and with the same upper and lower case; what came to its end is kept for a limited time.`
    : 'None. Choose another time or fewer filters.';
}

/** @param {number} every milliseconds until it is looked at again @returns {string} empty for what an index has answered */
export function reading({ examined, items, cursor }, every) {
  if (examined === undefined) {
    return '';
  }

  const were = examined === 1 ? 'notification was' : 'notifications were';
  const what = `${number(examined)} ${were} read${items.length > 0 ? ' to find these' : ', and none of them fits'}`;
  const goOn = cursor ? ' Go on to read the next ones.' : '';
  return `No index has just what these filters ask for: ${what}.${goOn} This page is looked at again every ${duration(every)}.`;
}

/** As the API sorts it. */
export const order = (query) => (query.status === 'FAILED' && !query.correlationId ? 'the newest failure first' : 'newest first');
