import type { CodecReading, CodecRecord } from '../codec.ts';
import { type CotEvent, UNKNOWN } from './event.ts';
import { CotFault, noPlace, staleAlready } from './faults.ts';

/** A clock that is this far off is not yet called wrong, ms. */
const NEAR_MS = 60_000;

/** What an event is about. */
export type Subject =
  /** Where somebody is, and how he fares. */
  | { readonly is: 'position'; readonly device: string }
  /** Somebody calls for help, or no longer. */
  | { readonly is: 'emergency'; readonly device: string; readonly over: boolean }
  /** A client asks whether it is heard. */
  | { readonly is: 'ping' }
  | { readonly is: 'other' };

const PING = 't-x-c-t';
const ALARM = 'b-a-o-';
const ALARM_OVER = 'b-a-o-can';
/** What a client puts behind its own uid in that of its alarm. */
const OF_ALARM = /-9-1-1$/;

/** What is to be done with an event, by its type and what it says of itself. */
export function subjectOf({ uid, type, detail }: CotEvent): Subject {
  const { emergency, owner } = detail;
  if (emergency !== null || type.startsWith(ALARM)) {
    const device = owner ?? uid.replace(OF_ALARM, '');
    return { is: 'emergency', device, over: type === ALARM_OVER || emergency === 'over' };
  }
  if (type.startsWith('a-')) return { is: 'position', device: uid };
  return { is: type === PING ? 'ping' : 'other' };
}

/** That of an alarm: 1 from it on, 0 once it is over. Whether it was stale on arrival is not asked: a wrong clock hides no call for help. */
export function emergencyOf(device: string, over: boolean, { time: t }: CotEvent): CodecReading {
  const said = { kind: 'reading', device, item: 'emergency', t, value: over ? 0 : 1, quality: 'good' } as const;
  return over ? said : { ...said, urgent: true };
}

/**
 * Where a device is, and its battery in percent where it says that. Speed and course are 0 where it says none.
 *
 * @param now wall ms: what was stale by then is refused, or a server's memory would be shown as fresh
 * @throws CotFault
 */
export function positionOf(
  { uid: device, time: t, stale, lat, lon, ce, detail }: CotEvent,
  now: number,
): CodecRecord[] {
  if (stale !== null && stale < now - NEAR_MS) throw new CotFault(staleAlready(Math.round((now - stale) / 1000)));
  const records: CodecRecord[] = [];
  // Null Island, within nobody knows what, is what a receiver without a fix says.
  if (lat !== 0 || lon !== 0 || (ce > 0 && ce < UNKNOWN)) {
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) throw new CotFault(noPlace());
    const { course, speed } = detail;
    const heading = course !== null && course >= 0 && course <= 360 ? course : 0;
    const fast = speed !== null && speed >= 0 && speed < MOST_SPEED ? speed : 0;
    records.push({ kind: 'position', device, t, lon, lat, heading, speed: fast });
  }
  const { battery } = detail;
  if (battery !== null && battery >= 0 && battery <= 100)
    records.push({ kind: 'reading', device, item: 'battery', t, value: battery, quality: 'good' });
  return records;
}

/** Metres a second: what is said to be faster flies in space, or says nothing. */
const MOST_SPEED = 10_000;
