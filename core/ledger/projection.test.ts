import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { actorNamed } from './actor.ts';
import type { LedgerEvent } from './envelope.ts';
import { firstVersions } from './family.ts';
import { formatHlc } from './hlc.ts';
import { type Aggregate, createProjection } from './projection.ts';
import { OPS } from './stream.ts';

const tally: Aggregate<string[]> = {
  kind: 'tally',
  stream: OPS,
  initialState: () => [],
  evolve: (ids, event) => [...ids, event.id],
  events: firstVersions({ counted: z.object({ n: z.number() }) }),
};

function event(
  station: string,
  seq: number,
  wall: number,
  subject = 'tally:1',
  change: Partial<LedgerEvent> = {},
): LedgerEvent {
  const id = `ops/${station}-${seq}`;
  const hlc = formatHlc(wall, 0);
  return {
    id,
    ...OPS_1,
    station,
    seq,
    hlc,
    at: 0,
    type: 'counted',
    subject,
    actor: actorNamed('x'),
    body: { n: 1 },
    prev: '',
    hash: '',
    ...change,
  };
}

const some = fc.uniqueArray(
  fc.record({
    station: fc.constantFrom('a', 'b', 'c'),
    seq: fc.integer({ min: 1, max: 30 }),
    subject: fc.constantFrom('tally:1', 'tally:2', 'other:1'),
  }),
  { selector: (e) => `${e.station}-${e.seq}`, minLength: 1 },
);

describe('projection', () => {
  it('L8: in any order and any portions, the fold is what it is from nothing', () => {
    fc.assert(
      fc.property(some, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 30, maxLength: 90 }), (rows, cuts) => {
        const events = rows.map(({ station, seq, subject }) => event(station, seq, (seq * 7) % 11, subject));
        const held: LedgerEvent[] = [];
        const live = createProjection(tally, (subject) => held.filter((e) => e.subject === subject));
        for (let i = 0, c = 0; i < events.length; c++) {
          const portion = events.slice(i, i + (cuts[c % cuts.length] ?? 1));
          held.push(...portion);
          live.apply(portion);
          i += portion.length;
        }
        const fresh = createProjection(tally, () => []);
        fresh.apply(events);
        const sorted = (p: typeof live) => [...p.entries()].sort();
        expect(sorted(live)).toEqual(sorted(fresh));
      }),
    );
  });

  it('L8: the same where states are put down and leave memory, and rolled back now and then', () => {
    fc.assert(
      fc.property(some, fc.array(fc.nat(9), { minLength: 30, maxLength: 90 }), (rows, does) => {
        const events = rows.map(({ station, seq, subject }) => event(station, seq, (seq * 7) % 11, subject));
        const down = new Map<string, string>();
        let held: LedgerEvent[] = [];
        const savedOf = (subject: string) => {
          const text = down.get(subject);
          return text === undefined ? undefined : JSON.parse(text);
        };
        const eventsOf = (subject: string) => held.filter((e) => e.subject === subject);
        const live = createProjection(tally, eventsOf, { savedOf, pins: (ids) => ids.length % 3 === 1, idle: 1 });
        let next = 0;
        for (const what of does) {
          if (next >= events.length) break;
          const portion = events.slice(next, next + 1 + (what % 3));
          const before = held;
          held = [...held, ...portion];
          live.apply(portion);
          if (what === 9) {
            held = before;
            live.refold(portion.map((e) => e.subject));
          } else next += portion.length;
          if (what % 4 === 0) {
            for (const [subject, folded] of live.unsaved()) down.set(subject, JSON.stringify(folded));
            live.saved();
          }
          if (what % 5 === 0) live.get(`tally:${1 + (what % 2)}`);
        }
        const fresh = createProjection(tally, () => []);
        fresh.apply(held);
        for (const subject of ['tally:2', 'tally:1', 'other:1'])
          expect(JSON.stringify(live.get(subject))).toBe(JSON.stringify(fresh.get(subject)));
      }),
    );
  });

  it('L9: an unknown type, or a body that does not fit, changes nothing', () => {
    const held: LedgerEvent[] = [];
    const view = createProjection(tally, () => held);
    view.apply([event('a', 1, 1)]);
    view.apply([
      event('a', 2, 2, 'tally:1', { type: 'newer.thing' }),
      event('a', 3, 3, 'tally:1', { body: { n: 'x' } }),
    ]);
    expect(view.get('tally:1')).toEqual(['ops/a-1']);
    expect(view.apply([event('a', 4, 4, 'other:1')])).toEqual([]);
  });

  it('L8: a late event asks for the events of its own aggregate and of no other', () => {
    const held: LedgerEvent[] = [];
    const asked: string[] = [];
    const view = createProjection(tally, (subject) => {
      asked.push(subject);
      return held.filter((e) => e.subject === subject);
    });
    const take = (...events: LedgerEvent[]) => {
      held.push(...events);
      return view.apply(events);
    };
    take(event('a', 1, 10), event('a', 2, 20, 'tally:2'), event('a', 3, 30));
    expect(asked).toEqual([]);
    expect(take(event('b', 1, 15), event('b', 2, 40, 'tally:2'))).toEqual(['tally:1', 'tally:2']);
    expect(asked).toEqual(['tally:1']);
    expect(view.get('tally:1')).toEqual(['ops/a-1', 'ops/b-1', 'ops/a-3']);
    expect(view.get('tally:2')).toEqual(['ops/a-2', 'ops/b-2']);
  });

  it.each(['constructor', '__proto__', 'toString'])('L9: a type called %s is an unknown type', (type) => {
    const view = createProjection(tally, () => []);
    view.apply([event('a', 1, 1), event('a', 2, 2, 'tally:1', { type })]);
    expect(view.get('tally:1')).toEqual(['ops/a-1']);
  });

  it('L12: refolds what was rolled back, and forgets what is no more', () => {
    const held = [event('a', 1, 1)];
    const view = createProjection(tally, (subject) => held.filter((e) => e.subject === subject));
    view.apply(held);
    view.apply([event('a', 2, 2), event('a', 3, 3, 'tally:2')]);
    view.refold(['tally:1', 'tally:2', 'other:1']);
    expect([...view.entries()]).toEqual([['tally:1', ['ops/a-1']]]);
  });
});
