import { COMMAND, FRAME_BYTES, HEADER_BYTES, MARK, sumOf, TAIL } from './header.ts';
import { writeTime } from './time.ts';

/** What the centre's clock is set by, in either direction. */
export const CLOCK = 90;

/** When an answer is written, wall ms, and the device's local time from UTC in minutes. */
export interface Moment {
  readonly now: number;
  readonly offsetMinutes: number;
}

/** Takes a frame, or turns it down: no application data. */
export function confirmationOf(frame: Uint8Array, moment: Moment): Uint8Array {
  return answerTo(frame, COMMAND.confirm, NOTHING, moment);
}

export function denialOf(frame: Uint8Array, moment: Moment): Uint8Array {
  return answerTo(frame, COMMAND.deny, NOTHING, moment);
}

/** The hall's time, for a device that asks. */
export function clockFor(frame: Uint8Array, moment: Moment): Uint8Array {
  const data = Uint8Array.of(CLOCK, 1, 0, 0, 0, 0, 0, 0);
  writeTime(data, 2, moment.now, moment.offsetMinutes);
  return answerTo(frame, COMMAND.answer, data, moment);
}

const NOTHING = new Uint8Array(0);

/**
 * An answer has the frame's serial and version, and its addresses the other way round (GB/T 26875.3-2011).
 *
 * @param frame from its start mark on, the header at least.
 */
function answerTo(frame: Uint8Array, command: number, data: Uint8Array, { now, offsetMinutes }: Moment): Uint8Array {
  const reply = new Uint8Array(FRAME_BYTES + data.length);
  reply.fill(MARK, 0, 2);
  reply.set(frame.subarray(2, 6), 2);
  writeTime(reply, 6, now, offsetMinutes);
  reply.set(frame.subarray(18, 24), 12);
  reply.set(frame.subarray(12, 18), 18);
  reply[24] = data.length;
  reply[26] = command;
  reply.set(data, HEADER_BYTES);
  const end = HEADER_BYTES + data.length;
  reply[end] = sumOf(reply, 2, end);
  reply.fill(TAIL, end + 1);
  return reply;
}
