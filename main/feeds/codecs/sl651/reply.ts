import { crc16 } from './crc.ts';
import { type ACK, type ESC, type Head, type NAK, SOH, STX, SYN } from './head.ts';
import { writeTime } from './time.ts';

/** How an answer ends: done and stay on line, go on, or send that packet again. EOT would have the station leave the line. */
export type Ending = typeof ESC | typeof ACK | typeof NAK;

/**
 * The centre's answer to a report: same function, serial of the report and own time (SL 651-2014 tables 17, 19, 21, 23). To a message of several
 * packets it names a packet: the last one when all are there, or the one that is to be sent again.
 *
 * @param head of the report; `centre`, `station`, `password` and `fn` go back as they came.
 * @param options.serial two bytes.
 * @param options.packet number of the packet; of no account where the report is none of several.
 */
export function replyTo(
  head: Pick<Head, 'form' | 'centre' | 'station' | 'password' | 'fn' | 'packet'>,
  options: { serial: number; ending: Ending; packet: number; now: number; offsetMinutes: number },
): Uint8Array {
  const { form, packet } = head;
  const counted = packet ? hex(packet.total, 3) + hex(options.packet, 3) : '';
  const text = hex(options.serial, 4) + writeTime(options.now, options.offsetMinutes);
  const length = form === 'hex' ? (counted.length + text.length) / 2 : counted.length + text.length;
  const fields = head.station + hex(head.centre, 2) + head.password + hex(head.fn, 2) + hex(0x8000 | length, 4);
  const begin = packet ? SYN : STX;
  const frame =
    form === 'hex'
      ? Buffer.from(`7E7E${fields}${hex(begin, 2)}${counted}${text}${hex(options.ending, 2)}`, 'hex')
      : Buffer.concat([
          Buffer.of(SOH),
          Buffer.from(fields, 'latin1'),
          Buffer.of(begin),
          Buffer.from(counted + text, 'latin1'),
          Buffer.of(options.ending),
        ]);
  const crc = hex(crc16(frame), 4);
  return new Uint8Array(Buffer.concat([frame, Buffer.from(crc, form === 'hex' ? 'hex' : 'latin1')]));
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}
