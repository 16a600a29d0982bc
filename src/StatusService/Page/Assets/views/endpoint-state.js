// What an endpoint is, since when, until when and why; and what can be done about that.

import { h } from '../dom.js';
import { moment } from '../format.js';
import { icon } from '../status.js';
import { countdown } from './clocks.js';

const KINDS = { ACTIVE: 'good', PAUSED: 'waiting', DISABLED: 'bad' };

const REASONS = {
  GONE: 'it answered 410: it is gone',
  FAILING: 'no attempt has succeeded for too long',
  BY_OWNER: 'its owner, or an operator, asked for it',
};

/** It gets what comes, and has not answered 2xx of late. */
export const isFailing = ({ status, failingSince }) => status === 'ACTIVE' && Boolean(failingSince);

/** One that a newer release has put into another state is shown by its word. */
export function endpointBadge(endpoint) {
  const kind = isFailing(endpoint) ? 'bad' : (KINDS[endpoint.status] ?? 'waiting');
  return h('span', { class: `badge ${kind}` }, icon(kind), isFailing(endpoint) ? 'ACTIVE, failing' : endpoint.status);
}

/** @returns {Array} nothing of one that is well */
export const stateWords = (endpoint) => [
  endpoint.status === 'PAUSED' && ['Paused', since(endpoint), endpoint.pausedUntil && [' until ', moment(endpoint.pausedUntil), ', which is ', countdown(endpoint.pausedUntil)], '. What comes is held.'],
  endpoint.status === 'DISABLED' && ['Disabled', since(endpoint), `: ${REASONS[endpoint.reason] ?? endpoint.reason ?? 'why is not known'}. What comes fails, and nothing is sent.`],
  isFailing(endpoint) && ['No attempt has succeeded since ', moment(endpoint.failingSince), '.'],
].filter(Boolean);

const since = ({ since: time }) => time && [' since ', moment(time)];

/** The attempt with which it began. */
export const troubleLink = ({ trouble }) =>
  trouble
    ? h('span', {}, h('a', { href: `/notifications/${encodeURIComponent(trouble.notificationId)}` }, h('span', { class: 'code' }, String(trouble.statusCode ?? trouble.code ?? trouble.category)), ' ', moment(trouble.at)))
    : '–';

export const mayPause = ({ status }) => status === 'ACTIVE' || status === 'PAUSED';

export const mayDisable = mayPause;

export const mayResume = ({ status }) => status === 'PAUSED';

export const mayEnable = ({ status }) => status === 'DISABLED';
