// Once an endpoint is enabled: what failed for it meanwhile is not sent by itself, and can be delivered again from here.

import { isOperator, send } from '../api.js';
import { announce } from '../announce.js';
import { h, show } from '../dom.js';
import { moment } from '../format.js';
import { changePath } from '../tenants.js';

/** @returns {{ panel: HTMLElement, offer: function(object): void, actions: object }} offer: gets the endpoint as it was before */
export function againPanel(tenant, owner, id) {
  const panel = h('div', { role: 'status' });
  let from = null;

  const offer = ({ failingSince, since, createdAt }) => {
    from = failingSince ?? since ?? createdAt;
    show(panel, h('p', { class: 'notice', 'data-key': 'offer' }, 'It gets what comes from now on. What was created since ', moment(from), ' and has failed is not sent by itself. ', h('button', { type: 'button', 'data-action': 'redeliver' }, 'Deliver it again')));
  };

  async function redeliver(button) {
    button.disabled = true;

    try {
      const begun = await send('POST', changePath(tenant, owner, id, 'redeliver'), { from });
      show(panel, h('p', { class: 'notice', 'data-key': 'begun', tabindex: -1 }, 'What failed is delivered again, a few each second. ', isOperator() && h('a', { href: `/redeliveries/${encodeURIComponent(begun.id)}` }, 'Follow it')));
      panel.firstElementChild.focus();
      announce('What failed is delivered again.');
    } catch (error) {
      panel.querySelector('.problem')?.remove();
      panel.append(h('p', { class: 'problem' }, error.text ?? 'The service did not answer. Look at the notifications below before you try again.'));
      button.disabled = false;
    }
  }

  return { panel, offer, actions: { redeliver } };
}
