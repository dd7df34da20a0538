import { decodeUnits, UNIT_RECORD_BYTES, type UnitRecord } from '../../../../contract/units.ts';
import { UNIT_STATUSES } from '../../../../core/units/unit.ts';
import { STALE_AFTER_S } from '../report.ts';

/** Integers of one leg: from lon, from lat (1e-7°), from heading (1/65536 turn), start and duration (ms of the track's time). */
export const LEG_INTS = 5;
const RECORD_INTS = UNIT_RECORD_BYTES / 4;
const HEADER_INTS = 4;

const SHORTEST_LEG_MS = 120;
const LONGEST_LEG_MS = 6000;
/** A unit whose next report is late goes on this far past its last one, then stands still. */
export const OVERSHOOT = 1.15;
/** A jump of more than 0.02° is a new fix, not a drive: the unit appears there at once. */
export const JUMP = 200_000;

/**
 * The newest units frame and, for each unit, the leg it is on: from where it was drawn when its last report came to
 * where that report puts it, over the time its reports usually take. Both arrays go to the GPU as they are; nothing is
 * allocated a unit.
 *
 * Legs are a unit's own, since a stream may repeat a unit many times between two of its reports. A leg starts where the
 * unit is drawn, so a late or early report never makes it jump back.
 */
export class UnitTrack {
  /** The frame as it came, header included, as little-endian 32-bit integers (every machine OpsHall runs on is). */
  wire: Int32Array<ArrayBuffer> = new Int32Array(HEADER_INTS);
  /** `LEG_INTS` a unit, in the frame's order. */
  legs: Int32Array<ArrayBuffer> = new Int32Array(0);
  count = 0;
  /** Wall ms of the newest report, as the hall said; 0 before the first frame. */
  newestAt = 0;
  /** Track time of the last frame; null before the first. */
  receivedAt: number | null = null;
  /** Grows with every frame, so that the GPU copy knows when it is behind. */
  revision = 0;
  /** Whether the last frame has to be drawn: a unit is elsewhere, turned, or of another status than in the one before, or old now. */
  changed = false;
  /** Fastest unit of the last frame, in 1e-7° a second: how often the map is worth repainting. */
  fastest = 0;
  #spare: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** Place of each unit in the frame, by its directory index; -1 where it is not in the frame. */
  #slots: Int32Array<ArrayBuffer> = new Int32Array(0);

  /**
   * Takes a frame in. `now` is monotonic ms of the caller's choice of origin, small enough for 32 bits.
   * @throws RangeError when the payload is not a units frame.
   */
  accept(payload: Uint8Array, now: number): void {
    const frame = decodeUnits(payload);
    const { count } = frame;
    const wire = aligned(payload);
    const legs = this.#spare.length >= count * LEG_INTS ? this.#spare : new Int32Array(grown(count) * LEG_INTS);
    const slots = this.#slots;
    const before = this.wire;
    const beforeLegs = this.legs;
    const time = Math.round(now);
    let highest = -1;
    let fastest = 0;
    let changed = count !== this.count;
    for (let i = 0; i < count; i++) {
      const r = HEADER_INTS + i * RECORD_INTS;
      const g = i * LEG_INTS;
      const lon = wire[r] ?? 0;
      const lat = wire[r + 1] ?? 0;
      const heading = (wire[r + 2] ?? 0) & 0xffff;
      const index = (wire[r + 3] ?? 0) >>> 0;
      if (index > highest) highest = index;
      const slot = index < slots.length ? (slots[index] ?? -1) : -1;
      if (slot < 0) {
        changed = true;
        put(legs, g, lon, lat, heading, time, SHORTEST_LEG_MS);
        continue;
      }
      const b = HEADER_INTS + slot * RECORD_INTS;
      const bg = slot * LEG_INTS;
      const toLon = before[b] ?? 0;
      const toLat = before[b + 1] ?? 0;
      const fromLon = beforeLegs[bg] ?? 0;
      const fromLat = beforeLegs[bg + 1] ?? 0;
      const fromHeading = beforeLegs[bg + 2] ?? 0;
      const start = beforeLegs[bg + 3] ?? 0;
      const duration = beforeLegs[bg + 4] ?? SHORTEST_LEG_MS;
      const toHeading = (before[b + 2] ?? 0) & 0xffff;
      changed ||= looksOther(wire[r + 2] ?? 0, before[b + 2] ?? 0);
      if (lon === toLon && lat === toLat && heading === toHeading) {
        put(legs, g, fromLon, fromLat, fromHeading, start, duration);
      } else {
        changed = true;
        const s = fraction(time, start, duration);
        const jumped = Math.abs(lon - toLon) > JUMP || Math.abs(lat - toLat) > JUMP;
        const shownLon = jumped ? lon : Math.round(fromLon + (toLon - fromLon) * s);
        const shownLat = jumped ? lat : Math.round(fromLat + (toLat - fromLat) * s);
        const gap = Math.min(LONGEST_LEG_MS, Math.max(SHORTEST_LEG_MS, time - start));
        // A unit that drives off after a stop has not been driving all that time: one report cannot more than double a leg.
        const span =
          duration === SHORTEST_LEG_MS ? gap : Math.round(duration + (Math.min(gap, 2 * duration) - duration) * 0.4);
        put(legs, g, shownLon, shownLat, turned(fromHeading, toHeading, Math.min(1, s)), time, span);
      }
      const far = Math.max(Math.abs(lon - (legs[g] ?? lon)), Math.abs(lat - (legs[g + 1] ?? lat)));
      const speed = (far * 1000) / (legs[g + 4] ?? SHORTEST_LEG_MS);
      if (speed > fastest && far <= JUMP) fastest = speed;
    }
    this.#slots = highest < slots.length ? slots : new Int32Array(grown(highest + 1));
    this.#slots.fill(-1);
    for (let i = 0; i < count; i++) this.#slots[(wire[HEADER_INTS + i * RECORD_INTS + 3] ?? 0) >>> 0] = i;
    this.#spare = this.legs;
    this.legs = legs;
    this.wire = wire;
    this.count = count;
    this.newestAt = frame.newestAt;
    this.receivedAt = now;
    this.fastest = fastest;
    this.changed = changed;
    this.revision++;
  }

  /** Place of a unit in the frame by its directory index, or -1. */
  slotOf(index: number): number {
    return this.#slots[index] ?? -1;
  }

  /** Directory index of the unit at a place of the frame. */
  indexAt(slot: number): number {
    return (this.wire[HEADER_INTS + slot * RECORD_INTS + 3] ?? 0) >>> 0;
  }

  /** Status code of the unit at a place of the frame, an index into `UNIT_STATUSES`. */
  statusAt(slot: number): number {
    return ((this.wire[HEADER_INTS + slot * RECORD_INTS + 2] ?? 0) >>> 16) & 0xff;
  }

  /** The unit at a place of the frame as it is drawn at `now`; its age has grown since the frame came. */
  shown(slot: number, now: number): UnitRecord {
    const r = HEADER_INTS + slot * RECORD_INTS;
    const word = this.wire[r + 2] ?? 0;
    const late = this.receivedAt === null ? 0 : (now - this.receivedAt) / 1000;
    return {
      index: this.indexAt(slot),
      lon: this.lonAt(slot, now) / 1e7,
      lat: this.latAt(slot, now) / 1e7,
      heading: ((word & 0xffff) / 65536) * 360,
      status: UNIT_STATUSES[this.statusAt(slot)] ?? 'off',
      age: (word >>> 24) + late,
    };
  }

  /** Longitude at which the unit at a place of the frame is drawn, in 1e-7°. The shader computes the same. */
  lonAt(slot: number, now: number): number {
    return this.#between(slot, 0, now);
  }

  /** Latitude at which the unit at a place of the frame is drawn, in 1e-7°. */
  latAt(slot: number, now: number): number {
    return this.#between(slot, 1, now);
  }

  #between(slot: number, axis: 0 | 1, now: number): number {
    const g = slot * LEG_INTS;
    const from = this.legs[g + axis] ?? 0;
    const to = this.wire[HEADER_INTS + slot * RECORD_INTS + axis] ?? 0;
    return from + (to - from) * fraction(now, this.legs[g + 3] ?? 0, this.legs[g + 4] ?? 1);
  }

  /** True while some unit is still on its way to its last report. */
  moving(now: number): boolean {
    return this.receivedAt !== null && this.fastest > 0 && now - this.receivedAt < LONGEST_LEG_MS * OVERSHOOT;
  }
}

/** Whether a unit's word of heading, status and age is drawn another way. */
function looksOther(word: number, before: number): boolean {
  return ((word ^ before) & 0xff_0000) !== 0 || word >>> 24 > STALE_AFTER_S !== before >>> 24 > STALE_AFTER_S;
}

function fraction(now: number, start: number, duration: number): number {
  return Math.min(OVERSHOOT, Math.max(0, (now - start) / duration));
}

/** The heading `s` of the way along the shorter turn, in 1/65536 turns. */
function turned(from: number, to: number, s: number): number {
  const turn = (((to - from + 98304) & 0xffff) - 32768) * s;
  return Math.round(from + turn) & 0xffff;
}

function put(
  legs: Int32Array,
  at: number,
  lon: number,
  lat: number,
  heading: number,
  start: number,
  duration: number,
): void {
  legs[at] = lon;
  legs[at + 1] = lat;
  legs[at + 2] = heading;
  legs[at + 3] = start;
  legs[at + 4] = duration;
}

function grown(count: number): number {
  return Math.max(256, 2 ** Math.ceil(Math.log2(count)));
}

/** The payload as 32-bit integers: in place when its offset allows, copied when it does not. */
function aligned(payload: Uint8Array): Int32Array<ArrayBuffer> {
  if (payload.byteOffset % 4 === 0 && payload.buffer instanceof ArrayBuffer) {
    return new Int32Array(payload.buffer, payload.byteOffset, payload.byteLength / 4);
  }
  return new Int32Array(new Uint8Array(payload).buffer);
}
