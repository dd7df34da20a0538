import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTak } from './tak.ts';
import { readEvent } from './xml.ts';

/** Events of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../../shared/data/vectors/cot/', import.meta.url);
const bytesOf = (file: string) => readFileSync(new URL(file, FOLDER));

/** Of that set, made for it: a position as a stream of TAK protocol 1 carries it. */
const OWN = Buffer.from(
  [
    'bfba0112b7010a09612d662d472d552d432a064f50532d303130c0e49ae29a3238c0e49ae29a324098d6b1e29a324a03',
    '6d2d675107f0164850f44340593d0ad7a370195d40619a9999999999464069cdcccccccccc234071000000e0cf126341',
    '7a5b0a193c72656d61726b733ee4b89ce997a83c2f72656d61726b733e12150a092a3a2d313a737463701208e5b7a1e9',
    '80bb30311a130a044379616e120b5465616d204d656d6265723a1209000000000000f83f110000000000f07040',
  ].join(''),
  'hex',
);

test('a message of a stream', () => {
  expect(readTak(OWN.subarray(3))).toEqual({
    ...{ uid: 'OPS-01', type: 'a-f-G-U-C', lat: 39.9087, lon: 116.3975, ce: 9.9 },
    ...{ time: Date.parse('2024-09-01T06:30:00Z'), stale: Date.parse('2024-09-01T06:36:15Z') },
    detail: { callsign: '巡逻01', speed: 1.5, course: 271, battery: null, emergency: null, owner: null },
  });
});

interface Expected {
  readonly type: string;
  readonly uid: string;
  readonly sendTime: string;
  readonly staleTime: string;
  readonly lat: number;
  readonly lon: number;
  readonly detail: {
    readonly contact: { readonly callsign: string };
    readonly status?: { readonly battery: number };
    readonly track?: { readonly speed: number; readonly course: number };
  };
}

if (!existsSync(FOLDER))
  console.info('events of others are not read: ../shared/data/vectors/cot is not beside this tree');
else
  describe('events of others are read as others read them', () => {
    const files = JSON.parse(bytesOf('expected.json').toString());
    const eventOf = ({ type, uid, sendTime, staleTime, detail, ...said }: Expected) => ({
      ...{ type, uid, time: Date.parse(sendTime), stale: Date.parse(staleTime), lat: said.lat, lon: said.lon },
      detail: {
        callsign: detail.contact.callsign,
        battery: detail.status?.battery ?? null,
        ...{ speed: detail.track?.speed ?? null, course: detail.track?.course ?? null },
      },
    });

    test.each([
      // Version and two marks of the mesh, or a mark and the length, stand in front.
      ['mesh-delta.bin', 3],
      ['stream-own.bin', 3],
    ])('%s', (file, from) => {
      expect(readTak(bytesOf(file).subarray(from))).toMatchObject(eventOf(files[file]));
    });

    test('the same in XML, an alarm, and what a server offers', () => {
      expect(readEvent(bytesOf('pli.xml'))).toMatchObject(eventOf(files['stream-own.bin']));
      expect(readEvent(bytesOf('emergency.xml'))).toMatchObject({
        ...{ type: 'b-a-o-tbl', detail: { emergency: 'raised', owner: 'OPS-01' } },
      });
      expect(readEvent(bytesOf('neg-offer.xml'))).toMatchObject({ type: 't-x-takp-v', uid: 'protouid' });
    });
  });
