// JSON as it was sent: the digits of a number stay as they are, where the browser can tell them.

const asWritten = (_, value, context) =>
  (typeof value === 'number' && context?.source !== undefined && JSON.rawJSON ? JSON.rawJSON(context.source) : value);

export const parseAsWritten = (text) => JSON.parse(text, asWritten);

export const print = (value) => JSON.stringify(value, null, 2);

/** JSON with line breaks; anything else as it is. */
export function pretty(text) {
  try {
    return print(parseAsWritten(text));
  } catch {
    return text;
  }
}
