import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import { ack, at, batches, chainOf, hello, kinds, sent, sessionOf } from '../../tests/fakes/session.ts';
import { halfSaid } from '../../tests/support/bothLanguages.ts';
import type { IngestRefusal } from '../ledger/ledger.ts';
import { sha256 } from '../ledger/sha256.ts';
import { REASONS } from './ingestReasons.ts';
import { BATCH_EVENTS, MAX_MESSAGE_CHARS } from './messages.ts';

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

  it('tells of a record that is not taken why, in both languages', () => {
    const refused = (Object.keys(REASONS) as IngestRefusal[]).map((reason) => ({
      id: 'ops/c-1',
      reason,
      message: 'no',
    }));
    const said = refused.flatMap((one) =>
      sessionOf('a')
        .ingested(1, { accepted: 0, repeated: 0, refused: [one], have: {} })
        .flatMap((effect) => (effect.do === 'reject' ? [effect.message] : [])),
    );
    expect(said).toHaveLength(refused.length - 1); // A gap is no fault: it is sent again.
    expect(said.map(halfSaid)).toEqual(said.map(() => null));
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
});
