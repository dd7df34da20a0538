import {
  decodeUnits,
  MOVING_EVERY_MS,
  UNIT_RECORD_BYTES,
  UNITS_HEADER_BYTES,
  type UnitRecord,
} from '../../../../contract/units.ts';
import { UNIT_STATUSES } from '../../../../core/units/unit.ts';
import { STALE_AFTER_S } from '../report.ts';

/** Integers of one leg: from lon, from lat (1e-7°), from heading (1/65536 turn), start and duration (ms of the track's time). */
export const LEG_INTS = 5;
/** Integers of one unit's record, as the wire has it. */
export const RECORD_INTS = UNIT_RECORD_BYTES / 4;
const HEADER_INTS = UNITS_HEADER_BYTES / 4;

/** Of a unit that was drawn where it was told of first: it is there. */
const SHORTEST_LEG_MS = 120;
const LONGEST_LEG_MS = 6000;
/** A unit whose next report is late goes on this far past its last one, then stands still. */
export const OVERSHOOT = 1.15;
/** A jump of more than 0.02° is a new fix, not a drive: the unit appears there at once. */
export const JUMP = 200_000;

/**
 * The newest record of each unit and the leg it is on: from where it was drawn when it was told of last to
 * where that puts it, over the time its reports usually take. Both arrays go to the GPU as they are; nothing is
 * allocated a unit.
 *
 * Frames tell of some units; the others stay as they were, a little older. A leg starts where the
 * unit is drawn, so a late or early report never makes it jump back.
 */
export class UnitTrack {
  /** `RECORD_INTS` a unit, as the wire has them: little-endian 32-bit integers (every machine OpsHall runs on is). */
  wire: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** `LEG_INTS` a unit, in the same order. */
  legs: Int32Array<ArrayBuffer> = new Int32Array(0);
  count = 0;
  /** Wall ms of the newest report, as the hall said; 0 before the first frame. */
  newestAt = 0;
  /** Track time of the last frame; null before the first. */
  receivedAt: number | null = null;
  /** Grows with every frame, so that the GPU copy knows when it is behind. */
  revision = 0;
  /** Whether the last frame is to be drawn at once: a unit came, went or jumped, is of another status than before it, or old now. */
  changed = false;
  /** Track time at which each unit reported, in the order of `wire`. */
  #reportedAt = new Float64Array(0);
  /** Place of each unit in `wire`, by its directory index; -1 for one that was not heard of. */
  #slots: Int32Array<ArrayBuffer> = new Int32Array(0);

  /**
   * Takes a frame in. `now` is monotonic ms of the caller's choice of origin, small enough for 32 bits.
   * @throws RangeError when the payload is not a units frame.
   */
  accept(payload: Uint8Array, now: number): void {
    const frame = decodeUnits(payload);
    const came = aligned(payload);
    const time = Math.round(now);
    this.changed = frame.whole && this.#forget(came, frame.count);
    this.#age(time);
    for (let i = 0; i < frame.count; i++) this.#take(came, HEADER_INTS + i * RECORD_INTS, time);
    this.newestAt = frame.newestAt;
    this.receivedAt = now;
    this.revision++;
  }

  /** Leaves out units that a whole frame does not have. @returns whether there were any */
  #forget(came: Int32Array, count: number): boolean {
    const present = new Set<number>();
    for (let i = 0; i < count; i++) present.add((came[HEADER_INTS + i * RECORD_INTS + 3] ?? 0) >>> 0);
    let kept = 0;
    for (let slot = 0; slot < this.count; slot++) {
      const index = this.indexAt(slot);
      if (!present.has(index)) {
        this.#slots[index] = -1;
        continue;
      }
      this.wire.copyWithin(kept * RECORD_INTS, slot * RECORD_INTS, (slot + 1) * RECORD_INTS);
      this.legs.copyWithin(kept * LEG_INTS, slot * LEG_INTS, (slot + 1) * LEG_INTS);
      this.#reportedAt[kept] = this.#reportedAt[slot] ?? 0;
      this.#slots[index] = kept++;
    }
    const left = kept < this.count;
    this.count = kept;
    return left;
  }

  /** Writes into each record how old its report is by now. */
  #age(time: number): void {
    for (let slot = 0; slot < this.count; slot++) {
      const r = slot * RECORD_INTS + 2;
      const before = this.wire[r] ?? 0;
      const age = Math.min(255, Math.max(0, Math.round((time - (this.#reportedAt[slot] ?? 0)) / 1000)));
      const word = (before & 0xff_ffff) | (age << 24);
      this.changed ||= looksOther(word, before);
      this.wire[r] = word;
    }
  }

  /** Takes the record at `r` of what came. */
  #take(came: Int32Array, r: number, time: number): void {
    const lon = came[r] ?? 0;
    const lat = came[r + 1] ?? 0;
    const word = came[r + 2] ?? 0;
    const heading = word & 0xffff;
    const index = (came[r + 3] ?? 0) >>> 0;
    const known = this.#slots[index] ?? -1;
    const slot = known < 0 ? this.#add(index) : known;
    const w = slot * RECORD_INTS;
    const g = slot * LEG_INTS;
    const { wire, legs } = this;
    const toLon = wire[w] ?? 0;
    const toLat = wire[w + 1] ?? 0;
    const before = wire[w + 2] ?? 0;
    wire[w] = lon;
    wire[w + 1] = lat;
    wire[w + 2] = word;
    wire[w + 3] = index;
    this.#reportedAt[slot] = time - (word >>> 24) * 1000;
    if (known < 0) {
      this.changed = true;
      put(legs, g, lon, lat, heading, time, SHORTEST_LEG_MS);
      return;
    }
    this.changed ||= looksOther(word, before);
    const toHeading = before & 0xffff;
    if (lon === toLon && lat === toLat && heading === toHeading) return;
    const fromLon = legs[g] ?? 0;
    const fromLat = legs[g + 1] ?? 0;
    const start = legs[g + 3] ?? 0;
    const duration = legs[g + 4] ?? SHORTEST_LEG_MS;
    const s = fraction(time, start, duration);
    const jumped = Math.abs(lon - toLon) > JUMP || Math.abs(lat - toLat) > JUMP;
    this.changed ||= jumped;
    const shownLon = jumped ? lon : Math.round(fromLon + (toLon - fromLon) * s);
    const shownLat = jumped ? lat : Math.round(fromLat + (toLat - fromLat) * s);
    // No unit is told of more often while it moves: one that was told of just now is not faster for it.
    const gap = Math.min(LONGEST_LEG_MS, Math.max(MOVING_EVERY_MS, time - start));
    // A unit that drives off after a stop has not been driving all that time: one report cannot more than double a leg.
    const span =
      duration === SHORTEST_LEG_MS ? gap : Math.round(duration + (Math.min(gap, 2 * duration) - duration) * 0.4);
    put(legs, g, shownLon, shownLat, turned(legs[g + 2] ?? 0, toHeading, Math.min(1, s)), time, span);
  }

  /** @returns the place of a unit that was not heard of before */
  #add(index: number): number {
    const slot = this.count++;
    if (slot * RECORD_INTS >= this.wire.length) {
      const size = grown(this.count);
      this.wire = enlarged(this.wire, size * RECORD_INTS);
      this.legs = enlarged(this.legs, size * LEG_INTS);
      const reportedAt = new Float64Array(size);
      reportedAt.set(this.#reportedAt);
      this.#reportedAt = reportedAt;
    }
    const known = this.#slots.length;
    if (index >= known) this.#slots = enlarged(this.#slots, grown(index + 1)).fill(-1, known);
    this.#slots[index] = slot;
    return slot;
  }

  /** Place of a unit in `wire` by its directory index, or -1. */
  slotOf(index: number): number {
    return this.#slots[index] ?? -1;
  }

  /** Directory index of the unit at a place of `wire`. */
  indexAt(slot: number): number {
    return (this.wire[slot * RECORD_INTS + 3] ?? 0) >>> 0;
  }

  /** Status code of the unit at a place of `wire`, an index into `UNIT_STATUSES`. */
  statusAt(slot: number): number {
    return ((this.wire[slot * RECORD_INTS + 2] ?? 0) >>> 16) & 0xff;
  }

  /** The unit at a place of `wire` as it is drawn at `now`; its age has grown since the last frame came. */
  shown(slot: number, now: number): UnitRecord {
    const r = slot * RECORD_INTS;
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

  /** Longitude at which the unit at a place of `wire` is drawn, in 1e-7°. The shader computes the same. */
  lonAt(slot: number, now: number): number {
    return this.#between(slot, 0, now);
  }

  /** Latitude at which the unit at a place of `wire` is drawn, in 1e-7°. */
  latAt(slot: number, now: number): number {
    return this.#between(slot, 1, now);
  }

  #between(slot: number, axis: 0 | 1, now: number): number {
    const g = slot * LEG_INTS;
    const from = this.legs[g + axis] ?? 0;
    const to = this.wire[slot * RECORD_INTS + axis] ?? 0;
    return from + (to - from) * fraction(now, this.legs[g + 3] ?? 0, this.legs[g + 4] ?? 1);
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

/** The same integers, with room for so many. */
function enlarged(integers: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(integers);
  return larger;
}

/** The payload as 32-bit integers: in place when its offset allows, copied when it does not. */
function aligned(payload: Uint8Array): Int32Array<ArrayBuffer> {
  if (payload.byteOffset % 4 === 0 && payload.buffer instanceof ArrayBuffer) {
    return new Int32Array(payload.buffer, payload.byteOffset, payload.byteLength / 4);
  }
  return new Int32Array(new Uint8Array(payload).buffer);
}
