import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { UncarriedValue } from './canonical.ts';
import { EMPTY_CHAIN, seal } from './chain.ts';
import type { EventDraft, LedgerEvent } from './envelope.ts';
import { formatHlc } from './hlc.ts';
import { isIntakeFault, readEvent } from './intake.ts';
import { MAX_EVENT_CHARS, MAX_EVENT_DEPTH, textsOf } from './texts.ts';

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

  it('L4: what may be sealed is what is taken, to the character and to the level', () => {
    const place = { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 };
    const left = MAX_EVENT_CHARS - textsOf(seal({ ...draft, body: { text: '' } }, place, sha256)).content.length;
    for (const [fits, beyond] of [
      [{ text: 'x'.repeat(left) }, { text: 'x'.repeat(left + 1) }],
      [{ text: '\n'.repeat(left >> 1) }, { text: '\n'.repeat((left >> 1) + 1) }],
      [{ deep: nested(MAX_EVENT_DEPTH - 2) }, { deep: nested(MAX_EVENT_DEPTH - 1) }],
    ] as [EventDraft['body'], EventDraft['body']][]) {
      const sealed = seal({ ...draft, body: fits }, place, sha256);
      expect(readEvent(JSON.parse(JSON.stringify(sealed)))).toEqual(sealed);
      expect(() => seal({ ...draft, body: beyond }, place, sha256)).toThrow(UncarriedValue);
      expect(readEvent({ ...sealed, body: beyond })).toMatchObject({ reason: 'too-large' });
    }
  });

  it('L8: members come in the same order, whoever passed the event on', () => {
    const sealed = seal(
      { ...draft, body: { b: 1, a: { d: 1, c: 2 } } },
      { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 },
      sha256,
    );
    expect(JSON.stringify(sealed.body)).toBe('{"a":{"c":2,"d":1},"b":1}');
    const read = readEvent({ ...sealed, body: { b: 1, a: { d: 1, c: 2 } } }) as LedgerEvent;
    expect(JSON.stringify(read.body)).toBe(JSON.stringify(sealed.body));
  });

  it('L4: refuses a member named __proto__', () => {
    expect(readEvent({ ...event, body: JSON.parse('{"__proto__": 1}') })).toMatchObject({ reason: 'malformed' });
  });

  it('L4: a nesting that would exhaust the stack is only refused', () => {
    expect(readEvent({ ...event, body: { deep: nested(200_000) } })).toMatchObject({ reason: 'too-large' });
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
