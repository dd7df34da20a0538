import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { Refusal } from '../refusal.ts';
import {
  decideHandover,
  endOf,
  type Handover,
  type HandoverCommand,
  handoverAggregate,
  sameName,
  stateOf,
} from './handover.ts';
import { putTogether } from './sheet.ts';

const sheet = (at: number) => putTogether({ incidents: [], alarms: [], calls: [], runs: [], feeds: [] }, at);
const BEGIN: HandoverCommand = { do: 'begin', from: '张伟', text: '三号泵待修', others: false, actor: 'duty' };
const note = (text: string, actor = 'duty'): HandoverCommand => ({ do: 'note', text, actor });
const confirm = (to: string, actor = 'duty'): HandoverCommand => ({ do: 'confirm', to, sheet: sheet(5), actor });
const withdraw = (actor = 'duty'): HandoverCommand => ({ do: 'withdraw', reason: '误操作', actor });
const say = (command: HandoverCommand) => (handover: Handover) => decideHandover(handover, command);
const station = (name: string) => new PaperStation<Handover>(name, handoverAggregate, 'handover:1');

function apart() {
  const [a, b] = [station('A'), station('B')];
  a.do(say(BEGIN));
  a.meet(b);
  return { a, b };
}

describe('a handover', () => {
  test('S1 is begun once, by name, at a seat where none is open', () => {
    const a = station('A');
    expect(() => a.do(say({ ...BEGIN, others: true }))).toThrow(/open at this seat already/);
    expect(a.do(say(BEGIN))).toEqual(['handover.begun']);
    expect(a.do(say({ ...BEGIN, from: '李娜' }))).toEqual([]);
    expect(a.state).toMatchObject({ from: '张伟', begun: { actor: 'duty' }, notes: [{ text: '三号泵待修' }] });
    expect(stateOf(a.state)).toBe('open');
  });

  test('S2 takes notes of any seat while it is open, and keeps one that comes late', () => {
    const { a, b } = apart();
    b.do(say(note('雷达已复测', 'commander')));
    a.do(say(confirm('李娜')));
    expect(() => a.do(say(note('太晚')))).toThrow(/confirmed/);
    a.meet(b);
    expect(a.state.notes.map(({ text }) => text)).toEqual(['三号泵待修', '雷达已复测']);
    expect(b.state).toEqual(a.state);
  });

  test('S3 is confirmed at its seat by somebody else, and the sheet stands in it', () => {
    const { a } = apart();
    for (const name of ['张伟', ' 张 伟 ']) expect(() => a.do(say(confirm(name)))).toThrow(/somebody else/);
    expect(() => a.do(say(confirm('李娜', 'commander')))).toThrow(/at the seat/);
    expect(a.do(say(confirm('李娜')))).toEqual(['handover.confirmed']);
    expect(endOf(a.state)).toMatchObject({ to: '李娜', sheet: { at: 5 } });
    expect(stateOf(a.state)).toBe('confirmed');
  });

  test('S3 one name in other case, width or spacing is one name', () => {
    expect(sameName('Zhang Wei', 'ｚｈａｎｇ  wei')).toBe(true);
    expect(sameName('王芳', '王方')).toBe(false);
  });

  test('S4 is withdrawn at its seat, and then takes no more decisions', () => {
    const { a } = apart();
    expect(() => a.do(say(withdraw('commander')))).toThrow(/at the seat/);
    expect(a.do(say(withdraw()))).toEqual(['handover.withdrawn']);
    expect(stateOf(a.state)).toBe('withdrawn');
    expect(endOf(a.state)).toMatchObject({ to: null, sheet: null });
    for (const late of [confirm('李娜'), note('太晚'), withdraw()]) expect(() => a.do(say(late))).toThrow(/withdrawn/);
  });

  test('S4 nothing is decided about one that was never begun', () => {
    for (const command of [confirm('李娜'), note('x'), withdraw()])
      expect(() => station('A').do(say(command))).toThrow(/there is no handover/);
  });

  test('S5 confirmed stands before withdrawn, whichever was later, and both are shown until somebody has looked', () => {
    for (const first of ['a', 'b'] as const) {
      const { a, b } = apart();
      (first === 'a' ? b : a).now += 5000;
      a.do(say(confirm('李娜')));
      b.do(say(withdraw()));
      a.meet(b);
      expect(b.state).toEqual(a.state);
      expect(endOf(a.state)).toMatchObject({ to: '李娜', by: { station: 'A' }, sheet: { at: 5 } });
      const [conflict] = a.state.conflicts;
      expect(conflict).toMatchObject({ field: 'handover', rule: 'confirmed-first', seen: null });
      expect(conflict?.values.map(({ value }) => value).sort()).toEqual(['', '李娜']);
      a.do(say({ do: 'see-conflict', conflict: conflict?.id ?? '', actor: 'commander' }));
      expect(a.state.conflicts[0]?.seen).toMatchObject({ actor: 'commander' });
    }
  });

  test('S5 of two who took over apart the first in the merge order stands, with its sheet', () => {
    const { a, b } = apart();
    a.do(say(confirm('李娜')), 1000);
    b.do(say({ do: 'confirm', to: '王芳', sheet: sheet(9), actor: 'duty' }), 9000);
    a.meet(b);
    expect(b.state).toEqual(a.state);
    expect(endOf(a.state)).toMatchObject({ to: '李娜', sheet: { at: 5 } });
    expect(a.state.conflicts[0]?.values).toHaveLength(2);
  });

  test('whatever stations do while apart, they agree when they meet; a confirmation and what anybody wrote is never lost', () => {
    const turn = fc.record({
      who: fc.constantFrom('a', 'b', 'c', 'meet'),
      command: fc.oneof(
        fc.constantFrom('李娜', '王芳', '张伟').map((name) => confirm(name)),
        fc.constantFrom('x', 'y').map((text) => note(text, 'commander')),
        fc.constantFrom(withdraw(), BEGIN),
      ),
      wait: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
        const { a, b } = apart();
        const c = station('C');
        const meet = () => {
          a.meet(b);
          b.meet(c);
          a.meet(c);
        };
        for (const { who, command, wait } of turns) {
          if (who === 'meet') meet();
          else {
            try {
              ({ a, b, c })[who as 'a'].do(say(command), wait);
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
            }
          }
        }
        meet();
        expect(b.state).toEqual(a.state);
        expect(c.state).toEqual(a.state);
        const written = (type: string) => a.events.filter((event) => event.type === type);
        const confirmed = written('handover.confirmed');
        if (confirmed.length > 0) expect(stateOf(a.state)).toBe('confirmed');
        else expect(stateOf(a.state)).toBe(written('handover.withdrawn').length > 0 ? 'withdrawn' : 'open');
        for (const event of written('handover.noted'))
          expect(a.state.notes.some(({ by }) => by.event === event.id)).toBe(true);
        const names = new Set(confirmed.map(({ body }) => body.to));
        if (names.size > 1) expect(a.state.conflicts).toHaveLength(1);
      }),
      { seed: 20261127, numRuns: 500 },
    );
  });
});
