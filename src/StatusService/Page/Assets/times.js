// Between what a date field holds, which is local and has no zone, and what the API takes.

const two = (value) => String(value).padStart(2, '0');

/** For a datetime-local field; empty for nothing, or for what is no time. */
export function localTime(text) {
  const date = new Date(text ?? '');

  if (Number.isNaN(date.getTime())) {
    return '';
  }

  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** RFC 3339; empty for an empty field. */
export const utcTime = (text) => (text === '' ? '' : new Date(text).toISOString());

const LONGEST_LIST_MS = 31 * 86_400_000;

/** Whether a list goes back so far; one of failures goes further. */
export const fitsIntoList = ({ from, to }) => new Date(to) - new Date(from) <= LONGEST_LIST_MS;
