import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../../tests/fixtures/gb26875/examples.ts';
import type { CodecReading } from '../codec.ts';
import { HEADER_BYTES, readHeader } from './header.ts';
import { analogueOf, OPERATION, STATE } from './items.ts';
import { type FireObject, readApplication } from './objects.ts';
import { createGb26875Session } from './session.ts';

/** Frames of others, which are not ours to hand on: beside the project's folder where it is worked on. */
const FOLDER = new URL('../../../../../shared/data/vectors/gb26875/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const T = Date.parse('2026-11-27T08:20:31+08:00');
const local = (time: string) => Date.parse(`${time}+08:00`);
const take = (bytes: Uint8Array, wanted?: readonly string[]) =>
  createGb26875Session({ offsetMinutes: 480, itemsOf: () => new Set(wanted) }).take(bytes, T);

test.each(EXAMPLES)('$id: $what', ({ frames, device, sent, reply, readings }) => {
  const decoded = take(Buffer.concat(frames.map((frame) => Buffer.from(frame, 'hex'))));
  expect(decoded).toMatchObject({ messages: frames.length, sentAt: local(sent), refused: 0, faults: [] });
  expect(decoded.records).toEqual(
    readings.map(([item, time, value]) => ({
      ...{ kind: 'reading', device, item, t: local(time), value, quality: 'good' },
    })),
  );
  expect(decoded.replies.map((bytes) => bytes[26])).toEqual(reply === null ? [] : frames.map(() => reply));
});

interface Item {
  readonly sys?: number;
  readonly addr?: number;
  readonly cmpt?: number;
  readonly cmpt_addr?: number;
  readonly status?: readonly string[];
  readonly op?: readonly string[];
  readonly raw?: string | number;
  readonly operator?: number;
  readonly analog?: number;
  readonly quantity?: string;
  readonly value?: number;
  readonly version?: string;
  readonly text?: string;
  readonly config?: string;
  readonly time?: string;
}

interface Expected {
  readonly serial: number;
  readonly version: string;
  readonly time: string | null;
  readonly src: string;
  readonly dst: string;
  readonly app_len: number;
  readonly cmd: number;
  readonly sum_ok: boolean;
  readonly tail_ok: boolean;
  readonly app?: { type?: number; items?: readonly Item[]; error?: string };
}

/** How these vectors call bits, where not as we do. A bit without a name is reserved: no item comes of it. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ 'normal(0=test)': 'normal', 'main power fault': 'main-power-fault', 'backup power fault': 'backup-power-fault' },
  ...{ mute: 'silence', 'manual alarm': 'manual-alarm', confirm: 'duty-answer' },
};

/** Command, and what becomes of a frame that is not simply taken and confirmed. */
const OTHERWISE: Readonly<Record<string, { reply: number | null; path?: string; why: string }>> = {
  'sf-badsum': { reply: 6, path: 'sum', why: 'the sum is wrong on purpose: expected.json reads on, a centre does not' },
  'dg-ack': {
    reply: null,
    path: 'sum',
    why: 'its source copied the sum of what it answers; an answer is not answered',
  },
  'own-ack': { reply: null, why: 'an answer' },
  'own-query-guard': { reply: null, path: 'command', why: 'only a centre sends it' },
  'dg-hs': { reply: 6, path: 'type', why: "a maker's handshake of one byte; it wants a confirmation with a byte, too" },
  'gun-1': { reply: 6, path: 'type', why: 'a type that the standard reserves' },
  'sfapp-1-t254': { reply: 6, path: 'type', why: "a maker's own type" },
  ...Object.fromEntries(
    ['3-t1', '9-t3', '15-t5', '19-t6', '23-t7', '33-t25', '35-t26'].map((id) => [
      `sfapp-${id}`,
      { reply: 6, path: 'count', why: 'cut off' },
    ]),
  ),
};

/** Where a frame that is taken differs from the standard, and what is made of it. */
const ODD: Readonly<Record<string, string>> = {
  'ble-1': 'the time of type 21 is left out and that of the header is zero, so that it is the hall’s',
  'dg-24': 'its version is 16.0, and its destination an address and a port',
  'own-date': 'the date of the header is none, and that of the object holds',
  'sfapp-7-t2': 'bit 9 of a component is reserved, and no item comes of it',
  'sf-ok': 'a fire whose bit 0 says that it is a test is a fire',
};

/** What an object says as the vectors say it. */
function saidOf(type: number, of: FireObject, like: Item): Item {
  const { raw: n } = of;
  const said: Required<Item> = {
    ...{ sys: of.system, addr: of.address, cmpt: of.component, cmpt_addr: of.part, operator: of.operator },
    status: bitsOf(of.status, type === 1 ? STATE.system : type === 2 ? STATE.component : STATE.device),
    op: bitsOf(of.operation, type === 4 ? OPERATION.system : OPERATION.device),
    raw: type === 3 ? n : hex(of.status + of.operation, type <= 2 ? 4 : 2),
    ...{ analog: of.quantity, quantity: analogueOf(of.quantity, n).name, value: analogueOf(of.quantity, n).value },
    version: `${of.version >> 8}.${of.version & 0xff}`,
    ...{ text: new TextDecoder('gb18030').decode(of.text), config: new TextDecoder('gb18030').decode(of.text) },
    time: of.time === null ? '' : new Date(of.time + 8 * 3_600_000).toISOString().slice(0, 19),
  };
  return Object.fromEntries(Object.keys(like).map((key) => [key, said[key as keyof Item]]));
}

const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');
const bitsOf = (bits: number, words: readonly string[]) =>
  Array.from({ length: 16 }, (_, bit) => ((bits >> bit) & 1 ? (words[bit] ?? `bit${bit}`) : '')).filter(Boolean);
const inOurWords = (words: readonly string[] | undefined) =>
  words?.map((word) => (WORDS[word] ?? word).replace(/^power fault$/, 'power-fault'));

if (!existsSync(FOLDER))
  console.info('frames of others are not read: ../shared/data/vectors/gb26875 is not beside this tree');
else describe('frames of others', foreign);

function foreign(): void {
  const lines = textOf('frames.jsonl').trim().split('\n');
  const frames = lines.map((line) => {
    const { id, hex }: { id: string; hex: string } = JSON.parse(line);
    return { id, hex, because: ODD[id] ?? OTHERWISE[id]?.why ?? 'as the standard has it' };
  });
  const expected: Record<string, Expected> = JSON.parse(textOf('expected.json'));

  test('there are enough of them', () => {
    expect(frames).toHaveLength(32);
    expect(Object.keys({ ...OTHERWISE, ...ODD }).filter((id) => !expected[id])).toEqual([]);
  });

  test('analogue values have the steps of the table', () => {
    const { analog }: { analog: Record<string, [name: string, unit: string, step: number]> } = JSON.parse(
      textOf('tables/types.json'),
    );
    const steps = Object.entries(analog).map(([kind, [, , step]]) => [kind, step]);
    expect(steps.map(([kind]) => [kind, analogueOf(Number(kind), 1).value])).toEqual(steps);
    expect(steps).toHaveLength(12);
  });

  test.each(frames)('$id is taken or turned down as it should be: $because', ({ id, hex: digits }) => {
    const want = expected[id] as Expected;
    const bytes = Buffer.from(digits, 'hex');
    const { path, reply } = OTHERWISE[id] ?? { reply: 3 };
    const { messages, faults, replies, records, sentAt } = take(bytes);
    expect(faults.map((fault) => fault.path)).toEqual(path === undefined ? [] : [path]);
    expect(messages).toBe(path === undefined ? 1 : 0);
    if (path !== undefined) expect(records).toEqual([]);
    // `own-date`: what the header says is no time, and the object's is taken as it is.
    else expect(sentAt).toBe(want.time === null || want.time.startsWith('invalid') ? null : local(want.time));
    expect(replies.map((answer) => answer[26])).toEqual(reply === null ? [] : [reply]);
    for (const each of replies) {
      const answer = Buffer.from(each);
      expect([answer.readUInt16LE(2), `${answer[4]}.${answer[5]}`]).toEqual([want.serial, want.version]);
      const addresses = [answer.subarray(18, 24), answer.subarray(12, 18)];
      expect(addresses.map((address) => Buffer.from(address).reverse().toString('hex'))).toEqual([want.src, want.dst]);
      expect(answer.readUInt16LE(24)).toBe(0);
    }
  });

  test.each(frames)('$id says what it is expected to say', ({ id, hex: digits }) => {
    const want = expected[id] as Expected;
    const bytes = Buffer.from(digits, 'hex');
    const { source, time, command, length } = readHeader(bytes, 0, 480);
    expect([source.toLowerCase(), command, length]).toEqual([want.src, want.cmd, want.app_len]);
    if (want.time === null) expect(time).toBe(null);
    else expect(time).toBe(want.time.startsWith('invalid') ? Number.NaN : local(want.time));
    // A centre's command is not read further.
    if (!want.app || want.cmd === 1) return;
    const { type, objects, wrong } = readApplication(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length), 480);
    expect(type).toBe(want.app.type ?? null);
    const unread = want.app.type === 60 || want.app.type === 254;
    const error = want.app.error?.replace(/too short/, 'short').replace(/information object cut off.*/, 'cut');
    expect(wrong).toBe(unread ? 'type' : (error ?? null));
    const items = want.app.items ?? [];
    expect(objects).toHaveLength(items.length);
    for (const [i, item] of items.entries()) {
      const { unit: _, cmpt_addr_bytes: __, ...rest } = item as Item & Record<string, unknown>;
      const words = item.op ? { op: inOurWords(item.op) } : item.status ? { status: inOurWords(item.status) } : {};
      const object = objects[i] as FireObject;
      expect(withoutPrefix(saidOf(type ?? 0, object, rest))).toEqual({ ...rest, ...words });
    }
  });

  test.each(frames)('$id brings what it says as readings', ({ id, hex: digits }) => {
    const want = expected[id] as Expected;
    const records = take(Buffer.from(digits, 'hex')).records as readonly CodecReading[];
    if (!want.sum_ok || OTHERWISE[id]) {
      expect(records).toEqual([]);
      return;
    }
    const said = (want.app?.items ?? []).flatMap(({ sys, addr, cmpt_addr, status, op, value, time, analog }) => {
      const component = cmpt_addr === undefined ? '' : `.${hex(cmpt_addr, 8).toUpperCase()}`;
      const name = sys === undefined ? 'device' : `${sys}.${addr}${component}`;
      const words = [
        ...(inOurWords(status) ?? []).filter((word) => word !== 'normal'),
        ...(inOurWords(op) ?? []).map((word) => `operation-${word}`),
      ].filter((word) => !/bit\d/.test(word));
      const quantity = analog === undefined ? [] : [[analogueOf(analog, 0).name, value]];
      return [...words.map((word) => [word, 1]), ...quantity].map(([word, n]) => [
        ...[`${want.src.toUpperCase()} ${name}:${word}`, n, local(time ?? '')],
      ]);
    });
    expect(records.map(({ device, item, value, t }) => [`${device} ${item}`, value, t])).toEqual(said);
  });
}

/** The vectors call operations without saying that they are. */
const withoutPrefix = ({ op, ...rest }: Item): Item =>
  op === undefined ? rest : { ...rest, op: op.map((word) => word.replace('operation-', '')) };
