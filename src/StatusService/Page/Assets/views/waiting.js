// What a notification that is not final waits for, in words; a reason that this page does not know is shown as it is.

import { h } from '../dom.js';
import { endpointAddress } from '../tenants.js';
import { countdown } from './clocks.js';

const WORDS = {
  SCHEDULED: 'scheduled for later',
  QUEUED: 'waits for a worker',
  ATTEMPT: 'an attempt is under way',
  RETRY: 'waits for its next attempt',
  RETRY_AFTER: 'its receiver asked for a pause',
  QUEUE_DOWN: 'the queue did not take it',
  HOST_BUSY: 'its receiver is busy with other calls',
  HOST_PACED: 'its receiver takes no more calls a second',
  HOST_FAILING: 'its receiver does not answer, or fails',
  ENDPOINT_PAUSED: 'its endpoint is paused',
};

export const reasonFor = ({ reason }) => WORDS[reason] ?? reason;

/** The way to who can do something about it. */
export const wayOut = ({ waiting, tenant, endpointId, owner }) =>
  waiting?.reason === 'ENDPOINT_PAUSED' && endpointId && h('a', { href: endpointAddress(tenant, endpointId, owner) }, 'The endpoint');

/** @returns {Array} the reason and how long still; nothing where it does not wait */
export const waiting = (notification) =>
  notification.waiting
    ? [h('span', { class: 'quiet small waiting-reason' }, reasonFor(notification.waiting), notification.waiting.until && [' ', countdown(notification.waiting.until)], wayOut(notification) && [' ', wayOut(notification)])]
    : [];
