// The state of a notification as a word with a colour and a shape of its own; the colour alone says nothing.

import { h, svg } from './dom.js';

/** As the API spells them. */
export const STATUSES = ['PENDING', 'QUEUED', 'PROCESSING', 'SUCCESS', 'FAILED'];

/** Categories of a last result that is no success. */
export const FAILURES = ['CLIENT_ERROR', 'SERVER_ERROR', 'TIMEOUT', 'NETWORK_ERROR', 'BLOCKED', 'ABANDONED', 'CANCELLED', 'ENDPOINT_DISABLED'];

const SHAPES = {
  waiting: 'M8 4.2V8l2.6 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  moving: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
  good: 'm3.5 8.5 3 3 6-7',
  bad: 'm4.5 4.5 7 7m0-7-7 7',
};

const KINDS = {
  PENDING: 'waiting',
  QUEUED: 'waiting',
  PROCESSING: 'moving',
  RETRYING: 'waiting',
  SUCCESS: 'good',
  FAILED: 'bad',
  CANCELLED: 'bad',
};

const WORDS = { RETRYING: 'FAILED, retry to come', CANCELLED: 'FAILED, cancelled' };

/** FAILED is three things to people: final, cancelled, and waiting for its retry. */
export function stateOf(notification) {
  if (notification.status !== 'FAILED') {
    return notification.status;
  }

  if (notification.nextAttemptAt || notification.final === false) {
    return 'RETRYING';
  }

  return notification.deliveryResult?.category === 'CANCELLED' ? 'CANCELLED' : 'FAILED';
}

/** Of this release's own. */
export const isKnown = (state) => state in KINDS;

export const wordFor = (state) => WORDS[state] ?? state;

/** A state that this release does not know, as another has written it, is shown by its word: whether it is the end nobody knows. */
const kindOf = (state) => KINDS[state] ?? 'waiting';

export function badge(notification) {
  const state = stateOf(notification);
  return h('span', { class: `badge ${kindOf(state)} state-${state.toLowerCase()}` }, icon(kindOf(state)), wordFor(state));
}

export const icon = (kind) => svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: SHAPES[kind] }));

export const isFinal = (notification) => ['SUCCESS', 'FAILED', 'CANCELLED'].includes(stateOf(notification));

export const mayCancel = (notification) => ['PENDING', 'QUEUED', 'RETRYING'].includes(stateOf(notification));

/** What came of an attempt, in few words: 200, or 503, or connection_refused. */
export const outcome = (attempt) => String(attempt.statusCode ?? attempt.errorCode ?? attempt.errorDetails?.code ?? attempt.category);
