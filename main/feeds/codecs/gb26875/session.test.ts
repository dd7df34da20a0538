import { describe, expect, test } from 'vitest';
import { component, DEVICE, frameOf, SOURCE, system } from '../../../../tests/fixtures/gb26875/build.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import type { CodecReading, Decoded } from '../codec.ts';
import { createGb26875Session } from './session.ts';

const T = Date.parse('2026-11-27T08:20:31+08:00');
const SENT = Date.parse('2026-11-27T08:20:30+08:00');
const sessionOf = (items: readonly string[] | null = []) =>
  createGb26875Session({ offsetMinutes: 480, itemsOf: () => (items === null ? undefined : new Set(items)) });
const take = (...frames: Uint8Array[]) => sessionOf().take(Buffer.concat(frames), T);
const hex = ({ replies }: Decoded) => replies.map((reply) => Buffer.from(reply).toString('hex').toUpperCase());
const paths = ({ faults }: Decoded) => faults.map((fault) => fault.path);
const readings = ({ records }: Decoded) => records as readonly CodecReading[];
const values = (decoded: Decoded) => readings(decoded).map(({ item, value }) => `${item}=${value}`);

describe('an upload is answered', () => {
  test('with its serial and version, the hall’s time and the addresses the other way round, as worked out by hand', () => {
    const frame = frameOf({ serial: 7, data: system(2) });
    const { replies } = sessionOf().take(frame, Date.parse('2024-06-09T14:30:05+08:00'));
    expect(hex({ replies } as Decoded)).toEqual(['404007000101051E0E090618000000000000112233445566000003C92323']);
  });

  test('again, with its records, where it comes again because the answer was lost', () => {
    const frame = frameOf({ data: component(2) });
    const one = sessionOf();
    const first = one.take(frame, T);
    expect(one.take(frame, T)).toEqual(first);
    expect(values(first)).toEqual(['1.3.000600D9:fire=1']);
  });

  test('also where it has no data and keeps the line, or only a part of it can be read', () => {
    const cut = take(frameOf({ data: `02 02 ${component(2).slice(6)} 01 03` }));
    expect([values(cut), paths(cut), cut.replies[0]?.[26]]).toEqual([['1.3.000600D9:fire=1'], ['count'], 3]);
    const more = take(frameOf({ data: `${system(2)} 00` }));
    expect([values(more), paths(more), more.replies[0]?.[26]]).toEqual([['1.3:fire=1'], ['count'], 3]);
    const nothing = take(frameOf());
    expect([nothing.messages, nothing.refused, nothing.replies[0]?.[26]]).toEqual([1, 0, 3]);
  });

  test('with the time where it asks for that', () => {
    const decoded = take(frameOf({ command: 4, serial: 0x0102, data: '5A 01' }));
    expect(hex(decoded)[0]).toMatch(/^4040020101011F14081B0B1A0{12}1122334455660800055A011F14081B0B1A..2323$/);
    expect([decoded.messages, decoded.refused]).toEqual([1, 0]);
  });
});

describe('is turned down, so that it comes again or is looked after', () => {
  test.each([
    ['an upload whose sum is wrong', frameOf({ data: component(2), sum: 0 }), 'sum'],
    ['an upload that ends otherwise', frameOf({ data: component(2), tail: '2324' }), 'end'],
    ['a question whose sum is wrong', frameOf({ command: 4, data: '5A 01', sum: 0 }), 'sum'],
    ['one that is too short', frameOf({ data: '16' }), 'type'],
    ['a type of a maker’s own', frameOf({ data: '96 01 00' }), 'type'],
    ['a type that only a centre sends', frameOf({ data: '5B 01 0A' }), 'type'],
    ['an object that is cut off', frameOf({ data: system(2).slice(0, -2) }), 'count'],
    ['none where something follows', frameOf({ data: '01 00 01' }), 'count'],
    ['an unknown command', frameOf({ command: 7, data: system(2) }), 'command'],
    ['a command of a maker’s own', frameOf({ command: 200, data: system(2) }), 'command'],
    ['a question', frameOf({ command: 4, data: '3D 01 01 03' }), 'type'],
  ])('%s', (_, frame, path) => {
    const decoded = take(frame);
    expect([decoded.messages, decoded.records, paths(decoded)]).toEqual([0, [], [path]]);
    expect(decoded.replies.map((reply) => reply[26])).toEqual([6]);
    expect(Buffer.from(decoded.replies[0] ?? []).toString('hex', 18, 24)).toBe(SOURCE);
  });
});

describe('nobody answers', () => {
  test.each([
    ['a confirmation, also one with a byte of data', frameOf({ command: 3, data: '17' }), 1, []],
    ['a denial', frameOf({ command: 6 }), 1, []],
    ['a confirmation whose sum is wrong', frameOf({ command: 3, sum: 0 }), 0, ['sum']],
    ['a centre, or an echo of the hall', frameOf({ command: 1, data: '5B 01 0A' }), 0, ['command']],
    ['what fits neither sum nor end', frameOf({ data: component(2), sum: 0, tail: '0000' }), 0, ['length']],
    ['what declares too much', frameOf({ data: component(2), length: 0x3000 }), 0, ['length']],
    ['a modem', Buffer.from('REG:13800000000'), 0, ['']],
  ])('%s', (_, frame, messages, faults) => {
    const decoded = take(frame);
    expect([decoded.messages, paths(decoded), decoded.replies, decoded.records]).toEqual([messages, faults, [], []]);
  });
});

describe('a state', () => {
  const USUAL = 'fire fault shielded supervision started feedback delayed';
  const POWER = 'main-power-fault backup-power-fault';

  test('is told as far as something is so, and beyond that as far as a sensor is given for it', () => {
    const frame = frameOf({ data: component(0x0105) });
    expect(values(sessionOf().take(frame, T))).toEqual(['1.3.000600D9:fault=1', '1.3.000600D9:power-fault=1']);
    const wanted = ['1.3.000600D9:normal', '1.3.000600D9:fire', '1.3.000600DA:fire'];
    expect(values(sessionOf(wanted).take(frame, T))).toEqual([
      ...['1.3.000600D9:normal=1', '1.3.000600D9:fire=0', '1.3.000600D9:fault=1', '1.3.000600D9:power-fault=1'],
    ]);
  });

  test('of a device that is none of the hall’s says at least whether there is a fire', () => {
    expect(values(sessionOf(null).take(frameOf({ data: component(1) }), T))).toEqual(['1.3.000600D9:fire=0']);
    expect(values(sessionOf(null).take(frameOf({ data: '15 01 09 1E14081B0B1A' }), T))).toEqual([
      ...['device:fire=0', 'device:main-power-fault=1'],
    ]);
  });

  test('has its low byte first: 0200 is a fire, and 0002 none', () => {
    expect(values(take(frameOf({ data: '01 01 01 03 0200 1E14081B0B1A' })))).toEqual(['1.3:fire=1']);
    expect(values(take(frameOf({ data: '01 01 01 03 0002 1E14081B0B1A' })))).toEqual(['1.3:backup-power-fault=1']);
  });

  test.each([
    [system(0xffff), '1.3', `${USUAL} ${POWER} bus-fault manual setup-changed reset`],
    [component(0xffff), '1.3.000600D9', `${USUAL} power-fault`],
    ['15 01 FF 1E14081B0B1A', 'device', `fire fault ${POWER} centre-line-fault panel-line-fault`],
    ['18 01 FF 00 1E14081B0B1A', 'device', 'reset silence manual-alarm clear self-test duty-answer test'],
    ['04 01 01 03 FF 00 1E14081B0B1A', '1.3', 'reset silence manual-alarm clear self-test confirm test'],
  ])('%s has every bit of its table, and none that is reserved', (data, name, words) => {
    const operated = words.startsWith('reset') ? 'operation-' : '';
    expect(values(take(frameOf({ data })))).toEqual(words.split(' ').map((word) => `${name}:${operated}${word}=1`));
  });

  test('during a test is told like any other: some devices never say that they are not testing', () => {
    const [fire] = readings(take(frameOf({ data: component(0b10) })));
    expect(fire).toMatchObject({ item: '1.3.000600D9:fire', value: 1, quality: 'good' });
  });
});

test.each([
  ['01', '0700', 'count=7'],
  ['02', 'CD00', 'height=2.05'],
  ['03', 'C9FF', 'temperature=-5.5'],
  ['04', '0400', 'pressure-mpa=0.4'],
  ['05', '0F00', 'pressure-kpa=1.5'],
  ['0C', '0800', 'wind-speed=8'],
  ['80', '0180', 'analogue-128=-32767'],
])('an analogue value of kind %s that is %s is %s', (quantity, raw, said) => {
  const decoded = take(frameOf({ data: `03 01 0B 01 5C 01000000 ${quantity} ${raw} 1E14081B0B1A` }));
  expect(values(decoded)).toEqual([`11.1.00000001:${said}`]);
});

describe('a time', () => {
  const fire = (time: string, sent?: string) =>
    take(frameOf({ data: component(2, { time }), ...(sent === undefined ? {} : { sent }) }));

  test('is that of the object, in the device’s zone', () => {
    expect(readings(fire('000014190B1A'))[0]).toMatchObject({ t: Date.parse('2026-11-25T20:00:00+08:00') });
    expect(readings(fire('00000002021A'))[0]).toMatchObject({ t: Date.parse('2026-02-02T00:00:00+08:00') });
  });

  test('that an object does not have is that of the frame, and without that the hall’s', () => {
    expect([fire('000000000000').records[0]?.t, fire('000000000000', '000000000000').records[0]?.t]).toEqual([SENT, T]);
    expect(fire('000000000000', '3D4619200D63').records[0]?.t).toBe(T);
    expect(fire('000000000000').refused).toBe(0);
    const gateway = take(frameOf({ data: '15 01 02', sent: '000000000000' }));
    expect([values(gateway), gateway.records[0]?.t, gateway.sentAt, gateway.refused]).toEqual([
      ...[['device:fire=1'], T, null, 0],
    ]);
  });

  test('ahead of the hall’s clock does not cost the fire: it is of now, doubtful, and told; a minute ahead is as it is said', () => {
    const ahead = fire('202108 1B0B1A');
    expect([paths(ahead), ahead.messages, ahead.replies[0]?.[26]]).toEqual([['time'], 1, 3]);
    expect(readings(ahead)).toMatchObject([{ item: '1.3.000600D9:fire', value: 1, t: T, quality: 'doubtful' }]);
    const nearly = fire('1F1508 1B0B1A');
    expect([paths(nearly), readings(nearly)[0]?.t, readings(nearly)[0]?.quality]).toEqual([[], T + 60_000, 'good']);
  });

  test.each(['3C1408 1B0B1A', '001408 1E021A', '001408 1B0D1A', '001408 1B0B64'])(
    'that is none (%s) does not cost the fire: it is doubtful, at the time of the frame, and told',
    (time) => {
      const decoded = fire(time);
      expect([paths(decoded), decoded.messages, decoded.replies[0]?.[26]]).toEqual([['time'], 1, 3]);
      expect(readings(decoded)).toMatchObject([{ item: '1.3.000600D9:fire', value: 1, t: SENT, quality: 'doubtful' }]);
    },
  );
});

test('the newest of several frames says when they were sent', () => {
  expect(take(frameOf(), frameOf({ sent: '0014081B0B1A' })).sentAt).toBe(SENT);
});

test('the address of a component is a number without a sign', () => {
  expect(values(take(frameOf({ data: component(2, { part: 'FEFFFFFF' }) })))).toEqual(['1.3.FFFFFFFE:fire=1']);
});

test('each device of a gateway speaks for itself, its address the highest byte first', () => {
  const frames = [frameOf({ data: system(2) }), frameOf({ data: system(2), source: 'B22396604001' })];
  expect(readings(take(...frames)).map(({ device }) => device)).toEqual([DEVICE, '0140609623B2']);
});

test('of many refusals twenty are told, all are counted, and all with what to do in both languages', () => {
  const bad = frameOf({ command: 7 });
  const decoded = take(...new Array(50).fill(bad), Buffer.from('hello'));
  expect([decoded.refused, decoded.faults.length]).toEqual([51, 20]);
  expect(decoded.faults[0]?.excerpt).toBe(bad.toString('hex').toUpperCase());
  expect(take(Buffer.from('hello')).faults[0]?.excerpt).toBe('hello');
  expect(take(Buffer.alloc(900)).faults[0]?.excerpt).toBe('0'.repeat(500));
  for (const { message, remedy } of decoded.faults) {
    expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
    expect(message.zh + remedy.zh).not.toContain('。');
  }
});
