/** What a decoder must know of an H.264 stream before the first picture. */
export interface SpsFacts {
  /** RFC 6381 codec string, as WebCodecs wants it: `avc1.PPCCLL`. */
  readonly codec: string;
  /** Pixels after cropping. */
  readonly width: number;
  readonly height: number;
}

/** Profiles whose parameter set carries chroma format and bit depths (ITU-T H.264 7.3.2.1.1). */
const HIGH_PROFILES: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const MAX_SPS_BYTES = 1024;
const MAX_SIDE = 16_384;

/**
 * Reads profile, level and picture size from a sequence parameter set (ITU-T H.264 7.3.2.1.1), NAL header included.
 * Anything malformed, or with sides beyond 16,384 pixels, gives `undefined`.
 */
export function readSps(nal: Uint8Array): SpsFacts | undefined {
  if (nal.length < 4 || nal.length > MAX_SPS_BYTES || ((nal[0] ?? 0) & 0x1f) !== 7) return undefined;
  const bits = createBitReader(withoutEmulation(nal.subarray(1)));
  const profile = bits.read(8);
  const constraints = bits.read(8);
  const level = bits.read(8);
  bits.golomb(); // seq_parameter_set_id
  let chroma = 1;
  if (HIGH_PROFILES.has(profile)) {
    chroma = bits.golomb();
    if (chroma === 3) bits.read(1);
    bits.golomb(); // luma and chroma bit depth
    bits.golomb();
    bits.read(1);
    if (bits.read(1) === 1) skipScalingLists(bits, chroma === 3 ? 12 : 8);
  }
  bits.golomb(); // log2_max_frame_num
  const orderType = bits.golomb();
  if (orderType === 0) bits.golomb();
  else if (orderType === 1) {
    bits.read(1);
    bits.golomb();
    bits.golomb();
    const cycle = bits.golomb();
    if (cycle > 255) return undefined;
    for (let i = 0; i < cycle; i += 1) bits.golomb();
  }
  bits.golomb(); // max_num_ref_frames
  bits.read(1);
  const macroblocksWide = bits.golomb() + 1;
  const mapUnitsHigh = bits.golomb() + 1;
  const framesOnly = bits.read(1);
  if (framesOnly === 0) bits.read(1);
  bits.read(1);
  const crop = { left: 0, right: 0, top: 0, bottom: 0 };
  if (bits.read(1) === 1) {
    crop.left = bits.golomb();
    crop.right = bits.golomb();
    crop.top = bits.golomb();
    crop.bottom = bits.golomb();
  }
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = (chroma === 1 ? 2 : 1) * (2 - framesOnly);
  const width = macroblocksWide * 16 - cropX * (crop.left + crop.right);
  const height = (2 - framesOnly) * mapUnitsHigh * 16 - cropY * (crop.top + crop.bottom);
  if (bits.overrun() || width <= 0 || height <= 0 || width > MAX_SIDE || height > MAX_SIDE) return undefined;
  const hex = (value: number) => value.toString(16).padStart(2, '0').toUpperCase();
  return { codec: `avc1.${hex(profile)}${hex(constraints)}${hex(level)}`, width, height };
}

interface BitReader {
  read(count: number): number;
  /** Exp-Golomb code, ue(v). */
  golomb(): number;
  overrun(): boolean;
}

/** Reads past the end give zeros and set `overrun`, so that callers check once, at the end. */
function createBitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  const limit = bytes.length * 8;
  let over = false;
  function bit(): number {
    if (at >= limit) {
      over = true;
      return 0;
    }
    const value = ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  }
  function read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i += 1) value = value * 2 + bit();
    return value;
  }
  return {
    read,
    golomb() {
      let zeros = 0;
      while (zeros < 32 && !over && bit() === 0) zeros += 1;
      if (zeros === 32) over = true;
      return over ? 0 : 2 ** zeros - 1 + read(zeros);
    },
    overrun: () => over,
  };
}

function skipScalingLists(bits: BitReader, lists: number): void {
  for (let list = 0; list < lists; list += 1) {
    if (bits.read(1) === 0) continue;
    let last = 8;
    let next = 8;
    for (let i = 0; i < (list < 6 ? 16 : 64); i += 1) {
      if (next !== 0) {
        const code = bits.golomb();
        const delta = code % 2 === 1 ? (code + 1) / 2 : -code / 2; // se(v)
        next = (last + delta + 256) & 0xff;
      }
      last = next === 0 ? last : next;
    }
  }
}

/** Drops emulation_prevention_three_byte: 00 00 03 → 00 00. */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length] = byte;
    length += 1;
  }
  return out.subarray(0, length);
}
