import { describe, expect, it } from 'vitest';
import { actorNamed, nameOfActor } from './actor.ts';
import { chainKey, DAILY, EVERY, eventId, isStream, isTakenName, shownChain, splitKey, takesStream } from './stream.ts';

describe('streams and what is called by them', () => {
  it.each(['ops', 'cases', 'config', 'audit', 'drill:flood-2026', 'later'])('%s is a stream', (stream) => {
    expect(isStream(stream)).toBe(true);
    const key = chainKey({ stream, station: 'hall-a~2' });
    expect(splitKey(key)).toEqual({ stream, station: 'hall-a~2' });
    expect(eventId({ stream, station: 'hall-a~2', seq: 7 })).toBe(`${stream}/hall-a~2-7`);
  });

  it.each(['', 'Ops', 'a/b', 'drill:', 'drill:a/b', '__proto__', `${'x'.repeat(21)}`, 'drill:a:b', 'ops '])(
    '%j is none',
    (stream) => {
      expect(isStream(stream)).toBe(false);
    },
  );

  it.each([
    ['ops', ['ops'], true],
    ['cases', ['ops', 'audit'], false],
    ['later', DAILY, true],
    ['drill:flood', DAILY, false],
    ['drill:flood', ['drill:*'], true],
    ['drill:flood', ['ops', 'drill:flood'], true],
    ['drill:other', ['ops', 'drill:flood'], false],
    ['ops', ['drill:*'], false],
    ['drill:flood', EVERY, true],
    ['ops', [], false],
  ])('%s is one of %j: %s', (stream, taken, so) => {
    expect(takesStream(taken, stream)).toBe(so);
  });

  it('what is taken is named like a stream, or is one of two stars', () => {
    expect(['ops', 'drill:flood', '*', 'drill:*'].every(isTakenName)).toBe(true);
    expect(['', 'ops*', 'cases:*', 'Ops', 'drill:'].some(isTakenName)).toBe(false);
  });

  it('people are told of the daily work by the station alone', () => {
    expect(['ops/a~2', 'audit/a', 'a'].map(shownChain)).toEqual(['a~2', 'a (audit)', 'a']);
  });
});

describe('actors', () => {
  it.each([
    ['duty', { kind: 'person', id: 'duty', seat: 'duty' }],
    ['rule.waterlogging', { kind: 'rule', id: 'waterlogging', seat: null }],
    ['feed.weather', { kind: 'feed', id: 'weather', seat: null }],
    ['hall.timer', { kind: 'timer', id: 'hall', seat: null }],
    ['ruler', { kind: 'person', id: 'ruler', seat: 'ruler' }],
  ] as const)('%s has a kind, and is shown as it was called', (name, actor) => {
    expect(actorNamed(name)).toEqual(actor);
    expect(nameOfActor(actorNamed(name))).toBe(name);
  });
});
