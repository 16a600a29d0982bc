// What an endpoint is to be. The service says what is allowed; here it is only made JSON.

import { h } from '../dom.js';

const HIDDEN = '***';

/**
 * @param {object|null} endpoint as it is; null for a new one
 * @param {function(object): Promise<void>} save gets what was given, of an endpoint that there is only what differs; throws what the service refuses
 */
export function endpointForm(endpoint, save) {
  const shown = textsOf(endpoint);
  const problem = h('p', { class: 'problem full', role: 'alert' });
  const button = h('button', { type: 'submit', class: 'primary' }, endpoint ? 'Save' : 'Add the endpoint');

  const form = h(
    'form',
    { class: 'filters endpoint-form', 'aria-label': endpoint ? 'Settings' : 'New endpoint' },
    h('div', { class: 'field full' }, h('label', { for: 'url' }, 'URL'), h('input', { id: 'url', name: 'url', type: 'text', inputmode: 'url', required: true, value: shown.url, placeholder: 'https://example.com/hooks', ...AS_TYPED })),
    field('types', 'Events', 'Types such as order.paid or order.*, with spaces between; * for all.', h('input', { name: 'types', type: 'text', required: true, value: shown.types, placeholder: 'order.*', ...AS_TYPED })),
    field('description', 'Description', 'For people.', h('input', { name: 'description', type: 'text', value: shown.description, autocomplete: 'off' })),
    h(
      'details',
      { class: 'full' },
      h('summary', {}, 'Headers, time, retries and pace'),
      h(
        'div',
        { class: 'filters' },
        field('headers', 'Headers', `A JSON object, such as {"X-Shop": "7"}. ${hiddenNote(endpoint)}`, h('textarea', { name: 'headers', rows: 3, placeholder: 'none', ...AS_TYPED }, shown.headers)),
        field('retrySchedule', 'Retry schedule', 'Seconds between attempts, as JSON: [5, 60, 600]. Empty for the default.', h('textarea', { name: 'retrySchedule', rows: 3, placeholder: 'default', ...AS_TYPED }, shown.retrySchedule)),
        field('timeoutSeconds', 'Longest time of an attempt', 'In seconds. Empty for the default.', h('input', { name: 'timeoutSeconds', type: 'text', inputmode: 'numeric', placeholder: 'default', value: shown.timeoutSeconds, ...AS_TYPED })),
        field('maxPerSecond', 'Calls a second, at most', 'From 1 to 1,000, over all workers. Empty for as many as it takes.', h('input', { name: 'maxPerSecond', type: 'text', inputmode: 'numeric', placeholder: 'no bound', value: shown.maxPerSecond, ...AS_TYPED })),
      ),
    ),
    problem,
    h('div', { class: 'buttons full' }, button),
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    button.disabled = true;

    try {
      await save(read(new FormData(form), shown, endpoint !== null));
    } catch (error) {
      problem.textContent = error.text ?? error.words ?? 'The service does not answer. Look at the endpoint before you try again.';
    }

    button.disabled = false;
  });

  return form;
}

const AS_TYPED = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' };

function field(id, label, hint, control) {
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, h('span', { id: `${id}-hint`, class: 'quiet small' }, hint));
}

const hiddenNote = (endpoint) =>
  (Object.values(endpoint?.headers ?? {}).includes(HIDDEN) ? `Those that look secret are hidden: leave the field as it is, or give all of them anew.` : '');

/** What the fields hold at first. */
function textsOf(endpoint) {
  const headers = Object.keys(endpoint?.headers ?? {}).length > 0 ? JSON.stringify(endpoint.headers, null, 1) : '';

  return {
    url: endpoint?.url ?? '',
    types: endpoint?.types.join(' ') ?? '',
    description: endpoint?.description ?? '',
    headers,
    retrySchedule: endpoint?.retrySchedule ? JSON.stringify(endpoint.retrySchedule) : '',
    timeoutSeconds: endpoint ? String(endpoint.timeoutSeconds) : '',
    maxPerSecond: endpoint?.maxPerSecond ? String(endpoint.maxPerSecond) : '',
  };
}

const READERS = {
  url: (text) => text,
  types: (text) => text.split(/[\s,]+/).filter(Boolean),
  description: (text) => text || null,
  headers: readHeaders,
  retrySchedule: (text) => (text === '' ? null : parsed('The retry schedule', text)),
  timeoutSeconds: (text) => (text === '' ? null : parsed('The longest time of an attempt', text)),
  maxPerSecond: (text) => (text === '' ? null : parsed('Calls a second', text)),
};

/** An endpoint that there is keeps what is not named: also what somebody else has changed since. */
function read(data, shown, onlyChanges) {
  const given = Object.keys(READERS).map((name) => [name, data.get(name).trim()]);
  const wanted = given.filter(([name, text]) => !onlyChanges || text !== shown[name].trim());

  if (wanted.length === 0) {
    throw saying('Nothing is changed.');
  }

  return Object.fromEntries(wanted.map(([name, text]) => [name, READERS[name](text)]));
}

function readHeaders(text) {
  const headers = text === '' ? {} : parsed('Headers', text);
  const hidden = Object.entries(headers ?? {}).find(([, value]) => value === HIDDEN);

  if (hidden) {
    throw saying(`The value of the header ${hidden[0]} is hidden. Give it anew, as all headers are replaced.`);
  }

  return headers;
}

function parsed(what, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw saying(`${what} must be JSON, as the example shows it.`);
  }
}

const saying = (words) => Object.assign(new Error(words), { words });
