/** Digits from which on a double may not hold an integer: the largest safe one has sixteen. */
const UNSAFE_DIGITS = 16;
const LONG_INTEGER = new RegExp(`^-?\\d{${UNSAFE_DIGITS},}$`);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON with every long integer as a string of its digits, which `JSON.parse` alone would round.
 * @param text known to be valid JSON
 */
export function parseExact(text: string): unknown {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (!isInNumber(code)) at++;
    else {
      const end = endOfNumber(text, at);
      const token = text.slice(at, end);
      if (LONG_INTEGER.test(token)) {
        parts.push(text.slice(from, at), `"${token}"`);
        from = end;
      }
      at = end;
    }
  }
  parts.push(text.slice(from));
  return JSON.parse(parts.join(''));
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && isInNumber(text.charCodeAt(at))) at++;
  return at;
}

/** `+`, `-`, `.`, a digit, or the letter of an exponent; the letters of `true` and `false` do no harm. */
function isInNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e || (code | 0x20) === 0x65;
}
