import { crc16 } from './crc.ts';
import { type ACK, type ESC, type Head, type NAK, SOH, STX, SYN } from './head.ts';

/** How an answer ends: done and stay on line, go on, or send that packet again. EOT would have the station leave the line. */
export type Ending = typeof ESC | typeof ACK | typeof NAK;

const MARK = 0x7e;
/** Serial and time. */
const TEXT_DIGITS = 16;
/** How many packets and which. */
const COUNT_DIGITS = 6;

/**
 * The centre's answer to a report: same function, serial of the report and own time (SL 651-2014 tables 17, 19, 21, 23). To a message of several
 * packets it names a packet: the last one when all are there, or the one that is to be sent again.
 *
 * @param head of the report; `centre`, `station`, `password` and `fn` go back as they came.
 * @param options.serial two bytes.
 * @param options.packet number of the packet; of no account where the report is none of several.
 * @param options.time the centre's, twelve digits YYMMDDhhmmss.
 */
export function replyTo(
  head: Pick<Head, 'form' | 'centre' | 'station' | 'password' | 'fn' | 'packet'>,
  { serial, ending, packet, time }: { serial: number; ending: Ending; packet: number; time: string },
): Uint8Array {
  const digits = TEXT_DIGITS + (head.packet ? COUNT_DIGITS : 0);
  const isHex = head.form === 'hex';
  // Before the text: mark, addresses, password, function, length, STX; behind it the ending and the check value.
  const frame = new Uint8Array(isHex ? 14 + digits / 2 + 3 : 24 + digits + 5);
  const write = isHex ? writeBytes : writeCharacters;
  let at = isHex ? 2 : 1;
  frame.fill(isHex ? MARK : SOH, 0, at);
  at = write(frame, at, head.station);
  at = write(frame, at, hex(head.centre, 2));
  at = write(frame, at, head.password);
  at = write(frame, at, hex(head.fn, 2));
  at = write(frame, at, hex(0x8000 | (isHex ? digits / 2 : digits), 4));
  frame[at++] = head.packet ? SYN : STX;
  if (head.packet) at = write(frame, at, hex((head.packet.total << 12) | packet, COUNT_DIGITS));
  at = write(frame, at, hex(serial, 4));
  at = write(frame, at, time);
  frame[at++] = ending;
  write(frame, at, hex(crc16(frame, 0, at), 4));
  return frame;
}

/** Two digits a byte. @returns where it ends */
function writeBytes(frame: Uint8Array, at: number, digits: string): number {
  for (let i = 0; i < digits.length; i += 2)
    frame[at + i / 2] = (nibble(digits.charCodeAt(i)) << 4) | nibble(digits.charCodeAt(i + 1));
  return at + digits.length / 2;
}

function writeCharacters(frame: Uint8Array, at: number, digits: string): number {
  for (let i = 0; i < digits.length; i++) frame[at + i] = digits.charCodeAt(i);
  return at + digits.length;
}

/** Of a digit in upper case. */
function nibble(code: number): number {
  return code < 0x41 ? code - 0x30 : code - 0x37;
}

const DIGITS = '0123456789ABCDEF';

function hex(value: number, digits: number): string {
  let text = '';
  for (let shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += DIGITS.charAt((value >> shift) & 0xf);
  return text;
}
