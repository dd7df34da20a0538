/** Digits of which every number is exact. */
const EXACT = 15;
const TENS = Array.from({ length: EXACT + 1 }, (_, n) => 10 ** n);

/**
 * The nearest number to whole digits with so many decimals, and no minus zero: 1049 with 2 is 10.49. One division of two exact numbers is
 * rounded once, as reading the text would be.
 *
 * @param whole exact, at most fifteen digits
 * @param decimals 0 to 15
 */
export function withDecimals(whole: number, decimals: number): number {
  return whole / (TENS[decimals] as number) + 0;
}

/** The nearest number to a decimal of at most fifteen digits, and no minus zero: `-0.052`, `+7`, `.5`, `5.`. Null where the text is something else. */
export function decimalOf(text: string): number | null {
  const first = text.charCodeAt(0);
  const negative = first === 0x2d;
  let whole = 0;
  let digits = 0;
  let point = -1;
  for (let i = negative || first === 0x2b ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e && point < 0) point = digits;
    else if (code >= 0x30 && code <= 0x39 && digits < EXACT) {
      whole = whole * 10 + code - 0x30;
      digits++;
    } else return null;
  }
  if (digits === 0) return null;
  const value = withDecimals(whole, point < 0 ? 0 : digits - point);
  return negative ? 0 - value : value;
}
