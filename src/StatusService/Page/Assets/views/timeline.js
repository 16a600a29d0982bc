// What happened to a notification, in order: accepted, queued, each attempt, the end or what comes next.

import { h } from '../dom.js';
import { duration, exactly } from '../format.js';
import { icon, isFinal, isKnown, outcome, stateOf, wordFor } from '../status.js';
import { traceLink } from '../traces.js';
import { countdown } from './clocks.js';
import { reasonFor, wayOut } from './waiting.js';
import { waterfall } from './waterfall.js';

export function timeline(record) {
  const events = [
    at(record.createdAt, step('accepted', 'waiting', 'Accepted', record.createdAt, 'Stored for good; the client has its 202.')),
    record.queuedAt && at(record.queuedAt, step('queued', 'waiting', 'Queued', record.queuedAt, latest(record, record.queuedAt))),
    ...attempts(record),
  ];

  return h('ol', { class: 'timeline' }, [
    events.filter(Boolean).sort((one, other) => one.time - other.time).map(({ steps }) => steps),
    record.epoch > (record.history.at(-1)?.epoch ?? 0) && round(record.epoch),
    next(record),
  ]);
}

const at = (time, ...steps) => ({ time: new Date(time).getTime(), steps });

/** The record has the last time of what happens before each attempt. */
const latest = (record, time) => (record.history.length > 0 && time > record.history[0].startedAt ? 'For the latest attempt.' : null);

function attempts(record) {
  const longest = Math.max(1, ...record.history.map((attempt) => attempt.responseTime ?? 0));

  return record.history.map((attempt, index) =>
    at(
      attempt.startedAt,
      isNewRound(record, index) && round(attempt.epoch),
      step(`attempt-${attempt.number}`, kindOf(attempt), `Attempt ${attempt.number}`, attempt.startedAt, ...details(record, attempt, index, longest)),
    ));
}

const step = (key, kind, name, time, ...more) =>
  h(
    'li',
    { class: `step ${kind}`, 'data-key': key },
    icon(kind),
    h('div', { class: 'step-head' }, h('strong', {}, name), ' ', time && exactly(time)),
    more.some(Boolean) && h('div', { class: 'step-body' }, more),
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
    attempt.url && attempt.url !== record.url && h('p', { class: 'small' }, 'Called ', h('span', { class: 'code' }, attempt.url)),
    attempt.responseTime !== undefined && waterfall(attempt, timings, longest),
  ];
}

/** What it is at now, or what comes next, or how it ended. */
function next(record) {
  const state = stateOf(record);

  if (record.status === 'PROCESSING') {
    return step('next', 'moving', 'An attempt is under way', null);
  }

  if (state === 'RETRYING') {
    return step('next', 'waiting', 'Next attempt', record.nextAttemptAt, countdown(record.nextAttemptAt), why(record));
  }

  if (isFinal(record)) {
    return step('end', state === 'SUCCESS' ? 'good' : 'bad', wordFor(state), record.deliveredAt ?? record.lastUpdatedAt, ended(state));
  }

  return record.deliverAt && new Date(record.deliverAt) > new Date()
    ? step('next', 'waiting', 'Scheduled for', record.deliverAt, countdown(record.deliverAt))
    : step('next', 'waiting', wordFor(state), null, isKnown(state) ? why(record) : UNKNOWN, record.waiting?.until && countdown(record.waiting.until));
}

/** Why it is where it is, but for what goes without saying. */
const why = (record) =>
  record.waiting && record.waiting.reason !== 'RETRY' && h('span', { class: 'waiting-reason' }, `${sentence(reasonFor(record.waiting))} `, wayOut(record) && [wayOut(record), ' ']);

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

const UNKNOWN = 'Another release has written that; this one does not know what comes next.';

const ENDS = {
  SUCCESS: 'The receiver took it.',
  CANCELLED: 'Somebody cancelled it; nothing more is tried.',
  FAILED: 'Final: nothing more is tried by itself.',
};

const ended = (state) => ENDS[state];
