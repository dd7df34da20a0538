import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { canonicalJson } from './canonical.ts';
import { EMPTY_CHAIN, seal } from './chain.ts';
import type { EventDraft, LedgerEvent } from './envelope.ts';
import { formatHlc } from './hlc.ts';
import { readEvent } from './intake.ts';
import { dropTexts, storedWireText, textsOf, wireText } from './texts.ts';

const body = fc
  .dictionary(fc.string(), fc.jsonValue())
  .filter((value) => !JSON.stringify(value).includes('"__proto__":')) as fc.Arbitrary<EventDraft['body']>;
const place = { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 };

describe('an event in words', () => {
  it('L1: says the same kept, written anew, sent, and read by another station', () => {
    fc.assert(
      fc.property(body, (value) => {
        const event = seal({ type: 't', subject: '值:"1"', actor: '值班员', body: value }, place, sha256);
        const { hash, ...content } = event;
        expect(textsOf(event)).toEqual(textsOf({ ...event }));
        expect(textsOf(event).content).toBe(canonicalJson(content));
        const read = readEvent(JSON.parse(wireText(event))) as LedgerEvent;
        expect(JSON.stringify(read.body)).toBe(JSON.stringify(event.body));
        expect(read).toEqual(event);
        expect(textsOf(read)).toEqual(textsOf(event));
        const kept = textsOf(event);
        expect(storedWireText({ ...event, actor: kept.actor, body: kept.body })).toBe(wireText(event));
        dropTexts([event]);
        expect(textsOf(event)).not.toBe(kept);
        expect(textsOf(event)).toEqual(kept);
      }),
    );
  });

  it('L8: the body is what its text says, in its order', () => {
    fc.assert(
      fc.property(body, (value) => {
        const event = seal({ type: 't', subject: 's:1', actor: 'duty', body: value }, place, sha256);
        expect(JSON.stringify(event.body)).toBe(JSON.stringify(JSON.parse(textsOf(event).body)));
      }),
    );
  });
});
