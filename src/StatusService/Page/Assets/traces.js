// The way from an attempt to its trace.

import { signedIn } from './api.js';
import { copyButton } from './copy.js';
import { h } from './dom.js';

const TRACE_ID = /^[0-9a-f]{32}$/;

/** A link where the address of traces is configured; the id to copy where it is not. */
export function traceLink(traceId, text = 'Trace') {
  if (!TRACE_ID.test(traceId ?? '')) {
    return null;
  }

  const address = signedIn()?.traceUrl?.replace('{traceId}', traceId);

  return address
    ? h('a', { class: 'trace', href: address, target: '_blank', rel: 'noopener', title: traceId }, text, h('span', { class: 'unseen' }, ' (in a new tab)'), h('span', { 'aria-hidden': 'true' }, ' ↗'))
    : h('span', { class: 'trace' }, 'Trace ', h('span', { class: 'code small' }, traceId), ' ', copyButton(traceId, 'the trace id'));
}
