import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { EMPTY_CHAIN, seal } from './chain.ts';
import { formatHlc } from './hlc.ts';
import { isIntakeFault, MAX_EVENT_CHARS, MAX_EVENT_DEPTH, readEvent, weigh } from './intake.ts';

const draft = { type: 'note.written', subject: 'note:1', actor: 'duty', body: { n: 1 } };
const event = seal(draft, { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 }, sha256);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
}

describe('events from outside', () => {
  it('L4: takes a sealed event as it is', () => {
    expect(readEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it('L4: drops members it does not know', () => {
    expect(readEvent({ ...event, more: 1 })).toEqual(event);
  });

  it('L4: refuses what is too large, too deep, or no JSON, and says which', () => {
    expect(weigh({ text: 'x'.repeat(MAX_EVENT_CHARS) }, MAX_EVENT_CHARS, MAX_EVENT_DEPTH)?.reason).toBe('too-large');
    expect(weigh(nested(MAX_EVENT_DEPTH + 1), MAX_EVENT_CHARS, MAX_EVENT_DEPTH)?.message).toMatch(/nested/);
    expect(weigh(nested(MAX_EVENT_DEPTH), MAX_EVENT_CHARS, MAX_EVENT_DEPTH)).toBeNull();
    expect(weigh({ n: Number.NaN }, 100, 10)?.reason).toBe('malformed');
    expect(weigh(JSON.parse('{"__proto__": 1}'), 100, 10)?.message).toMatch(/__proto__/);
  });

  it('L4: a nesting that would exhaust the stack is only refused', () => {
    expect(readEvent({ ...event, body: nested(200_000) })).toMatchObject({ reason: 'too-large' });
  });

  it('L4: never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (value) => {
        expect(isIntakeFault(readEvent(value))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(event)), fc.jsonValue(), (key, value) => {
        expect(() => readEvent({ ...event, [key]: value })).not.toThrow();
      }),
    );
  });
});
