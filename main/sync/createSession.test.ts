import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { sha256 } from '../ledger/sha256.ts';
import { createSession } from './createSession.ts';
import type { Effect } from './effect.ts';
import { BATCH_EVENTS, MAX_MESSAGE_CHARS, type SyncMessage } from './messages.ts';
import type { Session } from './session.ts';

const at = (mono: number, wall = 1_000_000 + mono) => ({ mono, wall });

function chainOf(station: string, length: number, size = 1): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (let i = 0; i < length; i++) {
    const draft = { type: 't', subject: 's:1', actor: 'x', body: { text: 'x'.repeat(size) } };
    events.push(
      seal(draft, { ...OPS_1, station, head: events.at(-1) ?? EMPTY_CHAIN, hlc: formatHlc(i, 0), at: i }, sha256),
    );
  }
  return events;
}

/** As if every event had a seal. */
const sealed = (chain: string, seq: number): Seal => ({ chain, seq, alg: 'ed25519', key: 'k', sig: 's' });
const SEALED = {
  sealWithin: (chain: string, from: number, to: number) => (to >= from ? sealed(chain, to) : undefined),
  sealFrom: sealed,
};

const textsOf = (events: readonly LedgerEvent[]) => events.map((event) => JSON.stringify(event));

function sessionOf(station: string, events: LedgerEvent[] = []): Session {
  const of = (chain: string) => events.filter((event) => chainKey(event) === chain);
  return createSession(station, () => station, {
    ...SEALED,
    have: () => Object.fromEntries([...new Set(events.map(chainKey))].map((chain) => [chain, of(chain).length])),
    texts: (chain, from, limit) => textsOf(of(chain).slice(from - 1, from - 1 + limit)),
  });
}

const sent = (effects: readonly Effect[]): SyncMessage[] =>
  effects.flatMap((effect) => (effect.do === 'send' ? [JSON.parse(effect.text) as SyncMessage] : []));
const kinds = (effects: readonly Effect[]): string[] => sent(effects).map((message) => message.t);
const hello = (station: string, have: Record<string, number> = {}, protocol = 2): string =>
  JSON.stringify({ t: 'hello', protocol, station, chain: station, have, wall: 0 });
const batches = (effects: readonly Effect[]) =>
  sent(effects).filter((message): message is Extract<SyncMessage, { t: 'events' }> => message.t === 'events');
const ack = (
  batch: number,
  have: Record<string, number>,
  refused: { id: string; reason: string; message: string }[] = [],
) => JSON.stringify({ t: 'ack', batch, have, refused });

describe('session', () => {
  it('L16: says hello, and sends what the other lacks, at most four batches unanswered', () => {
    const session = sessionOf('a', chainOf('a', 6 * BATCH_EVENTS));
    expect(kinds(session.open(at(0)))).toEqual(['hello']);
    const first = session.receive(hello('b', { 'ops/a': 10 }), at(1));
    expect(kinds(first)).toEqual(['ping', 'events', 'events', 'events', 'events']);
    expect(batches(first).map((b) => (b.events[0] as LedgerEvent).seq)).toEqual([11, 511, 1011, 1511]);
    expect(batches(session.beat(at(2000)))).toEqual([]);
    const next = session.receive(ack(1, { 'ops/a': 510 }), at(2001));
    expect(batches(next).map((b) => (b.events[0] as LedgerEvent).seq)).toEqual([2011]);
    expect(session.acknowledged).toEqual({ 'ops/a': 510 });
  });

  it('L16: batches are bounded by size too', () => {
    const session = sessionOf('a', chainOf('a', 40, 100_000));
    const effects = session.receive(hello('b'), at(0));
    for (const effect of effects) if (effect.do === 'send') expect(effect.text.length).toBeLessThan(MAX_MESSAGE_CHARS);
    expect(batches(effects).map((b) => b.events.length)).toEqual([11, 11, 11, 7]);
  });

  it('L18: a batch that was lost is sent again', () => {
    const session = sessionOf('a', chainOf('a', 3));
    expect(batches(session.receive(hello('b'), at(0)))).toHaveLength(1);
    expect(batches(session.beat(at(5000)))).toHaveLength(0);
    expect(batches(session.receive(JSON.stringify({ t: 'have', have: {} }), at(15_001)))).toMatchObject([{ batch: 2 }]);
  });

  it('L18: a hello that was lost is said again', () => {
    const session = sessionOf('a');
    session.open(at(0));
    expect(kinds(session.beat(at(1000)))).toEqual([]);
    expect(kinds(session.beat(at(2000)))).toEqual(['hello']);
    session.receive(hello('b'), at(2100));
    expect(kinds(session.receive(hello('b'), at(4200)))).toEqual(['hello']);
  });

  it('L16: hands events to the ledger, and answers with what is durable', () => {
    const session = sessionOf('a');
    const events = chainOf('b', 2);
    session.receive(hello('b'), at(0));
    expect(session.receive(JSON.stringify({ t: 'events', batch: 7, seals: [], events }), at(1))).toEqual([
      { do: 'ingest', batch: 7, events, seals: [] },
    ]);
    const answer = session.ingested(7, { accepted: 2, repeated: 0, refused: [], have: { 'ops/b': 2 } });
    expect(sent(answer)).toEqual([{ t: 'ack', batch: 7, have: { 'ops/b': 2 }, refused: [] }]);
    expect(session.acknowledged).toEqual({ 'ops/b': 2 });
  });

  it('L16: does not send events back to where they came from', () => {
    const events: LedgerEvent[] = [];
    const session = sessionOf('a', events);
    session.receive(hello('b'), at(0));
    const theirs = chainOf('b', 3);
    session.receive(JSON.stringify({ t: 'events', batch: 1, seals: [], events: theirs }), at(1));
    events.push(...theirs);
    expect(session.pushed(at(2))).toEqual([]);
  });

  it('L17: a chain that the other refuses is not offered again and again', () => {
    const session = sessionOf('a', [...chainOf('a', 2), ...chainOf('c', 2)]);
    session.receive(hello('b'), at(0));
    session.receive(ack(1, { 'ops/c': 2 }, [{ id: 'ops/a-1', reason: 'fork', message: '' }]), at(1));
    expect(batches(session.beat(at(6000)))).toEqual([]);
    expect([...session.blocked]).toEqual([['ops/a', 'fork']]);
  });

  it('a peer is sent the streams it takes, and in every case what it wrote itself', () => {
    const of = (station: string, stream: string, length: number): LedgerEvent[] => {
      const events: LedgerEvent[] = [];
      for (let i = 0; i < length; i++) {
        const draft = { type: 't', subject: 's:1', actor: 'x', body: {} };
        const place = { v: 1, stream, station, head: events.at(-1) ?? EMPTY_CHAIN, hlc: formatHlc(i, 0), at: i };
        events.push(seal(draft, place, sha256));
      }
      return events;
    };
    const events = [
      ...of('a', 'ops', 2),
      ...of('a', 'drill:flood', 2),
      ...of('a', 'audit', 1),
      ...of('b', 'drill:flood', 1),
      ...of('c', 'later', 1),
    ];
    const sentTo = (takes?: string[]): string[] => {
      const session = sessionOf('a', events);
      const first = session.receive(
        JSON.stringify({ t: 'hello', protocol: 2, station: 'b', chain: 'b', have: {}, wall: 0, takes }),
        at(0),
      );
      return batches(first).flatMap((batch) => batch.events.map((event) => (event as LedgerEvent).id));
    };
    expect(sentTo()).toHaveLength(7);
    expect(sentTo(['*'])).toEqual(['audit/a-1', 'drill:flood/b-1', 'later/c-1', 'ops/a-1', 'ops/a-2']);
    expect(sentTo(['drill:*', 'audit'])).toEqual([
      ...['audit/a-1', 'drill:flood/a-1', 'drill:flood/a-2', 'drill:flood/b-1'],
    ]);
    expect(sentTo(['drill:other'])).toEqual(['drill:flood/b-1']);
  });

  it('measures the other clock by round trip', () => {
    const session = sessionOf('a');
    const greeting = sent(session.receive(hello('b'), at(0)));
    expect(session.clockOffsetMs).toBeNull();
    const ping = greeting.find((message) => message.t === 'ping');
    const pong = { t: 'pong', n: ping?.t === 'ping' ? ping.n : 0, wall: at(20).wall + 3_600_000 };
    session.receive(JSON.stringify(pong), at(40));
    expect(session.clockOffsetMs).toBe(3_600_000);
    expect(kinds(session.beat(at(10_000)))).toEqual(['have', 'ping']);
  });

  it('ends with a station of another protocol, or of our own name, and tells it why', () => {
    const ended = sessionOf('a').receive(hello('b', {}, 3), at(0));
    // In the form of this version, and in that of the ones before.
    const message = expect.stringContaining('protocol 3');
    expect(sent(ended)).toMatchObject([
      { t: 'refused', why: 'protocol', message },
      { t: 'bad', message },
    ]);
    expect(ended.at(-1)).toMatchObject({ do: 'close', why: 'protocol' });
    expect(sessionOf('a').receive(hello('a'), at(0)).at(-1)).toMatchObject({ do: 'close', why: 'same-name' });
  });

  it('ends with a peer that is silent, or that never says who it is', () => {
    const session = sessionOf('a');
    session.open(at(0));
    session.receive(hello('b'), at(0));
    expect(session.beat(at(24_000))).not.toContainEqual(expect.objectContaining({ do: 'close' }));
    expect(session.beat(at(25_000))).toMatchObject([{ do: 'close', why: 'silent' }]);
    const nameless = sessionOf('a');
    nameless.open(at(0));
    for (let mono = 1000; mono < 25_000; mono += 1000) nameless.receive('{"t":"have","have":{}}', at(mono));
    expect(nameless.beat(at(25_000))).toMatchObject([{ do: 'close', why: 'silent' }]);
  });

  it('ends with a peer that sends faster than it is answered', () => {
    const session = sessionOf('a');
    session.receive(hello('b'), at(0));
    const events = (batch: number) =>
      session.receive(JSON.stringify({ t: 'events', batch, seals: [], events: [] }), at(1))[0]?.do;
    expect(Array.from({ length: 17 }, (_, i) => events(i + 1)).slice(-2)).toEqual(['ingest', 'close']);
  });

  it('keeps what is bad, says so at most twenty times a minute, and goes on', () => {
    const session = sessionOf('a');
    session.receive(hello('b'), at(0));
    const first = session.receive('{"t":"ack","batch":-1,"have":{},"refused":[]}', at(0));
    expect(first[0]).toMatchObject({ do: 'reject', path: 'batch', loud: true });
    expect(sent(first)).toMatchObject([{ t: 'bad', message: expect.stringContaining('batch') }]);
    const rest = Array.from({ length: 30 }, () => session.receive('nonsense', at(1)));
    expect(rest.filter((effects) => kinds(effects).includes('bad'))).toHaveLength(19);
    expect(rest.every((effects) => effects[0]?.do === 'reject')).toBe(true);
    expect(kinds(session.receive('{"t":"bad","message":"you too"}', at(2)))).toEqual([]);
    expect(kinds(session.receive('{"t":"ping","n":1}', at(3)))).toEqual(['pong']);
  });

  it('L23: of our own chain nobody holds more than we wrote, whatever is said', () => {
    const session = sessionOf('a', chainOf('a', 3));
    const most = Number.MAX_SAFE_INTEGER;
    session.receive(hello('b', { 'ops/a': most, 'ops/a~2': most, 'ops/c': 7 }), at(0));
    expect(session.acknowledged).toMatchObject({ 'ops/a': 3, 'ops/c': 7 });
    expect(session.acknowledged['ops/a~2']).toBeUndefined();
    expect(session.claimed['ops/a']).toBe(most);
  });

  it('L23: what an event says of itself is believed once the ledger has looked at it', () => {
    const session = sessionOf('a', chainOf('a', 3));
    session.receive(hello('b'), at(0));
    session.receive(
      JSON.stringify({ t: 'events', batch: 1, seals: [], events: [{ stream: 'ops', station: 'a', seq: 3 }] }),
      at(1),
    );
    expect(session.acknowledged).toEqual({});
    const refused = [{ id: 'ops/a-3', reason: 'malformed' as const, message: 'no event' }];
    const answer = session.ingested(1, { accepted: 0, repeated: 0, refused, have: { 'ops/a': 3 } });
    expect(session.acknowledged).toEqual({});
    expect(sent(answer)).toMatchObject([{ t: 'ack', have: { 'ops/a': 3 } }]);
    session.receive(JSON.stringify({ t: 'events', batch: 2, seals: [], events: chainOf('a', 2) }), at(2));
    session.ingested(2, { accepted: 0, repeated: 2, refused: [], have: { 'ops/a': 3 } });
    expect(session.acknowledged).toEqual({ 'ops/a': 2 });
  });

  it('L23: refusals and claims of chains that are not here fill no memory', () => {
    const session = sessionOf('a', chainOf('a', 1));
    session.receive(hello('b'), at(0));
    for (let i = 0; i < 100; i++) {
      const refused = Array.from({ length: 20 }, (_, k) => ({ id: `made-${i}-${k}-1`, reason: 'fork', message: '' }));
      const have = Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`made-${i}-${k}`, 1]));
      session.receive(ack(1000 + i, have, refused), at(i));
    }
    expect(session.blocked.size).toBe(0);
    expect(Object.keys(session.claimed).length).toBeLessThanOrEqual(2000);
  });

  it.each([
    ['pings', () => '{"t":"ping","n":1}', 1500],
    [
      'have-vectors',
      () =>
        JSON.stringify({
          t: 'have',
          have: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`chain-number-${i}`, i])),
        }),
      200,
    ],
    ['rubbish', () => 'x'.repeat(100_000), 42],
  ])('L24: a peer that says more %s than any station has to is put out', (_, message, most) => {
    const session = sessionOf('a');
    session.receive(hello('b'), at(0));
    const text = message();
    let count = 0;
    while (count < 5000 && !session.receive(text, at(1)).some((effect) => effect.do === 'close')) count++;
    expect(count).toBeLessThanOrEqual(most);
    expect(count).toBeGreaterThan(20);
    // What an honest one says in the same time is no burden.
    const other = sessionOf('a');
    other.receive(hello('b'), at(0));
    for (let i = 0; i < 3000; i++) expect(kinds(other.receive('{"t":"ping","n":1}', at(i * 10)))).toEqual(['pong']);
  });

  it('L24: a peer that talks and reads nothing is put out after a minute, not sent its batches for ever', () => {
    const session = sessionOf('a', chainOf('a', 3));
    session.open(at(0));
    session.receive(hello('b'), at(0));
    let batchesSent = 0;
    let ended = 0;
    for (let mono = 1000; mono <= 120_000 && ended === 0; mono += 1000) {
      const effects = [...session.receive('{"t":"ping","n":1}', at(mono)), ...session.beat(at(mono))];
      batchesSent += batches(effects).length;
      if (effects.some((effect) => effect.do === 'close')) ended = mono;
    }
    expect(ended).toBe(60_000);
    expect(batchesSent).toBeLessThanOrEqual(4);
  });

  it('L21: more chains than a message holds are said in several, and a chain nobody can have locks nobody out', () => {
    const many = Array.from({ length: 2500 }, (_, i) => chainOf(`chain-${i}`, 1)).flat();
    const session = createSession('a', () => 'a', {
      ...SEALED,
      have: () => Object.fromEntries(many.map((event) => [chainKey(event), 1])),
      texts: () => [],
    });
    const said = sent(session.open(at(0)));
    expect(said.map((message) => message.t)).toEqual(['hello', 'have', 'have']);
    const other = sessionOf('b', many);
    for (const message of said) other.receive(JSON.stringify({ ...message, station: 'a' }), at(1));
    expect(Object.keys(other.acknowledged)).toHaveLength(2500);
    expect(batches(other.pushed(at(2)))).toEqual([]);
    const odd = sessionOf('a');
    odd.receive(hello('b', { 'no chain': 1, 'ops/b~99999': 2, 'ops/b': 3 }), at(0));
    expect(odd.acknowledged).toEqual({ 'ops/b': 3 });
    for (const name of ['__proto__', 'ｂ', 'b c', 'b~2', '']) {
      const session = sessionOf('a');
      expect(session.receive(hello(name), at(0))[0]).toMatchObject({ do: 'reject', path: 'station' });
      expect(session.peer).toBeNull();
    }
  });

  it('a clock that says what no clock says is far off, and nothing else', () => {
    const session = sessionOf('a');
    const greeting = sent(session.receive(hello('b').replace('"wall":0', '"wall":9007199254740992'), at(0)));
    const ping = greeting.find((message) => message.t === 'ping');
    session.receive(JSON.stringify({ t: 'pong', n: ping?.t === 'ping' ? ping.n : 0, wall: 1e300 }), at(1));
    expect(session.clockOffsetMs).toBeLessThanOrEqual(8.64e15);
  });

  it('a peer that is held at the door is sent nothing, and what it said counts once it is in', () => {
    const session = createSession(
      'a',
      () => 'a',
      { ...SEALED, have: () => ({ 'ops/a': 1 }), texts: () => textsOf(chainOf('a', 1)) },
      { hold: () => true },
    );
    expect(session.receive(hello('b'), at(0))).toEqual([]);
    expect(session.admitted).toBe(false);
    const events = chainOf('b', 1);
    expect(session.receive(JSON.stringify({ t: 'events', batch: 1, seals: [], events }), at(1))).toEqual([]);
    expect(session.pushed(at(2))).toEqual([]);
    expect(kinds(session.receive('{"t":"ping","n":1}', at(3)))).toEqual(['pong']);
    const effects = session.admit(at(4));
    expect(kinds(effects)).toEqual(['ping', 'have', 'events']);
    expect(effects).toContainEqual({ do: 'ingest', batch: 1, events, seals: [] });
    const flood = createSession('a', () => 'a', { ...SEALED, have: () => ({}), texts: () => [] }, { hold: () => true });
    flood.receive(hello('b'), at(0));
    const ends = Array.from({ length: 40 }, () => flood.receive('{"t":"have","have":{}}', at(1))[0]);
    expect(ends.find((effect) => effect?.do === 'close')).toMatchObject({ why: 'overrun' });
  });

  it('never throws, whatever comes, and asks for nothing but what it may', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('hello', 'events', 'ack', 'have', 'ping', 'pong', 'bad', 'refused', 'twin', 'b', {}, [], 0, 1),
    );
    const message = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          {
            t: member,
            protocol: member,
            station: member,
            chain: member,
            have: member,
            wall: member,
            batch: member,
            events: member,
            refused: member,
            n: member,
            message: member,
          },
          { requiredKeys: ['t'] },
        )
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const session = sessionOf('a', chainOf('a', 3));
        session.receive(hello('b'), at(0));
        for (const [i, text] of messages.entries()) {
          for (const effect of session.receive(text, at(i))) {
            expect(['send', 'ingest', 'reject', 'twin', 'close']).toContain(effect.do);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
