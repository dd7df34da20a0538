import { describe, expect, test } from 'vitest';
import { framed, type Made, made, positionBody, replied, unframed } from '../../../../tests/fixtures/jt808/frames.ts';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { createJt808Session, TERMINALS } from './session.ts';

const NOW = Date.UTC(2026, 10, 27, 1, 2, 3);
const hex = (text: string) => Buffer.from(text, 'utf8').toString('hex');

/** A session and what it answers: of each reply the id, and the body in hex. */
function open(tokenOf: (phone: string) => string | null = (phone) => `T${phone.slice(-2)}`) {
  const session = createJt808Session({ offsetMinutes: 480, tokenOf });
  const take = (bytes: Uint8Array) => {
    const decoded = session.take(bytes, NOW);
    for (const fault of decoded.faults)
      expect([halfSaid(fault.message), halfSaid(fault.remedy), fault.message.zh.includes('。')]).toEqual([
        null,
        null,
        false,
      ]);
    const replies = decoded.replies.map(replied);
    return { ...decoded, replies };
  };
  return { take, say: (message: Made) => take(made(message)) };
}

/** A session in which a terminal, 13812345678 if not another, is authenticated. */
function known(phone = '13812345678') {
  const session = open();
  expect(session.say({ id: 0x0102, phone, body: hex(`T${phone.slice(-2)}`) }).refused).toBe(0);
  return session;
}

describe('a terminal that registers', () => {
  test('gets its token, and authenticates with it', () => {
    const { say } = open((phone) => (phone === '13812345678' ? '令牌' : null));
    expect(say({ id: 0x0100, serial: 7 })).toMatchObject({ messages: 1, replies: [`8100 000700${hex('令牌')}`] });
    expect(say({ id: 0x0102, serial: 8, body: hex('令牌') })).toMatchObject({
      messages: 1,
      replies: ['8001 0008010200'],
    });
    expect(say({ id: 0x0002, serial: 9 })).toMatchObject({ messages: 1, replies: ['8001 0009000200'] });
  });

  test('in the form of 2019 is answered in it, and its token has a length', () => {
    const { say } = open();
    const v2019 = true;
    expect(say({ id: 0x0100, v2019 }).replies).toEqual([`8100 000100${hex('T78')}`]);
    expect(say({ id: 0x0102, v2019, body: `03${hex('T78')}${'00'.repeat(35)}` }).replies).toEqual(['8001 0001010200']);
  });

  test('that nobody knows is told so, and the hall with it', () => {
    const { say } = open(() => null);
    expect(say({ id: 0x0100 })).toMatchObject({
      ...{ messages: 0, refused: 1, replies: ['8100 000104'] },
      faults: [{ path: 'phone', message: { en: 'the hall knows no terminal 13812345678' } }],
    });
    expect(say({ id: 0x0102, body: '54' })).toMatchObject({
      replies: ['8001 0001010201'],
      faults: [{ path: 'phone' }],
    });
  });

  test.each([
    ['another', { body: hex('T79') }],
    ['one with the same end', { body: hex('X78') }],
    ['a shorter', { body: hex('T7') }],
    ['none', { body: '' }],
    ['in 2019 another', { v2019: true, body: `03${hex('T79')}` }],
    ['in 2019 one that is longer than the message', { v2019: true, body: `04${hex('T78')}` }],
    ['in 2019 not even a length', { v2019: true, body: '' }],
  ])('with the wrong token (%s) is no more authenticated', (_what, of) => {
    const { say } = known();
    const decoded = say({ id: 0x0102, ...of });
    expect(decoded).toMatchObject({ messages: 0, replies: ['8001 0001010201'], faults: [{ path: 'token' }] });
    expect(decoded.faults[0]?.excerpt.length).toBeLessThanOrEqual(34);
    expect(decoded.faults[0]?.excerpt).not.toContain(hex('T7'));
    expect(say({ id: 0x0002 }).replies).toEqual(['8001 0001000201']);
  });

  test('with a token that no message can carry is unknown', () => {
    expect(open(() => 'x'.repeat(256)).say({ id: 0x0100 }).replies).toEqual(['8100 000104']);
    expect(open(() => 'x'.repeat(255)).say({ id: 0x0100 }).replies).toEqual([`8100 000100${hex('x'.repeat(255))}`]);
  });

  test('whose token is said to go on beyond all that came has a wrong one', () => {
    const body = `c8${hex('xx')}`;
    const { say } = open(() => 'x'.repeat(200));
    expect(say({ id: 0x0102, v2019: true, body })).toMatchObject({ replies: ['8001 0001010201'], refused: 1 });
  });

  test('in parts is refused', () => {
    expect(open().say({ id: 0x0102, part: [1, 2], body: hex('T7') })).toMatchObject({
      ...{ replies: ['8001 0001010203'], faults: [{ path: 'part' }] },
    });
  });
});

describe('who has not authenticated on the connection', () => {
  test('is refused and told to, whatever it says', () => {
    const { say } = open();
    for (const id of [0x0002, 0x0200, 0x0704, 0x0801, 0x1234])
      expect(say({ id, body: positionBody() })).toMatchObject({
        ...{ messages: 0, records: [], refused: 1, faults: [{ path: 'phone' }] },
        replies: [`8001 0001${id.toString(16).padStart(4, '0')}01`],
      });
  });

  test('is refused beside one who has, until it does: then both are carried', () => {
    const { say } = known();
    const other = { phone: '13900000099' };
    expect(say({ id: 0x0200, body: positionBody(), ...other })).toMatchObject({ records: [], refused: 1 });
    say({ id: 0x0102, body: hex('T99'), ...other });
    expect(say({ id: 0x0200, body: positionBody(), ...other }).records[0]?.device).toBe('13900000099');
    expect(say({ id: 0x0200, body: positionBody() }).records[0]?.device).toBe('13812345678');
  });

  test('is one who logged out', () => {
    const { say } = known();
    expect(say({ id: 0x0003 })).toMatchObject({ messages: 1, replies: ['8001 0001000300'] });
    expect(say({ id: 0x0002 }).replies).toEqual(['8001 0001000201']);
  });

  test('stays so where a connection carries all that it may', () => {
    const session = open(() => 'T');
    const authenticate = (n: number) => session.say({ id: 0x0102, phone: String(n + 1), body: '54' });
    for (let n = 0; n < TERMINALS; n++) expect(authenticate(n).refused).toBe(0);
    expect(authenticate(TERMINALS)).toMatchObject({ replies: ['8001 0001010201'], faults: [{ path: 'phone' }] });
    expect(authenticate(0).refused).toBe(0);
  });
});

describe('a terminal that is known', () => {
  test('is the same device in both forms of its number', () => {
    const { say } = known();
    expect(say({ id: 0x0200, v2019: true, body: positionBody() }).records).toMatchObject([{ device: '13812345678' }]);
  });

  test('is told from one of the other form whose number begins with the same bytes', () => {
    const { say } = known('1');
    expect(say({ id: 0x0002, phone: '1' }).refused).toBe(0);
    expect(say({ id: 0x0002, phone: '112345678', v2019: true })).toMatchObject({
      ...{ refused: 1, faults: [{ message: { en: expect.stringContaining('112345678') } }] },
    });
  });

  test('may have a number of zeros or of letters', () => {
    for (const [phone, device] of [
      ['0', '0'],
      ['0b3a73ce2ff2', 'b3a73ce2ff2'],
    ] as const)
      expect(known(phone).say({ id: 0x0200, phone, body: positionBody() }).records).toMatchObject([{ device }]);
  });

  test('says when its newest report was sent, but for those out of a dead zone', () => {
    const { say } = known();
    const t = Date.UTC(2024, 8, 1, 6, 30, 0);
    const later = positionBody({ time: '240901143005' });
    expect(say({ id: 0x0002 }).sentAt).toBeNull();
    expect(say({ id: 0x0200, body: positionBody() }).sentAt).toBe(t);
    const batch = (kind: string) => `0002${kind}001c${later}001c${positionBody()}`;
    expect(say({ id: 0x0704, serial: 2, body: batch('00') })).toMatchObject({ sentAt: t + 5000, messages: 1 });
    expect(say({ id: 0x0704, serial: 3, body: batch('01') })).toMatchObject({ sentAt: null, messages: 1 });
  });

  test('that sends a position again has it answered again and counted once', () => {
    const { say } = known();
    const body = positionBody({ extras: '0104000024c7' });
    expect(say({ id: 0x0200, body }).records).toHaveLength(2);
    expect(say({ id: 0x0200, body })).toMatchObject({ messages: 1, records: [], replies: ['8001 0001020000'] });
    expect(say({ id: 0x0200, serial: 2, body }).records).toHaveLength(2);
    expect(say({ id: 0x0200, body: positionBody({ time: '240901143001' }) }).records).toHaveLength(1);
  });

  test('has a hundred positions remembered, and no thousand', () => {
    const { say } = known();
    for (let serial = 1; serial <= 1000; serial++) say({ id: 0x0200, serial, body: positionBody() });
    expect(say({ id: 0x0200, serial: 873, body: positionBody() }).records).toHaveLength(0);
    expect(say({ id: 0x0200, serial: 1, body: positionBody() }).records).toHaveLength(1);
  });

  test('whose report cannot be read is told, and the hall with it', () => {
    const body = positionBody({ lat: 116_498_912, lon: 30_798_272 });
    const decoded = known().say({ id: 0x0200, body });
    expect(decoded).toMatchObject({ messages: 0, records: [], refused: 1, replies: ['8001 0001020002'] });
    const frame = made({ id: 0x0200, body }).toString('hex').slice(2, -2);
    expect(decoded.faults).toMatchObject([{ path: 'lat', excerpt: frame }]);
  });

  test('that says what nobody knows is told so; it is no fault', () => {
    expect(known().say({ id: 0x0f00 })).toMatchObject({ messages: 1, refused: 0, replies: ['8001 00010f0003'] });
  });

  test('may answer, and is not answered', () => {
    expect(known().say({ id: 0x0001, body: '0000810000' })).toMatchObject({ messages: 1, refused: 0, replies: [] });
  });

  test('asks the time and hears it in UTC', () => {
    expect(known().say({ id: 0x0004 }).replies).toEqual(['8004 261127010203']);
  });

  test('that sends a picture shall not send it again', () => {
    expect(known().say({ id: 0x0801, body: `0000007e${'00'.repeat(40)}` }).replies).toEqual(['8800 0000007e']);
    expect(known().say({ id: 0x0801, body: '0000' })).toMatchObject({ refused: 1, replies: ['8001 0001080102'] });
  });
});

describe('a batch', () => {
  const good = `001c${positionBody()}`;
  const later = `001c${positionBody({ time: '240901143005' })}`;

  test('of which one report is wrong keeps the others', () => {
    const swapped = positionBody({ lat: 116_498_912 });
    const decoded = known().say({ id: 0x0704, body: `000300${good}001c${swapped}${later}` });
    expect(decoded).toMatchObject({ messages: 1, refused: 1, replies: ['8001 0001070400'] });
    expect(decoded.records).toHaveLength(2);
    expect(decoded.faults).toMatchObject([{ path: 'items.1.lat', excerpt: swapped }]);
  });

  test.each([
    ['runs past its end', `000200${good}001d${positionBody()}`, 'items.1'],
    ['runs past its end before others', `000300${good}001d${positionBody()}`, 'items.1'],
    ['has fewer than it says', `000300${good}`, 'count'],
  ])('that %s keeps what came', (_what, body, path) => {
    const decoded = known().say({ id: 0x0704, body });
    expect(decoded).toMatchObject({ messages: 1, refused: 1, faults: [{ path }], replies: ['8001 0001070400'] });
    expect(decoded.records).toHaveLength(1);
  });

  test.each([
    ['has no report', '000200'],
    ['has no count', '0002'],
    ['has one that cannot be read', `000100001c${positionBody({ time: '000000000000' })}`],
  ])('that %s is wrong', (_what, body) => {
    expect(known().say({ id: 0x0704, body })).toMatchObject({ messages: 0, refused: 1, replies: ['8001 0001070402'] });
  });

  test('of none is a message', () => {
    expect(known().say({ id: 0x0704, body: '000000' })).toMatchObject({ messages: 1, refused: 0 });
  });
});

test('no token is shown, of whatever is refused', () => {
  const { take, say } = known();
  const secret = hex('T0K3N');
  const wrongSum = framed(`01020005013812345678000a${secret}`, 0);
  expect(take(wrongSum).faults).toMatchObject([{ path: 'checksum', excerpt: '01020005013812345678000a' }]);
  const long = say({ id: 0x0102, v2019: true, part: [1, 2], body: `05${secret}` });
  expect(long.faults[0]?.excerpt).toBe('010260060100000000013812345678' + '0001');
  const echoed = say({ id: 0x8100, body: `000100${secret}` });
  expect(echoed).toMatchObject({ replies: [], faults: [{ path: 'id', excerpt: '810000080138123456780001' }] });
});

test('the centre’s serials go on from 0 and over 65535 to 0, escaped as any other', () => {
  const session = createJt808Session({ offsetMinutes: 480, tokenOf: () => null });
  const heartbeats = Buffer.concat(new Array(65_537).fill(made({ id: 0x0002 })));
  const { replies, refused, faults } = session.take(heartbeats, NOW);
  const serials = [0, 1, 0x7d7e, 65_535, 65_536].map((n) => unframed(replies[n] as Uint8Array).readUInt16BE(10));
  expect(serials).toEqual([0, 1, 0x7d7e, 65_535, 0]);
  expect([refused, faults.length]).toEqual([65_537, 20]);
  // Among so many are all checksums there are, 7E and 7D with them.
  for (const reply of [...replies.slice(0, 512), replies[0x7d7e] as Uint8Array])
    expect(replied(reply)).toMatch(/^8001/);
});
