import type { Issue } from '../../../config/issue.ts';
import { excerptOf } from './excerpt.ts';
import { fewItems, itemBeyond, shortBody } from './faults.ts';
import { type Gathering, refuse } from './gathering.ts';
import { RESULT } from './ids.ts';
import { readExtras, readPosition } from './position.ts';
import type { Repeats } from './repeats.ts';
import type { TimeRule } from './time.ts';

/** Kind of a batch from a dead zone: its times are not those at which it was sent. */
const DEAD_ZONE = 1;

/** Of whom reports are read, and where what they say goes. */
export interface Reporter {
  readonly device: string;
  readonly serial: number;
  readonly repeats: Repeats;
  readonly rule: TimeRule;
  readonly gathering: Gathering;
}

/**
 * A report, 0200, whose body is [at, end); counts it as a message where it can be read.
 *
 * @returns the result that 8001 is to say
 */
export function readReport(view: DataView, at: number, end: number, of: Reporter, excerpt: () => string): number {
  const issue = report(view, at, end, of, true);
  if (issue === null) {
    of.gathering.messages++;
    return RESULT.ok;
  }
  refuse(of.gathering, () => issue, excerpt);
  return RESULT.wrong;
}

/**
 * A batch, 0704 (定位数据批量上传): count 2, kind 1, then of each report its length 2 and its body. What is wrong with one costs that one;
 * the batch is wrong only where nothing in it could be read, else the terminal would send it for ever.
 *
 * @returns the result that 8001 is to say
 */
export function readBatch(view: DataView, start: number, end: number, of: Reporter, excerpt: () => string): number {
  const { gathering } = of;
  if (end - start < 3) {
    refuse(gathering, () => shortBody('0704', end - start, 3), excerpt);
    return RESULT.wrong;
  }
  const count = view.getUint16(start);
  const now = view.getUint8(start + 2) !== DEAD_ZONE;
  let at = start + 3;
  let good = 0;
  let i = 0;
  for (; i < count && at + 2 <= end; i++) {
    const length = view.getUint16(at);
    at += 2;
    const beyond = at + length > end;
    const issue = beyond ? itemBeyond() : report(view, at, at + length, of, now);
    if (issue === null) good++;
    else refuseItem(i, issue, view, at, Math.min(at + length, end), gathering);
    at += length;
  }
  if (i < count && at <= end) refuse(gathering, () => fewItems(count, i), excerpt);
  if (good === 0 && count > 0) return RESULT.wrong;
  gathering.messages++;
  return RESULT.ok;
}

/** Takes a report in, or says what is wrong with it. `now`: its time is that of sending. */
function report(view: DataView, at: number, end: number, of: Reporter, now: boolean): Issue | null {
  const { gathering } = of;
  const position = readPosition(view, at, end, of.device, of.rule);
  if (position === null) return null;
  if (position.kind === 'unreadable') return position.issue;
  const { t } = position;
  if (now && (gathering.sentAt === null || t > gathering.sentAt)) gathering.sentAt = t;
  if (of.repeats.seen(of.serial, t)) return null;
  gathering.records.push(position);
  readExtras(view, at, end, position, gathering.records);
  return null;
}

function refuseItem(i: number, issue: Issue, view: DataView, at: number, end: number, gathering: Gathering): void {
  const path = issue.path === '' ? `items.${i}` : `items.${i}.${issue.path}`;
  refuse(
    gathering,
    () => ({ ...issue, path }),
    () => excerptOf(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at, end),
  );
}
