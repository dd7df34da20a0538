import { describe, expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import {
  cotEmergency,
  cotPing,
  cotXml,
  takControl,
  takMesh,
  takMessage,
  takStream,
} from '../../../../tests/support/cotEvents.ts';
import type { Decoded } from '../codec.ts';
import { createCotSession } from './session.ts';

const NOW = Date.parse('2026-11-28T06:00:00Z');
const T = NOW - 2000;
const heard: [string, string][] = [];
const open = (datagrams = false) =>
  createCotSession({
    datagrams,
    isWanted(uid, callsign) {
      heard.push([uid, callsign]);
      return uid.startsWith('OPS');
    },
  });
const take = (came: string | Uint8Array, datagrams = false) => open(datagrams).take(Buffer.from(came), NOW);
const why = ({ faults }: Decoded) => faults.map(({ path, message }) => [path, message.en]);
const said = { uid: 'OPS-01', time: T, callsign: '巡逻01', track: { speed: 1.5, course: 271 }, battery: 50 };
const RECORDS = [
  { kind: 'position', device: 'OPS-01', t: T, lon: 121.5, lat: 31.25, heading: 271, speed: 1.5 },
  { kind: 'reading', device: 'OPS-01', item: 'battery', t: T, value: 50, quality: 'good' },
];

describe('where a client is', () => {
  test('is the same in XML, in TAK messages of a stream and of the mesh, and mixed', () => {
    const all = [
      take(cotXml(said)),
      take(`<?xml version="1.0" encoding="UTF-8"?>\n${cotXml(said)}\n`),
      take(takStream(takMessage(said))),
      take(takMesh(takMessage(said)), true),
      take(takStream(takMessage(said)), true),
      take(takMesh(Buffer.from(cotXml(said)), 0), true),
      take(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(cotXml(said))])),
    ];
    for (const decoded of all)
      expect(decoded).toEqual({ messages: 1, sentAt: T, records: RECORDS, replies: [], faults: [], refused: 0 });
    const mixed = take(
      Buffer.concat([Buffer.from(cotXml(said)), takStream(takMessage(said)), Buffer.from(cotXml(said))]),
    );
    expect([mixed.messages, mixed.records]).toEqual([3, [...RECORDS, ...RECORDS, ...RECORDS]]);
  });

  test('speed and course that are not said are 0, and a receiver without a fix is nowhere', () => {
    expect(take(cotXml({ uid: 'OPS-01', time: T })).records).toMatchObject([{ heading: 0, speed: 0 }]);
    expect(take(cotXml({ ...said, track: { speed: -1, course: 720 } })).records[0]).toMatchObject({
      heading: 0,
      speed: 0,
    });
    const nowhere = { ...said, lat: 0, lon: 0, ce: 9_999_999 };
    expect(take(cotXml(nowhere)).records).toEqual([RECORDS[1]]);
    expect(take(takStream(takMessage(nowhere))).records).toEqual([RECORDS[1]]);
    expect(take(cotXml({ ...said, lat: 0, lon: 0, ce: 5 })).records[0]).toMatchObject({ lon: 0, lat: 0 });
  });

  test('is not taken where it was stale on arrival: a server tells a newcomer of what it remembers', () => {
    const old = take(cotXml({ ...said, time: NOW - 600_000, stale: NOW - 61_000 }));
    expect([old.records, old.refused, why(old)]).toEqual([[], 1, [['event.stale', 'was stale for 61 s when it came']]]);
    // A clock that is a little off is no reason.
    expect(take(cotXml({ ...said, stale: NOW - 59_000 })).records).toEqual(RECORDS);
  });

  test('of those that no file names nothing is taken, and nothing refused; what is no device is nobody', () => {
    heard.length = 0;
    const marks = cotXml({ ...said, uid: 'mark', type: 'u-d-f' });
    const others = take(
      Buffer.concat([Buffer.from(cotXml({ ...said, uid: 'X-1', lat: 500 }) + marks), takStream(takControl(1, 1))]),
    );
    expect([others.records, others.refused, heard]).toEqual([[], 0, [['X-1', '巡逻01']]]);
  });
});

test('a call for help is 1 at whoever calls, and 0 once it is over, stale or not', () => {
  const late = cotEmergency('OPS-01', NOW - 3_600_000);
  const { records } = take(late + cotEmergency('OPS-01', T, true));
  expect(records).toEqual([
    {
      kind: 'reading',
      device: 'OPS-01',
      item: 'emergency',
      t: NOW - 3_600_000,
      value: 1,
      quality: 'good',
      urgent: true,
    },
    { kind: 'reading', device: 'OPS-01', item: 'emergency', t: T, value: 0, quality: 'good' },
  ]);
  const inTak = take(
    takStream(
      takMessage({
        ...said,
        uid: 'OPS-02-9-1-1',
        type: 'b-a-o-tbl',
        more: '<emergency type="911 Alert">x</emergency>',
      }),
    ),
  );
  expect(inTak.records).toMatchObject([{ device: 'OPS-02', item: 'emergency', value: 1 }]);
});

test('a ping over TCP is answered by a pong, and nothing else by anything', () => {
  const { replies, messages } = take(cotPing(T) + cotXml(said));
  expect([
    messages,
    replies.map((bytes) =>
      /uid="takPong" type="t-x-c-t-r".*time="2026-11-28T06:00:00.000Z"/.test(Buffer.from(bytes).toString()),
    ),
  ]).toEqual([2, [true]]);
  expect(take(cotPing(T), true).replies).toEqual([]);
  // What is answered is an event itself.
  expect(take(Buffer.concat(replies)).messages).toBe(1);
});

test('a client that shows its password is passed over, and the password shown to nobody', () => {
  const auth = '<auth><cot username="u" password="geheim" uid="OPS-01"/></auth>';
  expect(take(auth + cotXml(said))).toMatchObject({ messages: 2, records: RECORDS, refused: 0 });
  const torn = take(auth.slice(0, -8), true);
  expect(torn.refused).toBe(1);
  expect(JSON.stringify(torn.faults)).not.toContain('geheim');
});

describe('what is refused, and said where', () => {
  test.each([
    ['no uid', '<event uid="" type="a" time="2026-11-28T06:00:00Z"></event>', 'event.uid', 'is missing, or too long'],
    ['no type', '<event uid="OPS-1" time="2026-11-28T06:00:00Z"></event>', 'event.type', 'is missing, or too long'],
    ['no time', '<event uid="OPS-1" type="a-f" time="yesterday"></event>', 'event.time', '“yesterday” is no time'],
    [
      'no stale time',
      '<event uid="OPS-1" type="a-f" time="2026-11-28T06:00:00Z" stale="x"></event>',
      'event.stale',
      '“x” is no time',
    ],
    [
      'no point',
      '<event uid="OPS-1" type="a-f" time="2026-11-28T06:00:00Z"></event>',
      'event.point',
      'is missing, or none on earth',
    ],
    ['a place that is none', cotXml({ ...said, lat: 91 }), 'event.point', 'is missing, or none on earth'],
    ['another root', '<events><a/></event>', '', 'begins with <events>, which is no CoT event'],
    ['XML that is none', `<event>\n<a></event>`, '', 'line 2 is no good XML'],
    ['an entity', cotXml({ ...said, more: '<x>&evil;</x>' }), '', 'line 1 is no good XML'],
    ['a document type', `<!DOCTYPE event [<!ENTITY a "aa">]>${cotXml(said)}`, '', 'has a document type (DOCTYPE)'],
    ['too deep', cotXml({ ...said, more: `${'<a>'.repeat(20)}${'</a>'.repeat(20)}` }), '', 'has more than 16 levels'],
    ['too many elements', cotXml({ ...said, more: '<a/>'.repeat(2000) }), '', 'has more than 2000 elements'],
    ['too long', cotXml({ ...said, more: `<a b="${'x'.repeat(140_000)}"/>` }), '', 'is longer than 131072 bytes'],
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n', '', 'is neither a CoT event nor a TAK message'],
    ['HTML', '<html><p>…</p></html>', '', 'is neither a CoT event nor a TAK message'],
    [
      'a newer version',
      takStream(takControl(2, 3)),
      'version',
      'is version 2 of the TAK protocol; the hall reads version 1',
    ],
    ['damaged', takStream(Buffer.from([0x12, 0x05, 0x0a, 0x7f])), '', 'is a damaged TAK message'],
    ['no time in TAK', takStream(takMessage({ ...said, time: 0 })), 'event.time', '“0” is no time'],
    ['details that are none', takStream(takMessage({ ...said, more: '<remarks>' })), '', 'line 1 is no good XML'],
  ])('%s', (_, came, path, message) => {
    const decoded = take(came);
    expect([decoded.records, decoded.refused, why(decoded)]).toEqual([[], 1, [[path, message]]]);
    expect(decoded.faults.map((fault) => [halfSaid(fault.message), halfSaid(fault.remedy)])).toEqual([[null, null]]);
    // Whatever it was, what follows on the line is read.
    expect(take(Buffer.concat([Buffer.from(came), Buffer.from(`${cotXml(said)}`)])).records).toEqual(RECORDS);
  });

  test('a datagram that is cut off, and one of another version of the mesh', () => {
    expect(why(take(cotXml(said).slice(0, -3), true))).toEqual([['', 'the datagram is cut off']]);
    expect(why(take(takMesh(takMessage(said)).subarray(0, -3), true))).toEqual([['', 'is a damaged TAK message']]);
    expect(why(take(takMesh(takMessage(said), 2), true))).toEqual([
      ['version', 'is version 2 of the TAK protocol; the hall reads version 1'],
    ]);
    // Of a datagram nothing is kept for the next.
    const session = open(true);
    session.take(Buffer.from(cotXml(said).slice(0, -3)), NOW);
    expect([session.kept(), session.take(Buffer.from(cotXml(said)), NOW).records]).toEqual([0, RECORDS]);
  });

  test('noise is told of once, however long it lasts', () => {
    const session = open();
    const all = Array.from({ length: 50 }, () => session.take(Buffer.from('noise < more \u00bf noise'), NOW));
    expect(all.reduce((n, { refused }) => n + refused, 0)).toBe(1);
    expect(session.take(Buffer.from(cotXml(said)), NOW).records).toEqual(RECORDS);
    expect(session.take(Buffer.from('noise'), NOW).refused).toBe(1);
  });
});
