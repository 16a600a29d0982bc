// Addresses of tenants, endpoints and events, on the page and behind it.

import { isOperator, signedIn } from './api.js';
import { parameters, withParameters } from './router.js';

const path = (...parts) => parts.map((part) => `/${encodeURIComponent(part)}`).join('');

/** Named only where it is not one's own: a client has no other. */
const query = (owner) => (owner && owner !== signedIn()?.owner ? { owner } : {});

export const tenantAddress = (tenant, owner) => withParameters(path('tenants', tenant), query(owner));

export const endpointAddress = (tenant, id, owner) => withParameters(path('tenants', tenant, 'endpoints', id), query(owner));

export const eventAddress = (id) => path('events', id);

/** @param {...string} parts after the tenant's endpoints */
export const readPath = (tenant, owner, ...parts) => withParameters(`/v1${path('tenants', tenant, 'endpoints', ...parts)}`, query(owner));

/** The same for what changes something. */
export const changePath = (tenant, owner, ...parts) => withParameters(`/page${path('tenants', tenant, 'endpoints', ...parts)}`, query(owner));

/** Whose tenants somebody is at: an operator may look at those of any owner. */
export const ownerHere = () => (isOperator() && parameters().owner) || signedIn().owner;
