import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { Refusal } from '../refusal.ts';
import type { Level } from '../words.ts';
import { decideIncident, type IncidentCommand } from './decide.ts';
import { type Incident, incidentAggregate, levelOf, mergedInto, ownerOf, runThatStands } from './incident.ts';

const open: IncidentCommand = {
  do: 'open',
  type: 'urban-flooding',
  title: { zh: '积水', en: 'Flood' },
  place: { lon: 0, lat: 0, name: { zh: '下穿', en: 'underpass' } },
  level: 2,
  alarm: null,
  actor: 'duty',
};
const setLevel = (level: Level, actor: string): IncidentCommand => ({
  do: 'set-level',
  level,
  reason: `${level} of ${actor}`,
  actor,
});
const say = (command: IncidentCommand) => (incident: Incident) => decideIncident(incident, command);
const station = (name: string) => new PaperStation<Incident>(name, incidentAggregate, 'incident:1');

function apart() {
  const [a, b] = [station('A'), station('B')];
  a.do(say(open));
  a.meet(b);
  return { a, b };
}

describe('incident', () => {
  test('I1 opened once', () => {
    const { a } = apart();
    expect(a.do(say({ ...open, level: 1 }))).toEqual([]);
    expect(levelOf(a.state)).toMatchObject({ value: 2, by: { actor: 'duty', station: 'A' } });
  });

  test('I2 one after another the last level stands, without a conflict', () => {
    const { a, b } = apart();
    a.do(say(setLevel(1, 'commander')));
    a.meet(b);
    b.do(say(setLevel(3, 'duty')));
    a.meet(b);
    expect(levelOf(a.state).value).toBe(3);
    expect(a.state.conflicts).toEqual([]);
  });

  test('I2 apart the worse stands, both are shown, whichever was later', () => {
    for (const [first, second] of [
      [1, 3],
      [3, 1],
    ] as const) {
      const { a, b } = apart();
      a.do(say(setLevel(first, 'commander')));
      b.do(say(setLevel(second, 'fire')), 9000);
      a.meet(b);
      expect(a.state).toEqual(b.state);
      expect(levelOf(a.state)).toMatchObject({ value: 1, why: first === 1 ? '1 of commander' : '1 of fire' });
      expect(a.state.conflicts).toMatchObject([{ field: 'level', rule: 'worse-level', seen: null }]);
      expect(a.state.conflicts[0]?.values.map((v) => [v.value, v.by.station, v.why])).toEqual([
        [String(first), 'A', `${first} of commander`],
        [String(second), 'B', `${second} of fire`],
      ]);
    }
  });

  test('I2 several changes on one side while apart are one conflict, with its last value', () => {
    const { a, b } = apart();
    a.do(say(setLevel(1, 'commander')));
    a.do(say(setLevel(3, 'commander')));
    b.do(say(setLevel(4, 'fire')), 500);
    a.meet(b);
    expect(levelOf(a.state).value).toBe(3);
    const [conflict, ...others] = a.state.conflicts.filter((c) => c.seen === null);
    expect(others).toEqual([]);
    expect(conflict?.values.map((v) => v.value).sort()).toEqual(['3', '4']);
  });

  test('I2 the same level from both is no conflict; deciding again with both in sight settles one', () => {
    const { a, b } = apart();
    a.do(say(setLevel(1, 'commander')));
    b.do(say(setLevel(1, 'fire')));
    a.meet(b);
    expect(a.state.conflicts).toEqual([]);

    const c = apart();
    c.a.do(say(setLevel(1, 'commander')));
    c.b.do(say(setLevel(3, 'fire')));
    c.a.meet(c.b);
    c.a.do(say(setLevel(2, 'commander')));
    expect(c.a.state.conflicts[0]?.seen?.actor).toBe('commander');
    expect(levelOf(c.a.state).value).toBe(2);
  });

  test('I4 a note that comes late is kept', () => {
    const { a, b } = apart();
    a.do(say({ do: 'close', reason: 'dry', actor: 'commander' }));
    b.do(say({ do: 'note', text: 'two cars towed', actor: 'fire' }));
    a.meet(b);
    expect(a.state).toMatchObject({ state: 'closed', notes: [{ text: 'two cars towed' }] });
  });

  test('I6 the same plan launched at both stations while apart is a conflict; launched again later it is not', () => {
    const launch = (run: string, actor: string): IncidentCommand => ({ do: 'launch-plan', plan: 'flood', run, actor });
    const { a, b } = apart();
    a.do(say(launch('run:a', 'commander')));
    b.do(say(launch('run:b', 'deputy')), 5000);
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(a.state.conflicts).toMatchObject([{ field: 'plan.flood', stands: 0, rule: 'earliest', seen: null }]);
    expect(a.state.conflicts[0]?.values.map((v) => v.value)).toEqual(['run:a', 'run:b']);

    const again = apart();
    again.a.do(say(launch('run:1', 'commander')));
    again.a.meet(again.b);
    again.b.do(say(launch('run:2', 'deputy')));
    again.a.meet(again.b);
    expect(again.a.state.conflicts).toEqual([]);
  });

  test('I6 whatever is launched where, all stations agree which run of a plan stands, and exactly one does', () => {
    const turn = fc.record({
      who: fc.constantFrom('a', 'b', 'meet'),
      plan: fc.constantFrom('flood', 'fire'),
      wait: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
        const { a, b } = apart();
        const newest = new Map<string, string>();
        turns.forEach(({ who, plan, wait }, i) => {
          if (who === 'meet') {
            a.meet(b);
            return;
          }
          const run = `run:${who}${i}`;
          newest.set(`${who} ${plan}`, run);
          (who === 'a' ? a : b).do(say({ do: 'launch-plan', plan, run, actor: 'commander' }), wait);
        });
        a.meet(b);
        expect(a.state).toEqual(b.state);
        for (const plan of Object.keys(a.state.plans)) {
          const heads = (a.state.plans[plan] ?? []).map((head) => head.value);
          const standing = new Set(heads.map((run) => runThatStands(a.state, plan, run)));
          expect(standing).toEqual(new Set([heads[0]]));
          expect(heads.every((run) => [newest.get(`a ${plan}`), newest.get(`b ${plan}`)].includes(run))).toBe(true);
          const open = a.state.conflicts.filter((c) => c.field === `plan.${plan}` && c.seen === null);
          expect(open).toHaveLength(heads.length > 1 ? 1 : 0);
          expect(runThatStands(a.state, plan, 'run:never')).toBeNull();
        }
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  test('I6 a plan with a name from hell is a name like any other', () => {
    const { a } = apart();
    a.do(say({ do: 'launch-plan', plan: '__proto__', run: 'run:x', actor: 'commander' }));
    expect(Object.keys(a.state.plans)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).by).toBeUndefined();
  });

  test('I5 closed or unknown: refused', () => {
    expect(() => station('A').do(say(setLevel(1, 'x')))).toThrow(/no incident/);
    const { a } = apart();
    a.do(say({ do: 'close', reason: 'dry', actor: 'commander' }));
    expect(() => a.do(say(setLevel(1, 'x')))).toThrow(/closed/);
  });

  const close: IncidentCommand = { do: 'close', reason: 'dry', actor: 'commander' };
  const reopen: IncidentCommand = { do: 'reopen', reason: 'rain again', actor: 'duty' };
  const into = (id: string, openedAt = 0) => ({ id, openedAt, state: 'open' as const });

  test('I4 what was closed is opened again with a reason, and takes decisions again', () => {
    const { a } = apart();
    expect(a.do(say(reopen))).toEqual([]);
    a.do(say(close));
    expect(a.state).toMatchObject({ state: 'closed' });
    expect(a.state.closedAt).not.toBeNull();
    a.do(say(reopen));
    expect(a.state).toMatchObject({ state: 'open', closedAt: null, conflicts: [] });
    a.do(say(setLevel(1, 'duty')));
    expect(levelOf(a.state).value).toBe(1);
  });

  test('I4 opened again at one station and closed once more at the other while apart: open stands, both are shown', () => {
    const { a, b } = apart();
    a.do(say(close));
    b.do(say(close), 3000);
    a.do(say(reopen));
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(a.state).toMatchObject({ state: 'open', conflicts: [{ field: 'end', rule: 'open-first', seen: null }] });
    b.do(say(close));
    a.meet(b);
    expect(a.state).toMatchObject({ state: 'closed', conflicts: [{ seen: { station: 'B' } }] });
  });

  test('I4 a close of before incidents could be opened again still closes', () => {
    const { a } = apart();
    a.do(() => [{ type: 'incident.closed', subject: 'incident:1', actor: 'duty', body: { reason: 'dry' } }]);
    expect(a.state).toMatchObject({ state: 'closed', closedAt: a.now });
  });

  test('I8 whoever opened it has it, until another takes it', () => {
    const { a, b } = apart();
    expect(ownerOf(a.state)).toBe('duty');
    expect(a.do(say({ do: 'take', actor: 'duty' }))).toEqual([]);
    a.do(say({ do: 'take', actor: 'deputy' }));
    b.do(say({ do: 'take', actor: 'commander' }), 9000);
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect(ownerOf(a.state)).toBe('deputy');
    expect(a.state.conflicts).toMatchObject([{ field: 'owner', rule: 'earliest', seen: null }]);
  });

  test('I9 the one opened later goes into the one opened earlier and takes no decisions until it is split off', () => {
    const { a } = apart();
    expect(() => a.do(say({ do: 'merge', into: into('incident:2', a.now + 1), actor: 'duty' }))).toThrow(/earlier/);
    expect(() => a.do(say({ do: 'merge', into: { ...into('x'), state: 'closed' }, actor: 'duty' }))).toThrow(/open/);
    expect(() => a.do(say({ do: 'split', actor: 'duty' }))).toThrow(/not part/);
    a.do(say({ do: 'merge', into: into('incident:0'), actor: 'duty' }));
    expect([a.state.state, mergedInto(a.state)]).toEqual(['merged', 'incident:0']);
    for (const command of [setLevel(1, 'duty'), close, reopen]) expect(() => a.do(say(command))).toThrow(/part of/);
    a.do(say({ do: 'split', actor: 'duty' }));
    expect([a.state.state, mergedInto(a.state)]).toEqual(['open', null]);
  });

  test('I10 what was told and who told it belong to the opening', () => {
    const a = station('A');
    a.do(say({ ...open, words: 'a car has stalled', caller: { name: 'Li', phone: '139' } }));
    expect(a.state).toMatchObject({ words: 'a car has stalled', caller: { name: 'Li', phone: '139' }, alarm: null });
  });

  test('whatever is decided where, all stations agree what an incident is, whose, and in which it is counted', () => {
    const command = fc.constantFrom<IncidentCommand>(
      ...[close, reopen, { do: 'take', actor: 'x' } as const, { do: 'split', actor: 'x' } as const],
      ...['incident:0', 'incident:00'].map((id) => ({ do: 'merge', into: into(id), actor: 'x' }) as const),
      { do: 'join', alarm: 'alarm:x:y', actor: 'x' },
    );
    const turn = fc.record({
      who: fc.constantFrom('a', 'b', 'meet'),
      command,
      wait: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 24 }), (turns) => {
        const { a, b } = apart();
        for (const { who, command: next, wait } of turns) {
          if (who === 'meet') a.meet(b);
          else
            try {
              (who === 'a' ? a : b).do(say(next), wait);
            } catch (error) {
              expect(error).toBeInstanceOf(Refusal);
            }
        }
        a.meet(b);
        expect(a.state).toEqual(b.state);
        const { state, end, closedAt } = a.state;
        const values = end.map((head) => head.value);
        expect(state === 'open').toBe(values.length === 0 || values.includes('open'));
        expect(closedAt === null).toBe(state === 'open');
        expect(mergedInto(a.state) !== null).toBe(state === 'merged');
      }),
      { seed: 20261127, numRuns: 400 },
    );
  });
});
