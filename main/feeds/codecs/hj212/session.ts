import type { Said } from '../../../config/issue.ts';
import { type CodecFault, type CodecRecord, type CodecSession, DESCRIBED } from '../codec.ts';
import { excerptOf } from './excerpt.ts';
import { createCutter } from './frames.ts';
import { type ReadingTo, readBlock } from './readings.ts';
import { repliesTo } from './reply.ts';
import { readSegment, type Segment } from './segment.ts';
import { parseStamp } from './time.ts';

/** How the devices of one connection speak. */
export interface Hj212Options {
  /** Zone of the devices' times, minutes east of Greenwich: 480 for Beijing. */
  readonly offsetMinutes: number;
  /** The password a device must show; undefined: any. */
  passwordOf(mn: string): string | undefined;
}

/** A device's number: 14 characters in 2005, 24 in 2017; what stands in a reply must be neither a separator nor unreadable. */
const DEVICE = /^[^\p{C}\p{Z}&=]{1,64}$/u;
/** As nearly all are: to look at a character's kind takes its time. */
const PLAIN_DEVICE = /^[\dA-Za-z]{1,64}$/;
const COMMAND = /^\d{4}$/;

/**
 * One connection of HJ 212-2005, 2017 or 2025 in plain text. A message is refused as a whole, without an answer, where its frame, its MN,
 * its CN or its password is wrong or its CP is encrypted. One whose single values are wrong is answered: to repeat it would mend nothing,
 * and a device that keeps what is not answered would keep all that came after.
 */
export function createHj212Session(options: Hj212Options): CodecSession {
  const { offsetMinutes } = options;
  const cutter = createCutter();
  return {
    take(bytes, now) {
      const records: CodecRecord[] = [];
      const replies: Uint8Array[] = [];
      const faults: CodecFault[] = [];
      let messages = 0;
      let refused = 0;
      let sentAt: number | null = null;
      const refuse = (fault: () => CodecFault) => {
        refused++;
        if (faults.length < DESCRIBED) faults.push(fault());
      };
      const to: ReadingTo = {
        reading: (record) => records.push(record),
        refuse: (path, said, source) =>
          refuse(() => ({ path, ...said(), excerpt: excerptOf(new TextEncoder().encode(source)) })),
      };
      cutter.take(bytes, {
        refuse,
        segment(data) {
          const reading = readSegment(data);
          const wrong = reading.ok ? wrongHead(reading.segment, options) : reading;
          if (wrong || !reading.ok) {
            if (wrong) refuse(() => ({ path: wrong.path, ...wrong.said, excerpt: excerptOf(data) }));
            return;
          }
          messages++;
          const { head, blocks } = reading.segment;
          const command = head.get('CN') ?? '';
          const sent = saysWhen(command) ? parseStamp(head.get('QN') ?? '', offsetMinutes) : null;
          if (sent !== null) sentAt = Math.max(sentAt ?? sent, sent);
          for (const block of blocks) readBlock(command, block, head.get('MN') ?? '', offsetMinutes, to);
          for (const reply of repliesTo(reading.segment, now, offsetMinutes)) replies.push(reply);
        },
      });
      return { messages, sentAt, records, replies, faults, refused };
    },
    kept: cutter.kept,
  };
}

/** Whether a message's QN is the time at which it was sent; an answer's is that of its question. */
function saysWhen(command: string): boolean {
  return /^[23]/.test(command) || command === '1013' || command === '9015' || command === '9021';
}

/** Why nothing of a message can be taken, null where something can. */
function wrongHead({ head }: Segment, options: Hj212Options): { path: string; said: Said } | null {
  const mn = head.get('MN');
  if (mn === undefined || !(PLAIN_DEVICE.test(mn) || DEVICE.test(mn))) return { path: 'MN', said: wrongDevice(mn) };
  const command = head.get('CN');
  if (command === undefined || !COMMAND.test(command)) return { path: 'CN', said: wrongCommand(command) };
  const password = options.passwordOf(mn);
  if (password !== undefined && head.get('PW') !== password)
    return { path: 'PW', said: wrongPassword(mn, head.has('PW')) };
  return null;
}

function wrongDevice(mn: string | undefined): Said {
  return {
    message:
      mn === undefined
        ? { zh: '缺少 MN，不知道是哪台设备', en: '`MN` is missing: nobody knows whose message it is' }
        : { zh: `MN ${JSON.stringify(mn)} 不是设备编码`, en: `MN ${JSON.stringify(mn)} is no device's number` },
    remedy: { zh: '请在现场机上设置设备唯一标识 MN', en: 'Set the MN in the device.' },
  };
}

function wrongCommand(command: string | undefined): Said {
  return {
    message:
      command === undefined
        ? { zh: '缺少命令编码 CN', en: '`CN` is missing' }
        : {
            zh: `CN ${JSON.stringify(command)} 不是四位命令编码`,
            en: `CN ${JSON.stringify(command)} is not of four digits`,
          },
    remedy: {
      zh: '请让现场机按标准发送 CN，例如实时数据为 2011',
      en: "Have the device send the standard's CN, such as 2011 for real-time data.",
    },
  };
}

/** Neither password is told: what is refused is kept and shown. */
function wrongPassword(mn: string, given: boolean): Said {
  const device = JSON.stringify(mn);
  return {
    message: given
      ? { zh: `设备 ${device} 的密码不对`, en: `the password of device ${device} is wrong` }
      : { zh: `设备 ${device} 没有给出密码`, en: `device ${device} shows no password` },
    remedy: {
      zh: '请核对现场机的 PW 与数据源配置中的密码',
      en: "Compare the device's PW with the password in the feed's configuration.",
    },
  };
}
