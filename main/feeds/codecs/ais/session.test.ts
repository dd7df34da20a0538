import { describe, expect, test } from 'vitest';
import { lineOf, payloadOf, positionA, positionB, sentenceOf, voyage } from '../../../../tests/support/aisLines.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { PARTS_LIMITS } from './parts.ts';
import { createAisSession } from './session.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const open = () => createAisSession({ isWanted: (mmsi) => mmsi !== '413000002' });
const take = (...lines: string[]) => open().take(Buffer.from(lines.map((line) => `${line}\r\n`).join('')), NOW);
const paths = (decoded: ReturnType<typeof take>) => decoded.faults.map(({ path }) => path);
const ship = { mmsi: 413000001, lon: 121.5, lat: 29.2, sog: 10, cog: 90, heading: 91 };
const KNOT = 1852 / 3600;

describe('a position', () => {
  test('is what a report that others decoded says', () => {
    const { records, messages } = take('!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C');
    expect(messages).toBe(1);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ kind: 'position', device: '477553000', t: NOW, heading: 181, speed: 0 });
    expect(records[0]?.kind === 'position' && [records[0].lat, records[0].lon].map((x) => x.toFixed(6))).toEqual([
      '47.582833',
      '-122.345833',
    ]);
  });

  test.each([
    ['1', positionA(1, ship)],
    ['2', positionA(2, ship)],
    ['3', positionA(3, ship)],
    ['18', positionB(18, ship)],
    ['19', positionB(19, ship)],
  ])('is read of message %s', (_type, bits) => {
    expect(take(lineOf(payloadOf(bits))).records).toEqual([
      { kind: 'position', device: '413000001', t: NOW, lon: 121.5, lat: 29.2, heading: 91, speed: 10 * KNOT },
    ]);
  });

  test('in the south and west is negative; without a true heading the course is it, without either north', () => {
    const of = (more: Partial<typeof ship>) => take(lineOf(payloadOf(positionA(1, { ...ship, ...more })))).records[0];
    expect(of({ lon: -70.25, lat: -33.5 })).toMatchObject({ lon: -70.25, lat: -33.5 });
    expect(of({ heading: 511 })).toMatchObject({ heading: 90 });
    expect(of({ heading: 511, cog: 360 })).toMatchObject({ heading: 0 });
    expect(of({ sog: 102.3 })).toMatchObject({ speed: 0 });
  });

  test('is none where the ship has no fix, and no fault either', () => {
    const decoded = take(lineOf(payloadOf(positionA(1, { ...ship, lon: 181, lat: 91 }))));
    expect(decoded).toMatchObject({ messages: 1, records: [], refused: 0 });
  });

  test('is of when the receiver heard it, where it says so and is not far off', () => {
    const line = lineOf(payloadOf(positionA(1, ship)));
    const tagged = (seconds: string) => take(`\\s:rx1,c:${seconds}*00\\${line}`).records[0]?.t;
    expect(tagged('1795845590')).toBe(Date.parse('2026-11-28T05:59:50Z'));
    expect(tagged('1795845590250')).toBe(Date.parse('2026-11-28T05:59:50.250Z'));
    expect(tagged('1000000000')).toBe(NOW);
  });

  test('of a ship that the hall does not know is a message, and nothing more', () => {
    const decoded = take(lineOf(payloadOf(positionA(1, { ...ship, mmsi: 413000002 }))));
    expect(decoded).toMatchObject({ messages: 1, records: [], refused: 0 });
  });
});

describe('a message in several sentences', () => {
  const payload = payloadOf(voyage({ mmsi: 413000001, draught: 7.5 }));
  const [one, two] = [lineOf(payload.slice(0, 56), [2, 1, '3']), lineOf(payload.slice(56), [2, 2, '3'], 2)];
  const draught = { kind: 'reading', device: '413000001', item: 'draught', t: NOW, value: 7.5, quality: 'good' };

  test('is whole when all came, in whatever order, with others between', () => {
    const other = lineOf(payload.slice(0, 56), [2, 1, '4']);
    expect(take(one, two).records).toEqual([draught]);
    expect(take(two, other, one).records).toEqual([draught]);
  });

  test('is not mixed with one of another channel, number of sentences or payload', () => {
    expect(take(one, sentenceOf(`AIVDM,2,2,3,B,${payload.slice(56)},2`))).toMatchObject({ records: [], refused: 0 });
    const again = take(one, lineOf(`${payload.slice(0, 55)}W`, [2, 1, '3']), two);
    expect([again.refused, paths(again)]).toEqual([1, ['parts']]);
  });

  test('is given up after some seconds, and of too many the oldest is', () => {
    const session = open();
    session.take(Buffer.from(`${one}\n`), NOW);
    const late = session.take(Buffer.from(`${two}\n`), NOW + PARTS_LIMITS.waitMs + 1);
    expect([late.records, paths(late)]).toEqual([[], ['parts']]);
    const many = Array.from({ length: PARTS_LIMITS.messages + 5 }, (_, i) => lineOf('55', [2, 1, `${i}`]));
    expect(take(...many).refused).toBe(5);
  });

  test('may end with a sentence that is empty', () => {
    expect(take(lineOf(payload, [2, 1, '3'], 2), lineOf('', [2, 2, '3'], 2)).records).toEqual([draught]);
  });
});

test('other sentences of a receiver are messages of no concern, and what it writes behind a checksum is passed over', () => {
  const line = lineOf(payloadOf(positionA(1, ship)));
  expect(take(sentenceOf('GPZDA,055950,28,11,2026,00,00', '$'), '', `${line},rx1,1795845590`)).toMatchObject({
    messages: 2,
    refused: 0,
    records: [{ device: '413000001' }],
  });
});

test.each([
  ['what is no sentence', 'GET / HTTP/1.1', ''],
  ['a wrong checksum', '!AIVDM,1,1,,A,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C', 'checksum'],
  ['sentence 0', lineOf('55', [2, 0, '1']), 'fields'],
  ['a sentence beyond the last', lineOf('55', [2, 3, '1']), 'fields'],
  ['six bits to be left out', lineOf('55', [1, 1, ''], 6), 'fields'],
  ['a character that no payload has', lineOf('5X'), 'payload'],
  ['a message that is cut off', lineOf(payloadOf(positionA(1, ship)).slice(0, 20)), 'short'],
  ['a ship without a number', lineOf(payloadOf(positionA(1, { ...ship, mmsi: 0 }))), 'mmsi'],
  ['a place that is none', lineOf(payloadOf(positionA(1, { ...ship, lon: 200 }))), 'place'],
  ['a line without end', 'x'.repeat(2000), ''],
])('%s is refused, and what follows is read', (_what, line, path) => {
  const decoded = take(line, lineOf(payloadOf(positionA(1, ship))));
  expect([paths(decoded), decoded.records.length]).toEqual([[path], 1]);
  for (const { message, remedy } of decoded.faults) expect([halfSaid(message), halfSaid(remedy)]).toEqual([null, null]);
});

test('a line without end is told once, however long it is, and nothing of it is kept', () => {
  const session = open();
  let refused = 0;
  for (let i = 0; i < 50; i++) refused += session.take(Buffer.alloc(500, 'x'), NOW).refused;
  expect([refused, session.kept() <= 1024]).toEqual([1, true]);
  expect(session.take(Buffer.from(`\n${lineOf(payloadOf(positionA(1, ship)))}\n`), NOW).records).toHaveLength(1);
});
