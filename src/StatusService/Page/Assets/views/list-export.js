// The whole of a list as a file, by the same filters. The browser saves it as it comes in; the session's cookie goes with the link.

import { h } from '../dom.js';
import { withParameters } from '../router.js';
import { toQuery } from './list-filters.js';

const FORMATS = [['ndjson', 'NDJSON'], ['csv', 'CSV']];

export const exportLinks = (query) =>
  h('div', { class: 'export' }, h('span', { class: 'quiet small', 'aria-hidden': 'true' }, 'Export'), FORMATS.map(([format, name]) => link(format, name, query)));

const link = (format, name, query) =>
  h(
    'a',
    {
      class: 'button small',
      href: withParameters('/v1/notifications/export', { format, ...toQuery(query), cursor: '' }),
      download: `notifications.${format}`,
      'aria-label': `Export as ${name}`,
    },
    name,
  );
