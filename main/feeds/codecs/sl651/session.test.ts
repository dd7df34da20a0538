import { describe, expect, test } from 'vitest';
import { asciiFrameOf, frameOf, groups, STATION, withBit } from '../../../../tests/fixtures/sl651/build.ts';
import { frameOfExample } from '../../../../tests/fixtures/sl651/examples.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import type { CodecRecord, Decoded } from '../codec.ts';
import { createSl651Session } from './session.ts';

const T = Date.parse('2026-11-27T08:20:30+08:00');
const anyPassword = { offsetMinutes: 480, passwordOf: () => undefined };
const session = () => createSl651Session(anyPassword);
const take = (...frames: Uint8Array[]) => session().take(Buffer.concat(frames), T);
const told = (records: readonly CodecRecord[]) =>
  records.map((r) => (r.kind === 'reading' ? [r.device, r.item, r.t, r.value] : []));
const hex = (replies: readonly Uint8Array[]) =>
  replies.map((reply) => Buffer.from(reply).toString('hex').toUpperCase());
const local = (time: string) => Date.parse(`${time}+08:00`);
const paths = ({ faults }: Decoded) => faults.map((fault) => fault.path);
const values = (decoded: Decoded) => decoded.records.map((r) => (r.kind === 'reading' ? `${r.item}=${r.value}` : ''));

describe('a report is answered', () => {
  test('with its function and serial, the own time, and ESC so that the station stays', () => {
    const decoded = take(frameOf({ fn: '33', serial: 'BEEF', text: groups('38121244') }));
    expect(hex(decoded.replies)[0]).toMatch(/^7E7E0099000017091A2B33800802BEEF2611270820301B[0-9A-F]{4}$/);
  });

  test('as in an example that was worked out by hand', () => {
    const frame = frameOf({ fn: '32', station: '0011223344', centre: '05', password: '03E8', serial: '0034' });
    const { replies } = session().take(frame, local('2017-07-18T11:00:16'));
    expect(hex(replies)).toEqual(['7E7E00112233440503E83280080200341707181100161BE5D4']);
  });

  test('in ASCII where it came in ASCII', () => {
    const example = frameOfExample('ascii');
    const [reply] = take(Buffer.from(example, 'hex')).replies;
    const text = Buffer.from(reply ?? []).toString('latin1');
    expect(text.slice(0, -4)).toBe('\x010099000017091A2B328010\x02010F261127082030\x1b');
    expect(text.slice(-4)).toMatch(/^[0-9A-F]{4}$/);
  });

  test('at its own address where it puts itself before the centre, and names itself', () => {
    const frame = frameOf({ fn: '50', centre: '00', station: '9900001709', text: 'F1F10099000017' });
    expect(hex(take(frame).replies)[0]).toMatch(/^7E7E0099000017091A2B508008/);
  });

  test('with ACK where more is to follow', () => {
    expect(hex(take(frameOf({ end: '17' })).replies)[0]).toMatch(/06[0-9A-F]{4}$/);
  });

  test('again, with its records, where it comes again because the answer was lost', () => {
    const frame = frameOf({ text: groups('38121244') });
    const one = session();
    const first = one.take(frame, T);
    expect(one.take(frame, T)).toEqual(first);
    expect(first.records).toHaveLength(1);
  });

  test('even where an element of it is refused: sent again it would be the same', () => {
    const decoded = take(frameOf({ text: groups('2019000C00 38121244') }));
    expect([paths(decoded), values(decoded), decoded.replies.length]).toEqual([['20'], ['38=12.44'], 1]);
  });
});

describe('nobody answers', () => {
  test.each([
    ['what keeps the link', frameOf({ fn: '2F' }), 1, []],
    ['a report whose check value is wrong', withBit(frameOf()), 0, ['crc']],
    ['a report that ends with ENQ', frameOf({ end: '05' }), 0, ['end']],
    ['a report that was sent on the 30th of February', frameOf({ sent: '260230080000' }), 0, ['sent']],
    ['a text without a time', frameOf({ whole: true, text: '0001' }), 0, ['sent']],
    ["a vendor's function", frameOf({ fn: 'E1' }), 0, ['function']],
    ['a reserved function', frameOf({ fn: '3B' }), 0, ['function']],
    ['a centre', Buffer.from('7E7E00112233440503E83280080200341707181100161BE5D4', 'hex'), 0, ['length']],
    [
      'a centre that speaks of packets',
      frameOf({ fn: '31', whole: true, packet: [2, 2], text: '0034170718110016', end: '1B', length: 0x800b }),
      0,
      ['length'],
    ],
  ])('%s', (_what, frame, messages, faults) => {
    const decoded = take(frame);
    expect([decoded.messages, paths(decoded), decoded.replies, decoded.records]).toEqual([messages, faults, [], []]);
  });

  test('a station with another password than its own, which is told nowhere', () => {
    const wanted = createSl651Session({ offsetMinutes: 480, passwordOf: (s) => (s === STATION ? 'abcd' : undefined) });
    const refused = wanted.take(frameOf({ text: groups('38121244') }), T);
    expect([paths(refused), refused.replies, refused.records]).toEqual([['password'], [], []]);
    expect(refused.faults[0]?.excerpt).toContain('0099000017****32');
    expect(wanted.take(frameOf({ password: 'ABCD', text: groups('38121244') }), T).records).toHaveLength(1);
  });
});

test('a station cannot speak for another one that has a password', () => {
  const wanted = createSl651Session({
    offsetMinutes: 480,
    passwordOf: (s) => (s === '0099000018' ? 'ABCD' : undefined),
  });
  const text = groups('38121244 F1F1009900001850 38121100 2019000010');
  const decoded = wanted.take(frameOf({ text }), T);
  expect([paths(decoded), values(decoded), decoded.replies.length]).toEqual([['password'], ['38=12.44'], 1]);
  expect(wanted.take(frameOf({ text, password: 'ABCD' }), T).records).toHaveLength(3);
});

describe('values', () => {
  test.each([
    ['2019 000035', ['20=3.5']],
    ['3923 FF001250', ['39=-1.25']],
    ['0211 FF05', ['02=-0.5']],
    ['2019 FFFFFF 39 23 AAAAAAAA', []],
    ['FF11 23 00000008', ['FF11=0.008']],
    ['7708 42', ['77=42']],
    ['4520 80000001', ['45=2147483649']],
    ['FDF6 0102030405', []],
  ])('%s', (items, expected) => {
    const decoded = take(frameOf({ text: groups(items) }));
    expect([values(decoded), decoded.refused]).toEqual([expected, 0]);
  });

  test.each([
    ['2019 00003A 381212 44', ['20'], ['38=12.44']],
    ['38121244 3923 0001', ['39'], ['38=12.44']],
    ['38121244 FF', ['FF'], ['38=12.44']],
    ['38121244 F0F02611', ['F0F0'], ['38=12.44']],
    ['38121244 F1F100', ['F1F1'], ['38=12.44']],
    ['38121244 F0F02613270800 2019000035', ['F0F0'], ['38=12.44']],
    ['F458 0102030405060708090A0B 38121244', ['F4'], ['38=12.44']],
    ['0418 000061 3923 00000001', ['0418'], []],
    ['0418 000005 3923 00000001 00', ['39'], []],
    ['0418 000000 3923 00000001', ['39'], []],
    ['0418 000005', [], []],
  ])('%s is refused where it is wrong, and the rest is kept', (items, faults, kept) => {
    const decoded = take(frameOf({ text: groups(items, '2611270705') }));
    expect([paths(decoded), values(decoded)]).toEqual([faults, kept]);
  });

  test('of a series that would be later than the report are refused: the time is not that of the first', () => {
    const decoded = take(frameOf({ fn: '34', text: groups(`F460${'00'.repeat(6)}${'FF'.repeat(6)}38121244`) }));
    expect([paths(decoded), values(decoded)]).toEqual([['F4'], ['38=12.44']]);
  });

  test('without a time of observation have that of sending', () => {
    const [record] = take(frameOf({ text: `F1F1${STATION}4838121244` })).records;
    expect(record?.t).toBe(local('2026-11-27T08:00:10'));
  });

  test('of a second station have their own time, or that of sending', () => {
    const { records } = take(frameOf({ text: groups('38121244 F1F100990000185038121100', '2611270705') }));
    expect(told(records)).toEqual([
      [STATION, '38', local('2026-11-27T07:05'), 12.44],
      ['0099000018', '38', local('2026-11-27T08:00:10'), 11],
    ]);
  });

  test('of a report that names no station are those of its head', () => {
    const decoded = take(frameOf({ text: 'F0F0261127080038121244' }));
    expect(told(decoded.records)).toEqual([[STATION, '38', local('2026-11-27T08:00'), 12.44]]);
  });

  test.each([
    ['591011', '2059-10-11'],
    ['770101', '1977-01-01'],
    ['000229', '2000-02-29'],
  ])('of the date %s belong to %s in 2026', (digits, date) => {
    const decoded = take(frameOf({ text: groups('38121244', `${digits}0800`) }));
    expect(decoded.records[0]?.t).toBe(local(`${date}T08:00`));
  });
});

describe('in an ASCII text', () => {
  const ascii = (text: string) => take(asciiFrameOf(text));

  test.each([
    ['PJ 1.5 XYZ 3 Z 2.5 ', ['XYZ'], ['20=1.5', '39=2.5']],
    ['PJ 1,5 Z 2.5 ', ['20'], ['39=2.5']],
    ['TT 2613010800 PJ 1 TT 2611270800 Z 2.5 ', ['TT'], ['39=2.5']],
    ['Z 2.5 PJ ', ['PJ'], ['39=2.5']],
    ['ST 12 H Z 2.5 ', ['ST'], []],
    ['ZT 00000401 FF11 3 ', [], ['45=1025', 'FF11=3']],
    ['TT 2611270700 DRN05 Z PJ 1 2 3 ', ['DR'], []],
    ['TT 2611270700 DRN61 Z 1 2 3 ', ['DR'], []],
    ['TT 2611270705 DRH00 DRP 01FFFFFFFFFFFFFFFFFFFF02 ', [], ['F4=0.1', 'F4=0.2']],
    ['TT 2611270705 DRP 01 Z 2.5 ', ['F4'], ['39=2.5']],
    ['RGZS PJ 1 ', [], []],
  ])('%j is read', (text, faults, kept) => {
    const decoded = ascii(text);
    expect([paths(decoded), values(decoded)]).toEqual([faults, kept]);
  });

  test('the password is not told, whatever is refused', () => {
    expect(ascii('PJ 1,5 ').faults[0]?.excerpt).toContain(`·09${STATION}****32`);
  });
});

test('of many refusals twenty are told, all are counted, and all with what to do in both languages', () => {
  const decoded = take(...new Array(50).fill(frameOf({ end: '05' })), frameOf({ fn: 'FF' }), Buffer.from('hello'));
  expect(decoded.refused).toBe(52);
  expect(decoded.faults).toHaveLength(20);
  const all = [
    ...decoded.faults,
    ...take(frameOf({ fn: 'FF' }), Buffer.from('hello'), frameOf({ sent: '000000000000' })).faults,
  ];
  for (const { message, remedy } of all) {
    expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
    expect(message.zh + remedy.zh).not.toContain('。');
  }
});

test('of settings, which may be passwords, only the head is told', () => {
  const frame = frameOf({ fn: '49', text: '03105678', end: '05' });
  expect(take(frame).faults[0]?.excerpt).toBe('7E7E090099000017****49000C02');
});
