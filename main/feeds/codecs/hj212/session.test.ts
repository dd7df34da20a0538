import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { DESCRIBED } from '../codec.ts';
import { crc16, crcText } from './crc.ts';
import { frameOf } from './reply.ts';
import { createHj212Session } from './session.ts';

interface Vector {
  id: string;
  hex: string;
  crc: string | null;
  good: boolean;
  values: [item: string, value: number][];
  reply: string | null;
}
const fixture = (name: string) =>
  readFileSync(new URL(`../../../../tests/fixtures/hj212/${name}`, import.meta.url), 'utf8');
const vectors: Vector[] = fixture('frames.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const exchanges: { name: string; steps: { from: string; text: string }[] }[] = JSON.parse(fixture('sessions.json'));

/** 2026-11-27 08:30:00.250 in Beijing. */
const NOW = Date.UTC(2026, 10, 27, 0, 30, 0, 250);
const open = (passwordOf: (mn: string) => string | undefined = () => undefined) =>
  createHj212Session({ offsetMinutes: 480, passwordOf });
const said = (replies: readonly Uint8Array[]) => replies.map((r) => Buffer.from(r).toString());
/** What comes of one message, whole and right. */
const take = (segment: string, session = open()) => {
  const decoded = session.take(frameOf(segment), NOW);
  return { ...decoded, replies: said(decoded.replies) };
};
const DATA = 'DataTime=20261127083000;w01018-Rtd=53.0,w01018-Flag=N';
const HEAD = 'QN=20261127083001500;ST=32;CN=2011;PW=123456;MN=A1;Flag=5';

describe('the frames of the fixtures', () => {
  test.each(vectors)('$id gives what is known of it', ({ hex, crc, good, values, reply }) => {
    const bytes = Buffer.from(hex, 'hex');
    const decoded = open().take(bytes, NOW);
    expect([decoded.messages, decoded.refused]).toEqual(good ? [1, 0] : [0, 1]);
    expect(decoded.records.map((r) => r.kind === 'reading' && [r.item, r.value])).toEqual(values);
    expect(said(decoded.replies).join('')).toBe(good ? (reply ?? '') : '');
    if (crc !== null) expect(crcText(crc16(bytes.subarray(6, -6)))).toBe(crc);
  });

  test.each(exchanges)('in "$name" the centre says what it should', ({ steps }) => {
    const session = open();
    // The requests of the centre are another's work: here it only answers.
    const wanted = steps
      .filter((s, i) => s.from === 'centre' && steps[i - 1]?.from === 'device')
      .map((s) => `${s.text}\r\n`);
    const replies = steps
      .filter((s) => s.from === 'device')
      .flatMap((s) => said(session.take(Buffer.from(`${s.text}\r\n`), NOW).replies));
    expect(replies).toEqual(wanted);
  });

  test('own-2025-sm4 is refused because it is encrypted, and the frame after it is found', () => {
    const cipher = Buffer.from(vectors.find((v) => v.id === 'own-2025-sm4')?.hex ?? '', 'hex');
    const decoded = open().take(Buffer.concat([cipher, frameOf(`${HEAD};CP=&&${DATA}&&`)]), NOW);
    expect([decoded.messages, decoded.faults.map((f) => f.message.en)]).toEqual([
      1,
      ['CP is encrypted (HJ 212-2025, SM4), the hall reads plain text'],
    ]);
  });

  test('of ciphertext nothing is read, though it holds what looks like a frame', () => {
    const inside = frameOf('QN=1;CN=2011;MN=X9;Flag=5;CP=&&&&');
    const area = Buffer.concat([Buffer.alloc(120, 0xe4), inside, Buffer.alloc(20, 0x01)]);
    const segment = Buffer.concat([Buffer.from(`${HEAD};CP=&&`), area, Buffer.from('&&')]);
    const frame = Buffer.concat([
      Buffer.from(`##${String(segment.length).padStart(4, '0')}`),
      segment,
      Buffer.from('0000\r\n'),
    ]);
    expect(open().take(frame, NOW)).toMatchObject({ messages: 0, refused: 1, faults: [{ path: 'CP' }], replies: [] });
  });
});

describe('an answer', () => {
  test.each([
    ['5', '9014', '4'],
    ['9', '9014', '8'],
    ['1', '9014', '0'],
    ['7', '9014', '4'],
    ['257', '9014', '0'],
  ])('to Flag=%s is %s with Flag=%s, the same QN and MN', (flag, cn, version) => {
    const { replies } = take(`${HEAD.replace('Flag=5', `Flag=${flag}`)};CP=&&${DATA}&&`);
    const segment = `QN=20261127083001500;ST=91;CN=${cn};PW=123456;MN=A1;Flag=${version};CP=&&&&`;
    expect(replies).toEqual([Buffer.from(frameOf(segment)).toString()]);
  });

  test.each(['Flag=4', 'Flag=8', 'Flag=0', 'Flag=256', 'Flag=x', 'X=1'])('is not wanted by %s', (flag) => {
    expect(take(`${HEAD.replace('Flag=5', flag)};CP=&&${DATA}&&`)).toMatchObject({
      messages: 1,
      replies: [],
      refused: 0,
    });
  });

  test.each([
    ...['2011', '2021', '2031', '2041', '2051', '2061', '2081', '3019', '3020'].map((cn) => [cn, '9014']),
    ...['9015', '9021'].map((cn) => [cn, '9013']),
    ...['9011', '9012', '9013', '9014', '1011', '1062'].map((cn) => [cn, 'none']),
  ])('to command %s is %s', (cn, answer) => {
    const { replies } = take(`${HEAD.replace('2011', cn ?? '')};CP=&&&&`);
    expect(replies.map((r) => /CN=(\d+)/.exec(r)?.[1])).toEqual(answer === 'none' ? [] : [answer]);
  });

  test.each([
    ['', 'SystemTime=20261127083000'],
    ['PolId=w01018', 'PolId=w01018;SystemTime=20261127083000'],
    ['PolId=&&1', 'SystemTime=20261127083000'],
  ])('to a device that asks for the clock, of %j, has the clock behind it', (asked, cp) => {
    const { replies } = take(`${HEAD.replace('2011', '1013')};CP=&&${asked}&&`);
    expect(replies.map((r) => r.slice(6, -6))).toEqual([
      'QN=20261127083001500;ST=91;CN=9013;PW=123456;MN=A1;Flag=4;CP=&&&&',
      `QN=20261127083000250;ST=32;CN=1012;PW=123456;MN=A1;Flag=5;CP=&&${cp}&&`,
    ]);
  });

  test('goes to each part of a split message, which brings its own records', () => {
    const part = (no: number, qn: string, item: string) =>
      frameOf(`QN=${qn};ST=32;CN=2051;PW=1;MN=A1;Flag=7;PNUM=2;PNO=${no};CP=&&DataTime=20261127083000;${item}-Avg=1&&`);
    const stream = Buffer.concat([part(1, '20261127083001000', 'w01018'), part(2, '20261127083001001', 'w21003')]);
    const decoded = open().take(stream, NOW);
    expect(decoded.records.map((r) => r.kind === 'reading' && r.item)).toEqual([
      'w01018-Avg@minute',
      'w21003-Avg@minute',
    ]);
    expect(said(decoded.replies).map((r) => r.slice(6, 26))).toEqual(['QN=20261127083001000', 'QN=20261127083001001']);
    expect(said(decoded.replies).map((r) => /Flag=\d+/.exec(r)?.[0])).toEqual(['Flag=4', 'Flag=4']);
  });

  test('goes to a message whose values are wrong: to repeat it would mend nothing', () => {
    const { messages, refused, records, replies } = take(`${HEAD};CP=&&DataTime=never;w01018-Rtd=1&&`);
    expect([messages, refused, records.length, replies.length]).toEqual([1, 1, 0, 1]);
  });

  test('counts bytes, where a device is called in Chinese', () => {
    const { replies } = take(`${HEAD.replace('A1', '东河站')};CP=&&${DATA}&&`);
    expect(open().take(Buffer.from(replies.join('')), NOW)).toMatchObject({ messages: 1, refused: 0 });
  });

  test('does without QN and PW where there are none', () => {
    expect(take(`CN=2011;MN=A1;Flag=1;CP=&&${DATA}&&`).replies[0]).toContain(
      '##0034ST=91;CN=9014;MN=A1;Flag=0;CP=&&&&',
    );
  });
});

describe('a message is refused as a whole, without an answer', () => {
  const secret = open((mn) => (mn === 'A1' ? 'secret' : undefined));

  test.each<[string, string, string, string]>([
    ['another password', `${HEAD};CP=&&${DATA}&&`, 'PW', 'the password of device "A1" is wrong'],
    ['no password', `${HEAD.replace('PW=123456;', '')};CP=&&${DATA}&&`, 'PW', 'device "A1" shows no password'],
    [
      'no MN',
      `${HEAD.replace('MN=A1;', '')};CP=&&${DATA}&&`,
      'MN',
      '`MN` is missing: nobody knows whose message it is',
    ],
    [
      'an unreadable MN',
      `${HEAD.replace('A1', 'A\u0001')};CP=&&${DATA}&&`,
      'MN',
      'MN "A\\u0001" is no device\'s number',
    ],
    ['a short CN', `${HEAD.replace('2011', '999')};CP=&&${DATA}&&`, 'CN', 'CN "999" is not of four digits'],
    ['no CN', `${HEAD.replace('CN=2011;', '')};CP=&&${DATA}&&`, 'CN', '`CN` is missing'],
    ['too many items', `${HEAD};CP=&&${'a-b=1;'.repeat(1001)}&&`, 'CP', 'CP has 1001 items, the limit is 1000'],
  ])('with %s', (_what, segment, path, en) => {
    const decoded = take(segment, secret);
    expect(decoded).toMatchObject({ messages: 0, sentAt: null, records: [], replies: [], refused: 1 });
    expect(decoded.faults.map((f) => [f.path, f.message.en])).toEqual([[path, en]]);
    expect(JSON.stringify(decoded.faults)).not.toMatch(/123456[^"]|secret/);
  });

  test('unless it shows the password, or its device needs none', () => {
    expect(take(`${HEAD.replace('123456', 'secret')};CP=&&${DATA}&&`, secret).messages).toBe(1);
    expect(take(`${HEAD.replace('A1', 'B2')};CP=&&${DATA}&&`, secret).messages).toBe(1);
  });
});

describe('the time of sending', () => {
  const qn = (stamp: string, cn = '2011') =>
    `${HEAD.replace('20261127083001500', stamp).replace('2011;', `${cn};`)};CP=&&&&`;
  const sent = (...segments: string[]) => open().take(Buffer.concat(segments.map(frameOf)), NOW).sentAt;

  test('is that of the newest message that says it', () => {
    expect(sent(qn('20261127083001500'), qn('20261127082959000'))).toBe(NOW + 1250);
  });

  test.each([
    ['no QN', HEAD.slice(21)],
    ['a QN that is no time', qn('320160801085857223')],
    ['a QN that is that of our question', qn('20261127083001500', '9011')],
  ])('is not known from %s', (_what, segment) => {
    expect(sent(segment)).toBeNull();
  });
});

describe('refusals', () => {
  test('are described twenty times at most, and all counted', () => {
    const values = Array.from({ length: 30 }, (_, i) => `a${i}-Rtd=x`).join(';');
    const { faults, refused, messages } = take(`${HEAD};CP=&&DataTime=20261127083000;${values}&&`);
    expect([faults.length, refused, messages]).toEqual([DESCRIBED, 30, 1]);
    for (const fault of faults) expect([halfSaid(fault.message), halfSaid(fault.remedy)]).toEqual([null, null]);
  });
});
