import { SECRET_TEXT } from './faults.ts';
import { SOH } from './head.ts';

const STAR = 0x2a;
const MARK = 0x7e;
/** After the start mark: centre, station, password, function, length. */
const HEX = { password: 8, fn: 10, text: 14 } as const;
const ASCII = { password: 13, fn: 17, text: 24 } as const;

/**
 * A copy in which passwords are starred out, as long as it was: where a frame begins its own, and the whole text of functions that set or tell
 * passwords. Wherever a mark stands it may begin a frame.
 */
export function withoutPasswords(came: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(came);
  for (let i = 0; i < came.length; i++) {
    if (came[i] === MARK && came[i + 1] === MARK) {
      bytes.fill(STAR, i + HEX.password, i + HEX.fn);
      if (SECRET_TEXT.has(came[i + HEX.fn] ?? 0))
        hideText(bytes, i + HEX.text, (at) => came[at] === MARK && came[at + 1] === MARK);
    } else if (came[i] === SOH && isHex(came, i + 1, ASCII.fn + 1)) {
      bytes.fill(STAR, i + ASCII.password, i + ASCII.fn);
      const fn = Number.parseInt(Buffer.from(came.subarray(i + ASCII.fn, i + ASCII.fn + 2)).toString('latin1'), 16);
      if (SECRET_TEXT.has(fn)) hideText(bytes, i + ASCII.text, (at) => came[at] === SOH);
    }
  }
  return bytes;
}

/**
 * What was kept without its passwords, with those that the configuration names in their place: its checksums are over them. Null where a
 * station's is not named.
 */
export function withPasswords(
  kept: Uint8Array,
  passwordOf: (station: string) => string | undefined,
): Uint8Array | null {
  const bytes = new Uint8Array(kept);
  const starred = (from: number, to: number) =>
    to <= kept.length && kept.subarray(from, to).every((byte) => byte === STAR);
  for (let i = 0; i < kept.length; i++) {
    const hex = kept[i] === MARK && kept[i + 1] === MARK && starred(i + HEX.password, i + HEX.fn);
    if (!hex && !(kept[i] === SOH && starred(i + ASCII.password, i + ASCII.fn))) continue;
    const station = Buffer.from(
      hex ? kept.subarray(i + 3, i + HEX.password) : kept.subarray(i + 3, i + ASCII.password),
    );
    const password = passwordOf(station.toString(hex ? 'hex' : 'latin1').toUpperCase());
    if (password === undefined) return null;
    bytes.set(Buffer.from(password.toUpperCase(), hex ? 'hex' : 'latin1'), i + (hex ? HEX.password : ASCII.password));
  }
  return bytes;
}

/** Up to where the next frame may begin. */
function hideText(bytes: Uint8Array, from: number, begins: (at: number) => boolean): void {
  let end = from;
  while (end < bytes.length && !begins(end)) end++;
  bytes.fill(STAR, from, end);
}

function isHex(bytes: Uint8Array, from: number, count: number): boolean {
  const text = Buffer.from(bytes.subarray(from, from + count)).toString('latin1');
  return text.length === count && /^[0-9A-Fa-f]*$/.test(text);
}
