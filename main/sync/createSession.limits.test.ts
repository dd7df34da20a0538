import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainKey } from '../../core/ledger/stream.ts';
import {
  ack,
  at,
  batches,
  chainOf,
  hello,
  kinds,
  SEALED,
  sent,
  sessionOf,
  textsOf,
} from '../../tests/fakes/session.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import { createSession } from './createSession.ts';

describe('session: what is believed, and how much a peer may say', () => {
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
            if (effect.do === 'reject') expect(halfSaid(effect.message)).toBeNull();
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
