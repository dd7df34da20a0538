import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiFrameOf, frameOf } from '../../../tests/fixtures/sl651/build.ts';
import { lineOf, payloadOf, positionA } from '../../../tests/support/aisLines.ts';
import { cotXml } from '../../../tests/support/cotEvents.ts';
import {
  gb26875State,
  hj212Upload,
  jt808Frame,
  jt808Position,
  sl651Report,
} from '../../../tests/support/deviceFrames.ts';
import { type FeedConfig, readFeedConfig } from '../registry.ts';
import type { DeviceProtocol } from './feed.ts';
import { ais, cot, gb26875, hj212, jt808, sl651 } from './protocols.ts';

const T = Date.parse('2026-11-27T08:20:00+08:00');
const file = (protocol: string, devices: string, more = '') =>
  `id: f\nprotocol: ${protocol}\nname: { zh: 源, en: F }\nlisten: 127.0.0.1:9999\n${more}devices:\n  - ${devices}\n`;
const config = <P extends FeedConfig['protocol']>(protocol: P, devices: string, more = '') =>
  readFeedConfig('f.yaml', file(protocol, devices, more)) as Extract<FeedConfig, { protocol: P }>;
const monitor = (password: string) => hj212(config('hj212', `{ device: "8888", ${password} readings: { w01018: S } }`));
const station = (password: string) =>
  sl651(config('sl651', `{ device: "0012345678", ${password} readings: { "39": S } }`));
const terminal = jt808(
  config('jt808', '{ device: "013812345678", unit: U }', 'crs: wgs84\n'),
  () => 'k',
  () => {},
);
const alarms = gb26875(config('gb26875', '{ device: "665544332211", readings: { "1.3.000600D9:fire": S } }'));

const again = (protocol: DeviceProtocol, frame: Uint8Array) => {
  const kept = protocol.discreet(frame);
  expect(kept).toHaveLength(frame.length);
  const restored = protocol.restored(kept);
  return restored && protocol.openAgain().take(restored, T);
};

describe('what a device said is kept without its secrets, and read again with those that the file names', () => {
  const upload = hj212Upload({ mn: '8888', password: '123456' }, T, { w01018: '5.3' });
  const report = sl651Report('0012345678', 1, T, 1.25);

  test('HJ 212', () => {
    const kept = Buffer.from(monitor('').discreet(upload)).toString();
    expect([kept.includes('123456'), kept.includes('PW=******;MN=8888')]).toEqual([false, true]);
    const read = again(monitor('password: "123456",'), Buffer.concat([upload, upload]));
    expect(read).toMatchObject({ messages: 2, refused: 0, records: [{ device: '8888', value: 5.3 }, {}] });
    // Another password of that length makes another checksum; one that nobody named, none that could be judged.
    expect(again(monitor('password: "654321",'), upload)).toMatchObject({ messages: 0, refused: 1 });
    expect([again(monitor(''), upload), again(monitor('password: "1",'), upload)]).toEqual([null, null]);
  });

  test('SL 651, in hex and in characters', () => {
    expect(Buffer.from(station('').discreet(report)).toString('hex').slice(16, 20)).toBe('2a2a');
    expect(again(station('password: "1234",'), report)).toMatchObject({ messages: 1, records: [{ value: 1.25 }] });
    expect(again(station('password: "4321",'), report)).toMatchObject({ messages: 0, refused: 1 });
    expect(again(station(''), report)).toBeNull();
    const ascii = asciiFrameOf('39 1.250');
    const password = ascii.toString('latin1').slice(13, 17);
    const inCharacters = sl651(
      config('sl651', `{ device: "0099000017", password: "${password}", readings: { "39": S } }`),
    );
    const kept = inCharacters.discreet(ascii);
    expect(Buffer.from(kept).toString('latin1').slice(13, 17)).toBe('****');
    expect(Buffer.from(inCharacters.restored(kept) ?? []).equals(ascii)).toBe(true);
    // What sets passwords is kept without its text.
    const settings = frameOf({ fn: '40', text: '0300001122334455' });
    expect(Buffer.from(station('').discreet(settings)).toString('hex')).not.toContain('112233');
  });

  test('JT/T 808: a position of a terminal that is named is read without its token; tokens are not kept', () => {
    const frame = jt808Frame(0x0200, '013812345678', 7, jt808Position(T, 121.5, 31.2, 36, 90));
    expect(again(terminal, frame)).toMatchObject({ messages: 1, records: [{ device: '13812345678', lon: 121.5 }] });
    expect(terminal.open().take(frame, T)).toMatchObject({ messages: 0, refused: 1 });
    const stranger = jt808Frame(0x0200, '013800000000', 7, jt808Position(T, 121.5, 31.2, 36, 90));
    expect(again(terminal, stranger)).toMatchObject({ messages: 0, refused: 1 });
    const token = jt808Frame(0x0102, '013812345678', 8, Buffer.from('a-secret-token'));
    expect(Buffer.from(terminal.discreet(token)).toString()).not.toContain('secret');
  });

  test('GB/T 26875.3, which has none', () => {
    const frame = gb26875State({ device: '665544332211', system: 1, address: 3, part: '000600d9' }, 1, T, 2);
    expect(again(alarms, frame)).toMatchObject({ messages: 1, refused: 0 });
  });

  test('whatever came, it is as long as before, and can be read again without harm', () => {
    const protocols = [monitor('password: "123456",'), station('password: "1234",'), terminal, alarms];
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom<Uint8Array>(upload, report, Buffer.from('PW='), Buffer.from([0x7e, 0x7e]), Buffer.from([1])),
    );
    const bytes = fc.array(part, { maxLength: 5 }).map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(bytes, fc.nat(3), (came, which) => {
        const protocol = protocols[which] as DeviceProtocol;
        const before = Buffer.from(came);
        again(protocol, came);
        expect(came.equals(before)).toBe(true);
        const session = protocol.open();
        session.take(came, T);
        expect(session.kept()).toBeLessThanOrEqual(came.length + 1);
      }),
      { seed: 20261128, numRuns: 500 },
    );
  });
});

test('ships that no file names are noted, and nothing of them is refused', () => {
  const strangers: string[] = [];
  const ships = ais(config('ais', '{ device: "413000001", unit: SH-1 }'), (mmsi) => strangers.push(mmsi));
  const said = [413000001, 413000002].map((mmsi) =>
    lineOf(payloadOf(positionA(1, { mmsi, lon: 121.5, lat: 29.2, sog: 10, cog: 90, heading: 91 }))),
  );
  const { messages, records, refused } = ships.open().take(Buffer.from(`${said.join('\n')}\n`), T);
  expect([messages, records.map(({ device }) => device), refused, strangers]).toEqual([
    2,
    ['413000001'],
    0,
    ['413000002'],
  ]);
});

test('clients of TAK that no file names are noted as they are called, and their passwords starred out', () => {
  const strangers: unknown[] = [];
  const clients = cot(config('cot', '{ device: OPS-1, unit: PO-1 }'), (...said) => strangers.push(said));
  const said = ['OPS-1', 'OPS-2'].map((uid) => cotXml({ uid, time: T, callsign: `c ${uid}` })).join('');
  const { records, refused } = clients.open().take(Buffer.from(said), T);
  expect([records.map(({ device }) => device), refused, strangers]).toEqual([['OPS-1'], 0, [['OPS-2', 'c OPS-2']]]);
  const shown = clients.discreet(Buffer.from('<auth><cot username="u" password="geheim"/></auth>'));
  expect(Buffer.from(shown).toString()).toBe('<auth><cot username="u" password="******"/></auth>');
});
