import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTak } from './tak.ts';
import { readEvent } from './xml.ts';

/** Events of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../../shared/data/vectors/cot/', import.meta.url);
const bytesOf = (file: string) => readFileSync(new URL(file, FOLDER));

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

describe.skipIf(!existsSync(FOLDER))('events of others are read as others read them', () => {
  const files = existsSync(FOLDER) ? JSON.parse(bytesOf('expected.json').toString()) : {};
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
