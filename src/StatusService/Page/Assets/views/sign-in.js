// Signing in. The key is sent once, kept nowhere in the page, and answered with a cookie that scripts cannot read.

import { signIn } from '../api.js';
import { h } from '../dom.js';

/** @param {function(): void} done called once somebody is signed in */
export const signInForm = (done) => ({
  name: 'sign-in',
  title: 'Sign in',
  open(place) {
    const key = h('input', {
      id: 'key', type: 'password', autocomplete: 'current-password', required: true, 'data-focus': true, spellcheck: 'false', 'aria-describedby': 'problem',
    });
    const problem = h('p', { id: 'problem', class: 'problem', role: 'alert' });
    const button = h('button', { type: 'submit', class: 'primary' }, 'Sign in');

    const form = h(
      'form',
      { class: 'card sign-in-form' },
      h('h1', {}, 'Sign in to Waybill'),
      h('p', { class: 'quiet' }, 'With an API key: an operator’s shows everything, a client’s what its owner posted.'),
      h('label', { for: 'key' }, 'API key'),
      key,
      problem,
      button,
    );

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      button.disabled = true;
      problem.textContent = '';

      try {
        await signIn(key.value.trim());
        done();
      } catch (error) {
        problem.textContent = explain(error);
        button.disabled = false;
        key.select();
      }
    });

    place.append(form);
    key.focus();
  },
});

function explain(error) {
  switch (error.status) {
    case 401: return 'This key is not known, or it has expired.';
    case 403: return 'This key is for the services themselves, not for people.';
    case 429: return 'Too many wrong keys came from this address. Wait a little, then try again.';
    default: return error.status ? error.message : 'The service does not answer. Try again.';
  }
}
