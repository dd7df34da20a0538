import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessUnit, type AccessUnitRejects, createAccessUnitSplitter } from './accessUnits.ts';

const code3 = [0, 0, 1];
const code4 = [0, 0, 0, 1];
const sps = [...code4, 0x67, 0x42, 0xc0, 0x1e, 0xd9];
const pps = [...code4, 0x68, 0xce, 0x3c];
const aud = [...code4, 0x09, 0xf0];
const sei = [...code3, 0x06, 0x05, 0x01, 0xff, 0x80];
const idr = (fill: number) => [...code3, 0x65, 0x88, fill, fill];
const delta = (fill: number) => [...code4, 0x41, 0x9a, fill];
const laterSlice = (fill: number) => [...code3, 0x41, 0x3a, fill];

interface Split {
  readonly units: readonly {
    readonly bytes: readonly number[];
    readonly key: boolean;
    readonly sps: readonly number[] | null;
  }[];
  readonly rejects: AccessUnitRejects;
  readonly held: number;
}

function split(bytes: ArrayLike<number>, cuts: readonly number[] = [], maxUnitBytes = 1000): Split {
  const all = Uint8Array.from(bytes);
  const units: AccessUnit[] = [];
  const splitter = createAccessUnitSplitter({ onUnit: (unit) => units.push(unit), headroom: 3, maxUnitBytes });
  let held = 0;
  let from = 0;
  for (const at of [...cuts].sort((a, b) => a - b).concat(all.length)) {
    splitter.push(all.subarray(from, at));
    held = Math.max(held, splitter.heldBytes);
    from = at;
  }
  splitter.flush();
  return {
    units: units.map((u) => ({ bytes: [...u.bytes.subarray(3)], key: u.key, sps: u.sps ? [...u.sps] : null })),
    rejects: { ...splitter.rejects },
    held,
  };
}

describe('access unit splitter', () => {
  it('puts parameter sets, SEI and all slices of a picture into one unit', () => {
    const first = [...aud, ...sps, ...pps, ...sei, ...idr(7)];
    const second = [...delta(8), ...laterSlice(9)];
    const third = [...aud, ...delta(10)];
    const { units } = split([...first, ...second, ...third]);
    expect(units.map((u) => u.bytes)).toEqual([first, second, third]);
    expect(units.map((u) => u.key)).toEqual([true, false, false]);
    expect(units[0]?.sps).toEqual([0x67, 0x42, 0xc0, 0x1e, 0xd9]);
    expect(units[1]?.sps).toBeNull();
  });

  it('keeps a picture back until it knows that it is whole', () => {
    const units: AccessUnit[] = [];
    const splitter = createAccessUnitSplitter({ onUnit: (unit) => units.push(unit) });
    splitter.push(Uint8Array.from([...sps, ...idr(1)]));
    expect(units).toHaveLength(0);
    splitter.push(Uint8Array.from(delta(2)));
    expect(units).toHaveLength(1);
  });

  it('leaves out what cannot be decoded: pictures before the first key picture', () => {
    const { units, rejects } = split([1, 2, 3, ...delta(1), ...delta(2), ...sps, ...idr(3), ...delta(4)]);
    expect(units.map((u) => u.key)).toEqual([true, false]);
    expect(rejects).toEqual({ oversize: 0, undecodable: 2, strayBytes: 3 });
  });

  it('drops a unit over the limit, and what depends on it, and recovers at the next key picture', () => {
    const long = [...code4, 0x41, 0x9a, ...new Array<number>(300).fill(0x55)];
    const { units, rejects, held } = split(
      [...sps, ...idr(1), ...long, ...delta(2), ...sps, ...idr(3)],
      Array.from({ length: 33 }, (_, i) => i * 10),
      100,
    );
    expect(units.map((u) => u.key)).toEqual([true, true]);
    expect(rejects).toEqual({ oversize: 1, undecodable: 1, strayBytes: 0 });
    expect(held).toBeLessThan(130);
  });

  const nal = fc.oneof(
    fc.constantFrom(sps, pps, aud, sei),
    fc.nat(255).map(idr),
    fc.nat(255).map(delta),
    fc.nat(255).map(laterSlice),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => [...bytes]),
    fc.array(fc.constantFrom(0, 0, 0, 1, 3, 0x65, 0x41, 0x67, 0x88), { maxLength: 40 }),
  );
  const stream = fc.array(nal, { maxLength: 25 }).map((nals) => nals.flat());

  it('gives the same units however the bytes are chunked, with tight limits too (fuzz)', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(1500), { maxLength: 30 }),
        fc.constantFrom(20, 60, 1000),
        (bytes, cuts, limit) => {
          const whole = split(bytes, [], limit);
          const chunked = split(
            bytes,
            cuts.map((c) => Math.min(c, bytes.length)),
            limit,
          );
          const bytewise = split(
            bytes,
            bytes.map((_, i) => i),
            limit,
          );
          expect({ ...chunked, held: 0 }).toEqual({ ...whole, held: 0 });
          expect({ ...bytewise, held: 0 }).toEqual({ ...whole, held: 0 });
          expect(bytewise.held).toBeLessThanOrEqual(limit + 8);
          for (const unit of whole.units) expect(unit.bytes.length).toBeLessThanOrEqual(limit);
        },
      ),
      { seed: 21, numRuns: 2000 },
    );
  });

  it('takes any bytes without throwing and without keeping them (fuzz)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 40 }), (chunks) => {
        const splitter = createAccessUnitSplitter({ onUnit: () => {}, maxUnitBytes: 500 });
        for (const chunk of chunks) {
          splitter.push(chunk);
          expect(splitter.heldBytes).toBeLessThanOrEqual(500 + 400 + 8);
        }
        splitter.flush();
        expect(splitter.heldBytes).toBe(0);
      }),
      { seed: 22, numRuns: 500 },
    );
  });
});
