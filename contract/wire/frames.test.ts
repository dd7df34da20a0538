import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../errors.ts';
import { decodeBulkFrame, encodeBulkFrame } from './bulkFrame.ts';
import { HallFrame, isDeeper, isLonger, readFrame, WindowFrame } from './frames.ts';

const limit = { bytes: 4096, depth: 32 };

function outcome(read: () => unknown): 'read' | ContractError {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
}

describe('text frames', () => {
  it('L1 a frame one byte too long, or one level too deep, is refused by name', () => {
    const text = JSON.stringify({ t: 'ping', at: 1 });
    expect(outcome(() => readFrame(text, WindowFrame, { bytes: text.length, depth: 1 }))).toBe('read');
    expect(outcome(() => readFrame(text, WindowFrame, { bytes: text.length - 1, depth: 1 }))).toMatchObject({
      message: expect.stringContaining(`longer than ${text.length - 1} bytes`),
    });
    const nested = (depth: number) =>
      `{"t":"req","id":1,"m":"x","p":${'['.repeat(depth)}"]]]{{{\\"["${']'.repeat(depth)}}`;
    expect(outcome(() => readFrame(nested(31), WindowFrame, limit))).toBe('read');
    expect(outcome(() => readFrame(nested(32), WindowFrame, limit))).toMatchObject({
      message: expect.stringContaining('deeper than 32'),
    });
  });

  it('L1 length is counted in bytes of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(200), (text, bytes) => {
        expect(isLonger(text, bytes)).toBe(new TextEncoder().encode(text).byteLength > bytes);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('L1 depth is what JSON.parse would build (fuzz)', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(8), (value, depth) => {
        expect(isDeeper(JSON.stringify(value), depth)).toBe(depthOf(value) > depth);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('L4 any text is read or refused as bad-request, nothing else (fuzz)', () => {
    const frames = [
      '{"t":"hello","protocol":2,"seat":"a1","lang":"en","client":"x"}',
      '{"t":"req","id":1,"m":"drill.start","p":{}}',
      '{"t":"snap","topic":"walls","v":3,"part":0,"parts":1,"items":[["k",{"a":[1,2]}]]}',
      '{"t":"delta","topic":"walls","v":4,"set":[["k",1]],"patch":[["p",{"a":["put",1]}]],"del":["m"]}',
      '{"t":"res","id":1,"ok":false,"e":{"code":"refused","message":"no"}}',
      '{"t":"query","id":1,"q":"rejects.list","p":{"limit":5}}',
      '{"t":"rows","id":1,"v":0,"rows":[["k",{"a":1}]],"total":{"count":1,"exact":true},"more":null}',
      '{"t":"patch","id":1,"v":1,"set":[["k",1]],"del":["m"],"at":[["k",0]],"more":"k"}',
      '{"t":"unrows","id":1,"e":{"code":"busy","message":"no"}}',
    ];
    const spoiled = fc
      .tuple(fc.constantFrom(...frames), fc.nat(200), fc.nat(5), fc.string({ maxLength: 4 }))
      .map(([frame, at, cut, put]) => frame.slice(0, at) + put + frame.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(spoiled, fc.string(), fc.json()), (text) => {
        for (const schema of [WindowFrame, HallFrame]) {
          const result = outcome(() => readFrame(text, schema, limit));
          if (result !== 'read') expect(result.code).toBe('bad-request');
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('keys like __proto__ are keys like any other', () => {
    const frame = readFrame(
      '{"t":"delta","topic":"walls","v":1,"set":[["__proto__",1]],"patch":[],"del":["constructor"]}',
      HallFrame,
      limit,
    );
    expect(frame).toMatchObject({ set: [['__proto__', 1]], del: ['constructor'] });
  });
});

describe('bulk frames', () => {
  it('say back what was put in (fuzz)', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.boolean(), fc.uint8Array({ maxLength: 100 }), (id, key, payload) => {
        const read = decodeBulkFrame(encodeBulkFrame(id, key, payload));
        expect({ ...read, payload: [...read.payload] }).toEqual({ id, key, payload: [...payload] });
      }),
      { seed: 9 },
    );
  });

  it('any bytes are a frame or bad-request (fuzz)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const result = outcome(() => decodeBulkFrame(bytes));
        if (result !== 'read') expect(result.code).toBe('bad-request');
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('read from the middle of a larger buffer, without copying', () => {
    const outer = new Uint8Array(40);
    outer.set(encodeBulkFrame(7, true, Uint8Array.of(1, 2, 3)), 13);
    const { id, payload } = decodeBulkFrame(outer.subarray(13, 13 + 11));
    expect(id).toBe(7);
    expect(payload.buffer).toBe(outer.buffer);
  });
});
