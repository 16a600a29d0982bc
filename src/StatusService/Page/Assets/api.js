// Calls to StatusService, on behalf of whoever is signed in.

let session = null;

/** An answer that is not 2xx: Waybill's problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.title ?? `The service answered ${status}.`);
    this.status = status;
    this.detail = document.detail ?? null;
    this.errors = document.errors ?? null;
  }

  /** One text for people. */
  get text() {
    const fields = Object.entries(this.errors ?? {}).map(([name, errors]) => `${name} ${errors.join(' ')}`);
    return [this.message, this.detail, ...fields].filter(Boolean).join(' ');
  }
}

export const signedIn = () => session;

export const isOperator = () => session?.role === 'operator';

/** @returns {Promise<object|null>} who is signed in; null for nobody */
export async function loadSession() {
  session = await request('GET', '/session');
  return session;
}

export async function signIn(key) {
  await request('POST', '/session', { authorization: `Bearer ${key}` });
  return loadSession();
}

export async function signOut() {
  await request('DELETE', '/session', { 'x-waybill-csrf': session.csrfToken });
  session = null;
}

/** @param {AbortSignal} [signal] */
export const get = (path, signal) => request('GET', path, {}, undefined, signal);

export const getText = async (path) => (await call('GET', path)).text();

/** A call that changes something. */
export const send = (method, path, body, headers = {}) => request(method, path, { ...headers, 'x-waybill-csrf': session?.csrfToken ?? '' }, body);

async function request(method, path, headers, body, signal) {
  const response = await call(method, path, headers, body, signal);
  return response.status === 204 ? null : response.json();
}

async function call(method, path, headers = {}, body = undefined, signal = undefined) {
  const response = await fetch(path, {
    method,
    signal,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
    redirect: 'error',
  });

  if (response.ok) {
    return response;
  }

  const problem = new Problem(response.status, await response.json().catch(() => ({})));

  if (response.status === 401 && session) {
    session = null;
    document.dispatchEvent(new CustomEvent('session-ended'));
  }

  throw problem;
}
