import type { CodecReading, CodecSession, Decoded } from '../codec.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Broken, createCutter } from './frames.ts';
import { COMMAND, HEADER_BYTES, type Header, MARK, readHeader } from './header.ts';
import { readApplication } from './objects.ts';
import { readObject } from './readings.ts';
import { CLOCK, clockFor, confirmationOf, denialOf, type Moment } from './reply.ts';
import { SAID } from './said.ts';

/** How a connection is read. */
export interface Gb26875Options {
  /** Of the devices' local time from UTC, in minutes, east positive: 480 for Beijing. */
  readonly offsetMinutes: number;
  /** The items of a device that sensors are given for; undefined where the device is none of the hall's. */
  itemsOf(device: string): ReadonlySet<string> | undefined;
}

/** What comes of one arrival, while it is read. */
interface Outcome extends Moment {
  readonly options: Gb26875Options;
  readonly faults: Faults;
  readonly records: CodecReading[];
  readonly replies: Uint8Array[];
  messages: number;
  sentAt: number | null;
}

/**
 * One connection of user information transmission devices 用户信息传输装置 by GB/T 26875.3-2011. It only answers; it checks nobody's presence and sets
 * no clock unasked.
 */
export function createGb26875Session(options: Gb26875Options): CodecSession {
  const { offsetMinutes } = options;
  const cutter = createCutter();
  return {
    take(bytes, now): Decoded {
      const out: Outcome = {
        ...{ options, offsetMinutes, now, faults: createFaults(), records: [], replies: [] },
        ...{ messages: 0, sentAt: null },
      };
      for (const piece of cutter.cut(bytes, now)) {
        if (piece.kind === 'frame') readFrame(piece.bytes, out);
        else if (piece.kind === 'broken') readBroken(piece.bytes, piece.why, out);
        else out.faults.add(...noise(piece.bytes));
      }
      const { faults, records, replies, messages, sentAt } = out;
      return { messages, sentAt, records, replies, faults: faults.list, refused: faults.refused };
    },
    kept: () => cutter.waiting,
  };
}

function noise(bytes: Uint8Array): Parameters<Faults['add']> {
  const tooLong = bytes.length >= HEADER_BYTES && bytes[0] === MARK && bytes[1] === MARK;
  return tooLong ? ['length', SAID.tooLong, bytes] : ['', SAID.noise, bytes];
}

/** An upload that arrived with one of sum and end wrong is turned down, so that it comes again; where both are, nobody knows that it was one. */
function readBroken(bytes: Uint8Array, why: Broken, out: Outcome): void {
  out.faults.add(why === 'unfinished' ? 'length' : why, SAID[why], bytes);
  if (why !== 'sum' && why !== 'end') return;
  const { command } = readHeader(bytes, 0, out.offsetMinutes);
  if (command === COMMAND.send || command === COMMAND.request) out.replies.push(denialOf(bytes, out));
}

function readFrame(frame: Uint8Array, out: Outcome): void {
  const header = readHeader(frame, 0, out.offsetMinutes);
  const data = frame.subarray(HEADER_BYTES, HEADER_BYTES + header.length);
  switch (header.command) {
    case COMMAND.send: {
      // Without data it keeps the line.
      const taken = data.length === 0 || readReport(header, data, frame, out);
      if (taken) count(header, out);
      out.replies.push(taken ? confirmationOf(frame, out) : denialOf(frame, out));
      return;
    }
    case COMMAND.answer:
      // The hall asks nothing; what comes as an answer all the same is a report that nobody confirms.
      if (readReport(header, data, frame, out)) count(header, out);
      return;
    case COMMAND.confirm:
    case COMMAND.deny:
      count(header, out);
      return;
    case COMMAND.request:
      if (data[0] === CLOCK) {
        count(header, out);
        out.replies.push(clockFor(frame, out));
        return;
      }
      out.faults.add('type', SAID.request, frame);
      break;
    case COMMAND.control:
      out.faults.add('command', SAID.control, frame);
      return;
    default:
      out.faults.add('command', SAID.command, frame);
  }
  out.replies.push(denialOf(frame, out));
}

function count({ time }: Header, out: Outcome): void {
  out.messages++;
  if (time !== null && !Number.isNaN(time)) out.sentAt = Math.max(out.sentAt ?? time, time);
}

/** False where nothing of it could be taken: the device keeps what it does not see confirmed. */
function readReport({ source, time }: Header, data: Uint8Array, frame: Uint8Array, out: Outcome): boolean {
  const { type, objects, wrong } = readApplication(data, out.offsetMinutes);
  if (wrong !== null) out.faults.add(PATHS[wrong], SAID[wrong], frame);
  if (type === null || (wrong !== null && objects.length === 0)) return false;
  const otherwise = time === null || Number.isNaN(time) ? out.now : time;
  const reader = { device: source, wanted: out.options.itemsOf(source), otherwise, now: out.now };
  const wrongTimes = new Set(objects.map((object) => readObject(type, object, reader, out.records)));
  if (wrongTimes.has('none')) out.faults.add('time', SAID.time, frame);
  if (wrongTimes.has('ahead')) out.faults.add('time', SAID.ahead, frame);
  return true;
}

const PATHS = { short: 'type', type: 'type', cut: 'count', beyond: 'count' } as const;
