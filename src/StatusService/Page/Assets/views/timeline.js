// What happened to a notification, in order: accepted, queued, each attempt, the end or what comes next.

import { h } from '../dom.js';
import { duration, exactly } from '../format.js';
import { icon, isFinal, outcome, stateOf, wordFor } from '../status.js';
import { traceLink } from '../traces.js';
import { countdown } from './countdown.js';
import { waterfall } from './waterfall.js';

export function timeline(record) {
  const longest = Math.max(1, ...record.history.map((attempt) => attempt.responseTime ?? 0));

  return h('ol', { class: 'timeline' }, [
    step('accepted', 'waiting', 'Accepted', record.createdAt, 'stored; the client has its 202'),
    record.deliverAt && step('scheduled', 'waiting', 'Scheduled for', record.deliverAt),
    record.queuedAt && step('queued', 'waiting', 'Queued', record.queuedAt),
    record.history.flatMap((attempt, index) => [
      isNewRound(record, index) && round(attempt.epoch),
      step(`attempt-${attempt.number}-${attempt.epoch}`, kindOf(attempt), `Attempt ${attempt.number}`, attempt.startedAt, ...details(record, attempt, index, longest)),
    ]),
    record.epoch > (record.history.at(-1)?.epoch ?? 0) && round(record.epoch),
    next(record),
  ]);
}

const step = (key, kind, name, time, ...more) =>
  h(
    'li',
    { class: `step ${kind}`, 'data-key': key },
    icon(kind),
    h('div', { class: 'step-head' }, h('strong', {}, name), ' ', time && exactly(time)),
    more.length > 0 && h('div', { class: 'step-body' }, more),
  );

const isNewRound = (record, index) => record.history[index].epoch > (record.history[index - 1]?.epoch ?? 0);

const round = (epoch) => step(`round-${epoch}`, 'moving', `Delivered again, round ${epoch + 1}`, null);

const kindOf = (attempt) => (attempt.category === 'SUCCESS' ? 'good' : 'bad');

function details(record, attempt, index, longest) {
  const isLast = index === record.history.length - 1 && record.deliveryResult?.attempt === attempt.number;
  const timings = attempt.timings ?? (isLast ? record.deliveryResult.timings : null);

  return [
    h(
      'p',
      {},
      h('span', { class: 'outcome' }, outcome(attempt)),
      ` ${attempt.category}`,
      attempt.errorCode && attempt.statusCode ? h('span', { class: 'quiet' }, ` ${attempt.errorCode}`) : null,
      attempt.responseTime === undefined ? null : ` after ${duration(attempt.responseTime)} `,
      traceLink(attempt.traceId),
    ),
    attempt.responseTime !== undefined && waterfall(attempt, timings, longest),
  ];
}

/** What it is at now, or what comes next, or how it ended. */
function next(record) {
  const state = stateOf(record);

  if (record.status === 'PROCESSING') {
    return step('next', 'moving', 'Claimed by a worker', record.lastDeliveryAttempt, 'An attempt is under way.');
  }

  if (state === 'RETRYING') {
    return step('next', 'waiting', 'Next attempt', record.nextAttemptAt, countdown(record.nextAttemptAt));
  }

  if (isFinal(record)) {
    return step('end', state === 'SUCCESS' ? 'good' : 'bad', wordFor(state), record.deliveredAt ?? record.lastUpdatedAt, ended(state));
  }

  const later = record.deliverAt && new Date(record.deliverAt) > new Date();
  return step('next', 'waiting', wordFor(state), null, later ? countdown(record.deliverAt) : 'Waits for a worker.');
}

const ENDS = {
  SUCCESS: 'The receiver took it.',
  CANCELLED: 'Somebody cancelled it; nothing more is tried.',
  FAILED: 'Final: nothing more is tried by itself.',
};

const ended = (state) => ENDS[state];
