import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../../tests/fixtures/sl651/examples.ts';
import type { CodecReading } from '../codec.ts';
import { createSl651Session } from './session.ts';

/** Frames of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../../shared/data/vectors/sl651/', import.meta.url);
const there = existsSync(FOLDER);
const textOf = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const T = Date.parse('2026-11-27T08:00:00+08:00');

interface Expected {
  crc_ok: boolean;
  dir: string;
  function: string;
  serial: number;
  sent: string;
  items?: { id?: string; value?: string | null; series?: (number | null)[]; station?: string }[];
}

/** The hour's values lie behind the sending of this report: its station writes the time of sending for that of the first value. */
const AHEAD = 'ref-34-76';
/** A test's values are right and are not handed on. */
const TEST = '30';

test.each(EXAMPLES)('$id: $what', ({ frames, sent, replies, readings }) => {
  const session = createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined });
  const decoded = session.take(Buffer.concat(frames.map((frame) => Buffer.from(frame, 'hex'))), T);
  const local = (time: string) => Date.parse(`${time}+08:00`);
  expect(decoded).toMatchObject({ messages: 1, sentAt: local(sent), refused: 0, faults: [] });
  expect(decoded.records).toEqual(
    readings.map(([device, item, time, value]) => ({
      ...{ kind: 'reading', device, item, t: local(time), value, quality: 'good' },
    })),
  );
  expect(decoded.replies).toHaveLength(replies);
});

if (!there) console.info('frames of others are not read: ../shared/data/vectors/sl651 is not beside this tree');
else describe('frames of others', foreign);

function foreign(): void {
  const lines = textOf('frames.jsonl').trim().split('\n');
  const frames = lines.map((line): { id: string; hex: string } => JSON.parse(line));
  const expected: Record<string, Expected> = JSON.parse(textOf('expected.json'));

  test.each(frames)('$id', ({ id, hex }) => {
    const want = expected[id];
    const session = createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined });
    const { messages, records, replies, refused, sentAt } = session.take(Buffer.from(hex, 'hex'), T);
    if (!want?.crc_ok || want.dir === 'down') {
      // The one that is cut off waits for its rest.
      expect([messages, records, replies, refused]).toEqual([0, [], [], id === 'own-short' ? 0 : 1]);
      return;
    }
    expect([messages, refused]).toEqual([1, id === AHEAD ? 1 : 0]);
    expect(new Date((sentAt ?? 0) + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(2, 14)).toBe(want.sent);
    expect(replies).toHaveLength(want.function === '2F' ? 0 : 1);
    if (want.function !== '2F') expect(Buffer.from(replies[0] ?? []).readUInt16BE(14)).toBe(want.serial);
    const values = (want.items ?? []).flatMap(({ id: item = '', value, series }) => {
      const scale = item === 'F4' ? 10 : 100;
      if (series) return id === AHEAD ? [] : series.flatMap((raw) => (raw === null ? [] : [[item, raw / scale]]));
      return value === undefined || value === null || value.includes('no-data') ? [] : [[item, Number(value)]];
    });
    const got = records.filter((r): r is CodecReading => r.kind === 'reading').map(({ item, value }) => [item, value]);
    if (want.items) expect(got).toEqual(want.function === TEST ? [] : values);
  });

  test('and what their documents say of them', () => {
    const stated: Record<string, Record<string, string>> = JSON.parse(textOf('public-values.json'));
    const numbers = (id: string) =>
      Object.entries(stated[id] ?? {}).flatMap(([name, v]) => (/ (mm|m|V)$/.test(name) ? [Number(v)] : []));
    for (const id of ['cmd-32-a', 'cmd-32-4', 'ref-32-1']) {
      const hex = frames.find((frame) => frame.id === id)?.hex ?? '';
      const { records } = createSl651Session({ offsetMinutes: 480, passwordOf: () => undefined }).take(
        Buffer.from(hex, 'hex'),
        T,
      );
      const got = records.map((r) => (r.kind === 'reading' ? r.value : Number.NaN));
      expect(got.toSorted()).toEqual(numbers(id).toSorted());
      expect(got.length).toBeGreaterThan(3);
    }
  });
}
