// Which view an address belongs to, and moving between them without loading the page anew.

const LINK = 'a[href^="/"]';

/**
 * @param {Array<[RegExp, function(...string): object]>} routes pattern of the path, and the view made from its groups
 * @param {function(object): void} open shows a view
 */
export function createRouter(routes, open) {
  const here = () => {
    for (const [pattern, view] of routes) {
      const match = pattern.exec(location.pathname);

      if (match) {
        return open(view(...match.slice(1)));
      }
    }

    return open(null);
  };

  const go = (path) => {
    history.pushState(null, '', path);
    here();
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.(LINK);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

    if (link && plain && !link.target && !link.download && !event.defaultPrevented) {
      event.preventDefault();
      go(link.getAttribute('href'));
    }
  });

  addEventListener('popstate', here);
  return { here, go };
}

/** The parameters of the address, without empty ones. */
export const parameters = () => Object.fromEntries([...new URLSearchParams(location.search)].filter(([, value]) => value !== ''));

/** An address with parameters; those that are empty are left out. */
export function withParameters(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
