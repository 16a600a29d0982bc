// Builds and updates the document. Whatever is shown becomes text or an attribute, never markup: it was written by others.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Attributes that are null, undefined or false are left out; true is an empty attribute.
 * @param {string} tag
 * @param {Object<string, string|number|boolean|null|undefined>} attributes
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 */
export const h = (tag, attributes = {}, ...children) => build(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const svg = (tag, attributes = {}, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }

  element.append(...children.flat(Infinity).filter(isShown).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

const isShown = (child) => child !== null && child !== undefined && child !== false;

/**
 * Makes an element's content like the given nodes, keeping what is the same: focus, selection, scrolling and what a person
 * has opened stay. Elements with a data-key are the same when their key is.
 */
export function show(parent, ...nodes) {
  const wanted = document.createElement(parent.localName);
  wanted.append(...nodes.flat(Infinity).filter(isShown));
  updateChildren(parent, wanted);
}

function updateChildren(parent, wanted) {
  const keys = new Set([...wanted.children].map(keyOf).filter(Boolean));
  let current = parent.firstChild;

  for (const next of [...wanted.childNodes]) {
    current = withoutGone(current, keys);

    if (current && isSame(current, next)) {
      update(current, next);
      current = current.nextSibling;
      continue;
    }

    parent.insertBefore(kept(parent, next) ?? next, current);
  }

  while (current) {
    const gone = current;
    current = current.nextSibling;
    gone.remove();
  }
}

/** The first sibling, from here, that is not a keyed element which is no longer wanted. */
function withoutGone(node, keys) {
  let current = node;

  while (current && keyOf(current) && !keys.has(keyOf(current))) {
    const gone = current;
    current = current.nextSibling;
    gone.remove();
  }

  return current;
}

function kept(parent, next) {
  const key = keyOf(next);
  const found = key && [...parent.children].find((child) => keyOf(child) === key && isSame(child, next));

  if (found) {
    update(found, next);
  }

  return found || null;
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null);

const isSame = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

function update(current, next) {
  if (current.nodeType !== Node.ELEMENT_NODE) {
    if (current.data !== next.data) {
      current.data = next.data;
    }

    return;
  }

  updateAttributes(current, next);
  updateChildren(current, next);
}

function updateAttributes(current, next) {
  // Whether details are open is the reader's choice.
  const keepsOpen = current.localName === 'details';

  for (const { name } of [...current.attributes]) {
    if (!next.hasAttribute(name) && !(keepsOpen && name === 'open')) {
      current.removeAttribute(name);
    }
  }

  for (const { name, value } of next.attributes) {
    if (current.getAttribute(name) !== value && !(keepsOpen && name === 'open')) {
      current.setAttribute(name, value);
    }
  }
}

/**
 * One listener for all elements with data-action inside, now and later.
 * @param {Object<string, function(HTMLElement): void>} actions by the value of data-action
 * @returns {function(): void} ends it
 */
export function onAction(root, actions) {
  const listener = (event) => {
    const element = event.target.closest('[data-action]');
    const action = element && actions[element.dataset.action];

    if (action && !element.disabled) {
      event.preventDefault();
      action(element);
    }
  };

  root.addEventListener('click', listener);
  return () => root.removeEventListener('click', listener);
}
