import { crc16, crcText } from './crc.ts';
import type { Segment } from './segment.ts';
import { stampOf } from './time.ts';

/** Flag: an answer is wanted, the message is split; above them the version. */
const ANSWER = 1;
const SPLIT = 2;

/** Uploads, which 9014 answers: data, restart (2081), serial number, log. */
const UPLOAD = /^(2\d{3}|3019|3020)$/;
/** Notices, which 9013 answers: asks for the clock, heartbeat (2025), login (vendors'). */
const NOTICE = /^(1013|9015|9021)$/;
const ASKS_CLOCK = '1013';

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
    const answer = UPLOAD.test(command) ? '9014' : NOTICE.test(command) ? '9013' : null;
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
  const bytes = Buffer.from(segment);
  return Buffer.from(`##${String(bytes.length).padStart(4, '0')}${segment}${crcText(crc16(bytes))}\r\n`);
}
