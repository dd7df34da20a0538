/** Bytes of one sensor in an `observations` payload. */
export const OBSERVATION_RECORD_BYTES = 16;
const HEADER_BYTES = 12;
const SECTION_BYTES = 8;
const MAGIC = 0x314f504f; // "OPO1"
const WORD = 2 ** 32;
/** The upper word of a safe integer has 21 bits. */
const MOST_HIGH = 0x1f_ffff;

/** Sensors of a directory at most: a page keeps columns as long as the largest index it was told. */
export const MOST_SENSORS = 1_000_000;

/** Codes of a value's quality in a record: good, or what its source says against it (O7). */
export const QUALITY = ['good', 'doubtful', 'bad'] as const;
export type Quality = (typeof QUALITY)[number];

/** The newest value of sensors in columns; a sensor is its place in `sensors.directory`. */
export interface ObservationColumns {
  readonly value: ArrayLike<number>;
  /** Measured at, wall ms by the source's clock, a whole number from 0 on. */
  readonly t: ArrayLike<number>;
  /** Index into {@link QUALITY}. */
  readonly quality: ArrayLike<number>;
  /** The level at which alarms hold the value, 1 the worst; 0 for none. */
  readonly level: ArrayLike<number>;
}

/**
 * Packs the values of some sensors: a 12-byte header (u32 magic, u32 version of the directory, u32 sections), then sections, each
 * (u32 upper word of its times, u32 count) and 16 bytes a sensor (f64 value, u32 lower word of its time, u32: bits 0–23 index,
 * 24–25 quality, 26–28 level), little-endian. Times 49 days apart are in different sections, so that each is whole.
 *
 * @param chosen indices of the sensors
 */
export function encodeObservations(
  version: number,
  columns: ObservationColumns,
  chosen: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  const counts = new Map<number, number>();
  for (let k = 0; k < chosen.length; k++) {
    const high = highOf(columns.t[chosen[k] as number] as number);
    counts.set(high, (counts.get(high) ?? 0) + 1);
  }
  const bytes = new Uint8Array(HEADER_BYTES + counts.size * SECTION_BYTES + chosen.length * OBSERVATION_RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, version, true);
  view.setUint32(8, counts.size, true);
  /** Where the next record of each section goes. */
  const places = new Map<number, number>();
  let o = HEADER_BYTES;
  for (const [high, count] of counts) {
    view.setUint32(o, high, true);
    view.setUint32(o + 4, count, true);
    places.set(high, o + SECTION_BYTES);
    o += SECTION_BYTES + count * OBSERVATION_RECORD_BYTES;
  }
  for (let k = 0; k < chosen.length; k++) {
    const i = chosen[k] as number;
    const t = columns.t[i] as number;
    const high = highOf(t);
    const at = places.get(high) as number;
    view.setFloat64(at, columns.value[i] as number, true);
    view.setUint32(at + 8, t - high * WORD, true);
    view.setUint32(at + 12, i | ((columns.quality[i] as number) << 24) | ((columns.level[i] as number) << 26), true);
    places.set(high, at + OBSERVATION_RECORD_BYTES);
  }
  return bytes;
}

const highOf = (t: number) => Math.floor(t / WORD);

/** What a payload says, in columns by the order of its records. */
export interface ObservationsFrame {
  /** Of the directory that the indices mean. */
  readonly version: number;
  readonly count: number;
  readonly index: Uint32Array;
  readonly value: Float64Array;
  readonly t: Float64Array;
  readonly quality: Uint8Array;
  readonly level: Uint8Array;
}

/** @throws RangeError when the payload is not exactly one observations frame; nothing of it is to be used then */
export function decodeObservations(payload: Uint8Array): ObservationsFrame {
  if (payload.byteLength < HEADER_BYTES) throw new RangeError('observations frame: shorter than its header');
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('observations frame: wrong magic number');
  const sections = view.getUint32(8, true);
  const records = payload.byteLength - HEADER_BYTES - sections * SECTION_BYTES;
  if (records < 0 || records % OBSERVATION_RECORD_BYTES !== 0)
    throw new RangeError(`observations frame: ${payload.byteLength} bytes do not hold ${sections} sections`);
  const count = records / OBSERVATION_RECORD_BYTES;
  const frame = {
    ...{ version: view.getUint32(4, true), count, index: new Uint32Array(count) },
    ...{ value: new Float64Array(count), t: new Float64Array(count) },
    ...{ quality: new Uint8Array(count), level: new Uint8Array(count) },
  };
  let n = 0;
  let o = HEADER_BYTES;
  for (let section = 0; section < sections; section++) {
    const high = view.getUint32(o, true);
    const end = n + view.getUint32(o + 4, true);
    if (high > MOST_HIGH || end > count) throw new RangeError('observations frame: a section is cut short');
    for (o += SECTION_BYTES; n < end; n++, o += OBSERVATION_RECORD_BYTES) {
      const value = view.getFloat64(o, true);
      const word = view.getUint32(o + 12, true);
      const index = word & 0xff_ffff;
      const quality = (word >>> 24) & 3;
      const level = word >>> 26;
      if (!Number.isFinite(value) || index >= MOST_SENSORS || quality > 2 || level > 4)
        throw new RangeError(`observations frame: record ${n} is none`);
      frame.index[n] = index;
      frame.value[n] = value;
      frame.t[n] = high * WORD + view.getUint32(o + 8, true);
      frame.quality[n] = quality;
      frame.level[n] = level;
    }
  }
  if (n !== count) throw new RangeError(`observations frame: sections of ${n} records, ${count} came`);
  return frame;
}
