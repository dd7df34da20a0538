import { describe, expect, test } from 'vitest';
import { framed, made, SESSIONS, unframed, VECTORS, type Vector } from '../../../../tests/fixtures/jt808/frames.ts';
import type { CodecRecord } from '../codec.ts';
import { createJt808Session } from './session.ts';
import { readTime, timeRule } from './time.ts';

const NOW = Date.UTC(2026, 10, 27);
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const upper = (frame: Uint8Array | undefined) =>
  Buffer.from(frame ?? [])
    .toString('hex')
    .toUpperCase();

/** A session in which the vector's sender may speak: its serials begin at 1, for the answer to the authentication was 0. */
function authenticated({ expected }: Vector) {
  const session = createJt808Session({ offsetMinutes: 480, tokenOf: () => 'T' });
  const body = expected.v2019 ? `0154${'00'.repeat(35)}` : '54';
  const reply = session.take(made({ id: 0x0102, phone: expected.phone, v2019: expected.v2019, body }), NOW);
  expect(reply).toMatchObject({ messages: 1, refused: 0 });
  return session;
}

/** With the centre's serial set back to 0: the vectors answer alone, a session has answered before. */
function asFirst(frame: Uint8Array | undefined, serial = 1): string {
  const plain = unframed(frame ?? new Uint8Array(0));
  const at = plain[2] === undefined || (plain[2] & 0x40) === 0 ? 10 : 15;
  expect(plain.readUInt16BE(at)).toBe(serial);
  plain.writeUInt16BE(0, at);
  return upper(framed(plain.toString('hex')));
}

/** What the vector says that its message brings, as records. */
function recordsOf({ expected }: Vector): CodecRecord[] {
  const device = expected.phone.replace(/^0+/, '');
  const records: CodecRecord[] = [];
  for (const at of expected.locations ?? []) {
    if (!at.fixed) continue;
    const t = readTime(new DataView(new Uint8Array(bytes(at.time_bcd_utc8)).buffer), 0, timeRule(NOW, 480));
    const { lat, lon, course: heading } = at;
    records.push({ kind: 'position', device, t, lon, lat, heading, speed: expect.closeTo(at.speed_kmh / 3.6, 6) });
    const { mileage_km, fuel_l } = at;
    if (mileage_km !== undefined)
      records.push({ kind: 'reading', device, item: 'mileage', t, value: mileage_km, quality: 'good' });
    if (fuel_l !== undefined)
      records.push({ kind: 'reading', device, item: 'fuel', t, value: fuel_l, quality: 'good' });
  }
  return records;
}

const good = VECTORS.filter(({ expected: e }) => e.xor_ok && e.len_ok);
const whole = good.filter(({ expected: e }) => !e.sub && e.enc === 0 && Number.parseInt(e.id, 16) < 0x8000);

describe('of the frames that others test themselves with', () => {
  test('there are enough of each kind for this to mean something', () => {
    expect([VECTORS.length, good.length, whole.length]).toEqual([98, 80, 48]);
    expect(VECTORS.filter(({ expected }) => expected.answer).length).toBeGreaterThan(15);
    expect(VECTORS.flatMap((v) => recordsOf(v)).filter((r) => r.kind === 'position').length).toBeGreaterThan(8);
  });

  test.each(whole.filter(({ expected }) => !['0100', '0102'].includes(expected.id)))(
    '$name is taken, with its positions, mileage and fuel',
    (vector) => {
      const decoded = authenticated(vector).take(bytes(vector.hex), NOW);
      expect(decoded).toMatchObject({ messages: 1, refused: 0, faults: [] });
      expect(decoded.records).toEqual(recordsOf(vector));
    },
  );

  test.each(whole.filter(({ expected }) => expected.answer && expected.id !== '0102'))(
    '$name is answered as they answer',
    (vector) => {
      const { replies } = authenticated(vector).take(bytes(vector.hex), NOW);
      expect(replies).toHaveLength(1);
      expect(asFirst(replies[0])).toBe(vector.expected.answer);
    },
  );

  test.each(whole.filter(({ expected }) => expected.id === '0102'))('$name authenticates with its token', (vector) => {
    const { token = null, answer } = vector.expected;
    const asked: string[] = [];
    const tokenOf = (phone: string) => {
      asked.push(phone);
      return token;
    };
    const { replies } = createJt808Session({ offsetMinutes: 480, tokenOf }).take(bytes(vector.hex), NOW);
    expect(replies.map(upper)).toEqual([answer]);
    expect(asked).toEqual([vector.expected.phone.replace(/^0+/, '')]);
  });

  test.each(whole.filter(({ expected }) => expected.id === '0100'))(
    '$name registers, whatever its layout',
    (vector) => {
      const { replies } = createJt808Session({ offsetMinutes: 480, tokenOf: () => 'T' }).take(bytes(vector.hex), NOW);
      const body = unframed(replies[0] as Uint8Array).subarray(vector.expected.v2019 ? 17 : 12);
      expect(body.toString('hex')).toBe(`${vector.expected.sn.toString(16).padStart(4, '0')}0054`);
    },
  );

  test.each(good.filter(({ expected }) => Number.parseInt(expected.id, 16) >= 0x8000))(
    '$name, a centre’s own, is refused and not answered',
    (vector) => {
      const decoded = authenticated(vector).take(bytes(vector.hex), NOW);
      expect(decoded).toMatchObject({ messages: 0, records: [], replies: [], refused: 1, faults: [{ path: 'id' }] });
    },
  );

  test.each(VECTORS.filter(({ expected: e }) => !e.xor_ok || !e.len_ok))(
    '$name is refused and not answered: $note',
    (vector) => {
      const decoded = authenticated(vector).take(bytes(vector.hex), NOW);
      expect(decoded).toMatchObject({ messages: 0, records: [], replies: [] });
      // The 7E within cuts it in three.
      expect(decoded.refused).toBe(vector.note.includes('7E inside') ? 3 : 1);
      if (vector.expected.xor_ok) expect(decoded.faults[0]?.path).toBe('length');
    },
  );

  test('one that is encrypted is refused as such, and its terminal told', () => {
    const vector = good.find(({ expected }) => expected.enc !== 0) as Vector;
    const decoded = authenticated(vector).take(bytes(vector.hex), NOW);
    expect(decoded).toMatchObject({ messages: 0, refused: 1, faults: [{ path: 'encryption' }] });
    expect(unframed(decoded.replies[0] as Uint8Array).at(-1)).toBe(3);
  });

  test('one that is a part of a message is answered and waits for the others', () => {
    for (const vector of good.filter(({ expected }) => expected.sub)) {
      const decoded = authenticated(vector).take(bytes(vector.hex), NOW);
      expect(decoded).toMatchObject({ messages: 0, refused: 0 });
      expect(unframed(decoded.replies[0] as Uint8Array).at(-1)).toBe(0);
    }
  });
});

test.each(SESSIONS)('the dialogue “$name” goes as written, but for the serials of the centre', ({ steps }) => {
  const session = createJt808Session({ offsetMinutes: 480, tokenOf: () => 'T0K3N' });
  let serial = 0;
  let answered: Uint8Array[] = [];
  for (const { from, hex } of steps) {
    if (from === 'terminal') answered = [...session.take(bytes(hex), NOW).replies];
    else {
      expect(answered).toHaveLength(1);
      const said = unframed(bytes(hex));
      said.writeUInt16BE(0, 10);
      expect(asFirst(answered[0], serial++)).toBe(upper(framed(said.toString('hex'))));
    }
  }
});
