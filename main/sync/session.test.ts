import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import { sha256 } from '../ledger/sha256.ts';
import { BATCH_EVENTS, MAX_MESSAGE_CHARS, type SyncMessage } from './messages.ts';
import { createSession, type Effect, type Session } from './session.ts';

const at = (mono: number, wall = 1_000_000 + mono) => ({ mono, wall });

function chainOf(station: string, length: number, size = 1): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (let i = 0; i < length; i++) {
    const draft = { type: 't', subject: 's:1', actor: 'x', body: { text: 'x'.repeat(size) } };
    events.push(seal(draft, { station, head: events.at(-1) ?? EMPTY_CHAIN, hlc: formatHlc(i, 0), at: i }, sha256));
  }
  return events;
}

function sessionOf(station: string, events: LedgerEvent[] = []): Session {
  const of = (chain: string) => events.filter((event) => event.station === chain);
  return createSession(station, () => station, {
    have: () =>
      Object.fromEntries([...new Set(events.map((e) => e.station))].map((chain) => [chain, of(chain).length])),
    range: (chain, from, limit) => of(chain).slice(from - 1, from - 1 + limit),
  });
}

const sent = (effects: readonly Effect[]): SyncMessage[] =>
  effects.flatMap((effect) => (effect.do === 'send' ? [JSON.parse(effect.text) as SyncMessage] : []));
const kinds = (effects: readonly Effect[]): string[] => sent(effects).map((message) => message.t);
const hello = (station: string, have: Record<string, number> = {}, protocol = 1): string =>
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
    const first = session.receive(hello('b', { a: 10 }), at(1));
    expect(kinds(first)).toEqual(['ping', 'events', 'events', 'events', 'events']);
    expect(batches(first).map((b) => (b.events[0] as LedgerEvent).seq)).toEqual([11, 511, 1011, 1511]);
    expect(batches(session.beat(at(2000)))).toEqual([]);
    const next = session.receive(ack(1, { a: 510 }), at(2001));
    expect(batches(next).map((b) => (b.events[0] as LedgerEvent).seq)).toEqual([2011]);
    expect(session.acknowledged).toEqual({ a: 510 });
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
    expect(session.receive(JSON.stringify({ t: 'events', batch: 7, events }), at(1))).toEqual([
      { do: 'ingest', batch: 7, events },
    ]);
    const answer = session.ingested(7, { accepted: 2, repeated: 0, refused: [], have: { b: 2 } });
    expect(sent(answer)).toEqual([{ t: 'ack', batch: 7, have: { b: 2 }, refused: [] }]);
    expect(session.acknowledged).toEqual({ b: 2 });
  });

  it('L16: does not send events back to where they came from', () => {
    const events: LedgerEvent[] = [];
    const session = sessionOf('a', events);
    session.receive(hello('b'), at(0));
    const theirs = chainOf('b', 3);
    session.receive(JSON.stringify({ t: 'events', batch: 1, events: theirs }), at(1));
    events.push(...theirs);
    expect(session.pushed(at(2))).toEqual([]);
  });

  it('L17: a chain that the other refuses is not offered again and again', () => {
    const session = sessionOf('a', [...chainOf('a', 2), ...chainOf('c', 2)]);
    session.receive(hello('b'), at(0));
    session.receive(ack(1, { c: 2 }, [{ id: 'a-1', reason: 'fork', message: '' }]), at(1));
    expect(batches(session.beat(at(6000)))).toEqual([]);
    expect([...session.blocked]).toEqual([['a', 'fork']]);
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
    const [told, closed] = sessionOf('a').receive(hello('b', {}, 2), at(0));
    expect(sent([told as Effect])[0]).toMatchObject({ t: 'bad', message: expect.stringContaining('protocol 2') });
    expect(closed).toMatchObject({ do: 'close', why: 'protocol' });
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
    const events = (batch: number) => session.receive(JSON.stringify({ t: 'events', batch, events: [] }), at(1))[0]?.do;
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

  it('never throws, whatever comes, and asks for nothing but what it may', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('hello', 'events', 'ack', 'have', 'ping', 'pong', 'bad', 'b', {}, [], 0, 1),
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
            expect(['send', 'ingest', 'reject', 'close']).toContain(effect.do);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
