import { describe, expect, test } from 'vitest';
import { PaperStation } from '../../tests/fakes/fold.ts';
import { type Call, callAggregate, decideCall, waits } from './call.ts';
import { decideReport, type Report } from './report.ts';

const text = (said: string) => ({ zh: said, en: said });
const FROM = { feed: 'hotline', name: { zh: '12345 热线', en: 'Hotline' }, to: ['duty'] };
const report = (more: Partial<Report> = {}): Report => ({
  ...{ id: '0042', at: 1000, text: text('井盖缺失'), about: { kind: 'road' }, over: false },
  ...more,
});
const say = (said: Report) => (call: Call) => decideReport(call, said, FROM);
const answer = (call: Call) => decideCall(call, { do: 'answer', incident: null, actor: 'duty' });
const station = (name: string) => new PaperStation<Call>(name, callAggregate, 'call:1');

describe('a report of another system', () => {
  test('T4 comes once, with the system and its number, and by the feed', () => {
    const a = station('A');
    expect(a.do(say(report()))).toEqual(['call.came']);
    expect(a.state.came?.actor).toBe('feed.hotline');
    expect(a.state).toMatchObject({
      ...{ to: ['duty'], about: { kind: 'road' } },
      source: { feed: 'hotline', name: FROM.name, id: '0042', at: 1000 },
    });
    expect(a.do(say(report()))).toEqual([]);
    expect(waits(a.state)).toBe(true);
  });

  test('T4 does not come where its system is done with it before it is heard of', () => {
    expect(station('A').do(say(report({ over: true })))).toEqual([]);
  });

  test('T5 says what its system says last, waits no more when that is done with it, and again when it is taken up again', () => {
    const a = station('A');
    a.do(say(report()));
    a.do(say(report({ text: text('井盖缺失，有人受伤') })));
    expect([a.state.text.zh, waits(a.state)]).toEqual(['井盖缺失，有人受伤', true]);
    a.do(say(report({ over: true })));
    expect(waits(a.state)).toBe(false);
    expect(a.do(say(report({ over: true })))).toEqual([]);
    a.do(say(report()));
    expect([waits(a.state), a.state.source?.id]).toEqual([true, '0042']);
  });

  test('T5 changes nothing once a seat has answered', () => {
    const a = station('A');
    a.do(say(report()));
    a.do(answer);
    expect(a.do(say(report({ text: text('另一件事') })))).toEqual([]);
    expect(a.do(say(report({ over: true })))).toEqual([]);
  });

  test('T4 two stations that hear of it while apart have one call', () => {
    const [a, b] = [station('A'), station('B')];
    a.do(say(report()));
    b.do(say(report({ at: 2000 })));
    a.meet(b);
    expect(a.state).toEqual(b.state);
    expect([waits(a.state), a.state.source?.id, a.state.conflicts]).toEqual([true, '0042', []]);
    for (const each of [a, b]) expect(each.do(say({ ...report(), at: 2000 }))).toEqual([]);
  });
});
