// What is known of a notification, in short.

import { copyButton } from '../copy.js';
import { h } from '../dom.js';
import { count, moment } from '../format.js';
import { endpointAddress, eventAddress, tenantAddress } from '../tenants.js';
import { traceLink } from '../traces.js';

export const facts = (record) =>
  h(
    'dl',
    { class: 'facts card' },
    fact('Id', h('span', { class: 'code' }, record.id), ' ', copyButton(record.id, 'the id')),
    fact('Owner', record.owner),
    record.eventId && ofEvent(record),
    record.correlationId && fact('Correlation id', h('span', { class: 'code' }, record.correlationId)),
    fact('Created', moment(record.createdAt)),
    fact('Last change', moment(record.lastUpdatedAt)),
    fact('Failed attempts', `${record.attempts} of ${record.maxAttempts} allowed`),
    record.epoch > 0 && fact('Delivered again', count(record.epoch, 'time')),
    record.historyOmitted && fact('Attempts not kept', `${record.historyOmitted}, from the middle of the history`),
    record.redeliveryJob && fact('By bulk redelivery', h('a', { href: `/redeliveries/${encodeURIComponent(record.redeliveryJob)}` }, record.redeliveryJob)),
    record.lastSendError && fact('Last trouble with the queue', record.lastSendError),
    record.traceId && fact('Trace', traceLink(record.traceId, 'From the client’s request on')),
  );

/** Whom it is for, and what it tells of. */
const ofEvent = ({ eventId, eventType, tenant, endpointId, owner }) => [
  fact('Event', h('a', { class: 'code', href: eventAddress(eventId) }, eventId)),
  fact('Type', h('span', { class: 'code' }, eventType)),
  fact('Tenant', h('a', { href: tenantAddress(tenant, owner) }, tenant)),
  fact('Endpoint', h('a', { class: 'code', href: endpointAddress(tenant, endpointId, owner) }, endpointId)),
];

const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));
