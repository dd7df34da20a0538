import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { type Call, type CallCommand, callAggregate, decideCall, incidentOfCall, waits } from './call.ts';

const come: CallCommand = {
  ...{ do: 'come', actor: 'hall.drill', to: ['duty'], about: { caller: { name: 'Li', phone: '139' } } },
  text: { zh: '有车辆熄火', en: 'a car has stalled' },
};
const answer = (incident: string | null, actor = 'duty'): CallCommand => ({ do: 'answer', incident, actor });
const say = (command: CallCommand) => (call: Call) => decideCall(call, command);
const station = (name: string) => new PaperStation<Call>(name, callAggregate, 'call:1');

describe('a call', () => {
  test('T1 comes once, and T2 waits until a seat answers it', () => {
    const a = station('A');
    a.do(say(come));
    expect(a.do(say({ ...come, to: ['commander'] }))).toEqual([]);
    expect([a.state.to, waits(a.state)]).toEqual([['duty'], true]);
    expect(incidentOfCall(a.state)).toBeNull();
    a.do(say(answer('incident:1')));
    expect([waits(a.state), incidentOfCall(a.state)]).toEqual([false, 'incident:1']);
    expect(a.do(say(answer(null)))).toEqual([]);
  });

  test('T2 one that was noted became no incident', () => {
    const a = station('A');
    a.do(say(come));
    a.do(say(answer(null)));
    expect([waits(a.state), incidentOfCall(a.state)]).toEqual([false, null]);
  });

  test('T3 an answer to a call that nobody knows is refused', () => {
    expect(() => station('A').do(say(answer(null)))).toThrow(/no call/);
  });

  test('T2 answered differently while apart, all stations agree, and both answers are shown (property)', () => {
    const turn = fc.record({
      who: fc.constantFrom('a', 'b', 'meet'),
      incident: fc.constantFrom('incident:1', 'incident:2', null),
      wait: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 10 }), (turns) => {
        const [a, b] = [station('A'), station('B')];
        a.do(say(come));
        a.meet(b);
        for (const { who, incident, wait } of turns) {
          if (who === 'meet') a.meet(b);
          else (who === 'a' ? a : b).do(say(answer(incident)), wait);
        }
        a.meet(b);
        expect(a.state).toEqual(b.state);
        const values = new Set(a.state.answer.map(({ value }) => value));
        expect(a.state.conflicts).toHaveLength(values.size > 1 ? 1 : 0);
        expect(waits(a.state)).toBe(values.size === 0);
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });
});
