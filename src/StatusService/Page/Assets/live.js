// Keeps a view up to date: asks again and again while the page is seen, less often while the service gives no answer.

import { Problem } from './api.js';

const SLOWEST_MS = 30_000;

/**
 * @param {function(AbortSignal): Promise<any>} load
 * @param {function(any): void} changed called with every answer that differs from the one before
 * @param {object} options
 * @param {number} [options.every] milliseconds from an answer to the next question
 * @param {function(any): number} [options.weight] of an answer: how many times as long it lasts, as it costs that much more
 * @param {function(Problem): void} [options.failed] what to do about a refusal
 * @returns {{ stop: function(): void, now: function(): Promise<void> }}
 */
export function keepLoading(load, changed, { every = 2_000, weight = () => 1, failed = () => {} } = {}) {
  const ended = new AbortController();
  let timer = 0;
  let pause = every;
  let due = 0;
  let last = null;
  let turn = 0;

  async function look() {
    clearTimeout(timer);
    const mine = ++turn;

    try {
      const answer = await load(ended.signal);

      if (ended.signal.aborted || mine !== turn) {
        return;
      }

      connection('');
      pause = every * weight(answer);
      showIfNew(answer);
    } catch (error) {
      if (ended.signal.aborted || mine !== turn) {
        return;
      }

      pause = Math.min(pause * 2, SLOWEST_MS);
      tell(error);
    }

    due = Date.now() + pause;
    timer = setTimeout(look, document.hidden ? Math.max(SLOWEST_MS, pause) : pause);
  }

  function showIfNew(answer) {
    const text = JSON.stringify(answer);

    if (text !== last) {
      last = text;
      changed(answer);
    }
  }

  function tell(error) {
    if (error instanceof Problem && error.status < 500) {
      failed(error);
    } else {
      connection('The service does not answer; trying again.');
    }
  }

  const seen = () => !document.hidden && Date.now() >= due && look();
  document.addEventListener('visibilitychange', seen);
  look();

  return {
    now: look,
    stop() {
      ended.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      connection('');
    },
  };
}

function connection(text) {
  const place = document.getElementById('connection');

  if (place.textContent !== text) {
    place.textContent = text;
  }
}
