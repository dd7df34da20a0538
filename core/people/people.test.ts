import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outOfScope, principalOf, withoutRight } from './principal.ts';
import { RIGHTS, type Right } from './right.ts';
import { RIGHTS_OF } from './role.ts';

const at = (seat: string) => principalOf({ seat, station: 'S1', via: 'window' });

describe('a principal', () => {
  test('a seat with a name of its own is of its kind, every other a department’s', () => {
    expect(['duty', 'deputy', 'commander', 'wall', 'fire', 'nobody'].map((seat) => at(seat).kind)).toEqual([
      ...['duty', 'deputy', 'commander', 'wall', 'department', 'department'],
    ]);
    expect(principalOf({ seat: 'duty', station: 'S1', via: 'shell' }).kind).toBe('shell');
    expect(principalOf({ seat: 'commander', station: 'S1', via: 'integration' }).rights.has('station.operate')).toBe(
      false,
    );
  });

  test('a department acts for itself alone, operations for all, a wall for none', () => {
    expect(outOfScope(at('fire'), 'fire')).toBeNull();
    expect(outOfScope(at('fire'), 'police')?.en).toBe(
      'the seat fire may not act on a step of police (right steps.act, own department only)',
    );
    for (const seat of ['duty', 'deputy', 'commander']) expect(outOfScope(at(seat), 'police')).toBeNull();
    expect(outOfScope(at('wall'), 'wall')).not.toBeNull();
  });

  test('for any seat and right: refused with both named, or not at all', () => {
    const seats = fc.oneof(
      fc.constantFrom('duty', 'wall', 'constructor', 'fire'),
      fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
    );
    fc.assert(
      fc.property(seats, fc.constantFrom(...(Object.keys(RIGHTS) as Right[])), (seat, right) => {
        const who = at(seat);
        const why = withoutRight(who, right);
        expect(why === null).toBe(RIGHTS_OF[who.kind].has(right));
        for (const text of why ? [why.zh, why.en] : []) {
          expect(text).toContain(seat);
          expect(text).toContain(right);
        }
      }),
      { seed: 18, numRuns: 300 },
    );
  });

  test('it does not change', () => {
    const who = at('wall');
    expect(() => Object.assign(who, { seat: 'duty' })).toThrow(TypeError);
    expect(() => Object.assign(who.scope, { departments: 'all' })).toThrow(TypeError);
  });
});
