import { crc16, crcText } from './crc.ts';
import { CRC, HEADER } from './frames.ts';
import type { Segment } from './segment.ts';
import { stampOf } from './time.ts';

/** Flag: an answer is wanted, the message is split; above them the version. */
const ANSWER = 1;
const SPLIT = 2;

const ASKS_CLOCK = '1013';

/** Uploads, which 9014 answers (data, restart, serial number, log), and notices, which 9013 does: asks for the clock, heartbeat (2025), login (vendors'). */
function answerTo(command: string): '9014' | '9013' | null {
  if (command.startsWith('2') || command === '3019' || command === '3020') return '9014';
  return command === ASKS_CLOCK || command === '9015' || command === '9021' ? '9013' : null;
}

/**
 * What the standard has the centre send for a message (HJ 212-2017 6.5, annex C): 9014 or 9013 with its QN and MN where it wants an
 * answer, and the clock (1012) where it asks for it.
 *
 * @param now wall ms by the hall's clock, said in the zone of `offsetMinutes`
 */
export function repliesTo(segment: Segment, now: number, offsetMinutes: number): Uint8Array[] {
  const { head, flag } = segment;
  const command = head.get('CN') ?? '';
  const version = (flag ?? 0) & ~(ANSWER | SPLIT);
  const replies: Uint8Array[] = [];
  if (((flag ?? 0) & ANSWER) !== 0) {
    const answer = answerTo(command);
    if (answer) replies.push(messageOf(segment, { qn: head.get('QN'), st: '91', cn: answer, flag: version, cp: '' }));
  }
  if (command === ASKS_CLOCK) {
    const stamp = stampOf(now, offsetMinutes);
    const instrument = segment.fields.get('PolId') ?? '';
    // Seconds: what 1012 has room for.
    const cp = `${/^[\w.]{1,32}$/.test(instrument) ? `PolId=${instrument};` : ''}SystemTime=${stamp.slice(0, 14)}`;
    replies.push(messageOf(segment, { qn: stamp, st: head.get('ST'), cn: '1012', flag: version | ANSWER, cp }));
  }
  return replies;
}

interface Message {
  readonly qn: string | undefined;
  readonly st: string | undefined;
  readonly cn: string;
  readonly flag: number;
  readonly cp: string;
}

/** To the device that sent the segment, with its own password. */
function messageOf({ head }: Segment, { qn, st, cn, flag, cp }: Message): Uint8Array {
  const field = (name: string, value: string | undefined) => (value === undefined ? '' : `${name}=${value};`);
  const device = `${field('PW', head.get('PW'))}${field('MN', head.get('MN'))}`;
  return frameOf(`${field('QN', qn)}${field('ST', st)}CN=${cn};${device}Flag=${flag};CP=&&${cp}&&`);
}

/** A whole frame around a data segment, HJ 212-2017 6.3.1. */
export function frameOf(segment: string): Uint8Array {
  const bytes = Buffer.byteLength(segment);
  const end = HEADER + bytes;
  const frame = Buffer.allocUnsafe(end + CRC + 2);
  frame.write(`##${String(bytes).padStart(4, '0')}${segment}`);
  frame.write(`${crcText(crc16(frame, HEADER, end))}\r\n`, end, 'latin1');
  return frame;
}
