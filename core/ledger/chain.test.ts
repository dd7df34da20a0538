import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { actorNamed } from './actor.ts';
import { canonicalJson } from './canonical.ts';
import { type ChainHead, checkNext, EMPTY_CHAIN, ledgerDigest, seal } from './chain.ts';
import type { LedgerEvent } from './envelope.ts';
import { formatHlc } from './hlc.ts';
import { misfit } from './shape.ts';

function chain(length: number, station = 'a', salt = 0): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  let head: ChainHead = EMPTY_CHAIN;
  for (let i = 0; i < length; i++) {
    const draft = { type: 'note.written', subject: 'note:1', actor: 'duty', body: { i, salt } };
    const event = seal(draft, { ...OPS_1, station, head, hlc: formatHlc(1000 + i, 0), at: 1000 + i }, sha256);
    head = { seq: event.seq, hash: event.hash };
    events.push(event);
  }
  return events;
}

const headOf = (event: LedgerEvent): ChainHead => ({ seq: event.seq, hash: event.hash });
const [one, two, three] = chain(3) as [LedgerEvent, LedgerEvent, LedgerEvent];

describe('chain', () => {
  it('L2: numbers from 1, links to the one before, and passes its own check', () => {
    let head = EMPTY_CHAIN;
    for (const event of chain(5)) {
      expect(checkNext(head, event, sha256)).toBeNull();
      expect(misfit(event)).toBeNull();
      head = headOf(event);
    }
    expect(head.seq).toBe(5);
  });

  it('L1: what is hashed is the canonical JSON of all but the hash', () => {
    const { hash, ...content } = { ...one, actor: actorNamed('值班员 "A"') };
    const sealed = seal(
      { ...content, actor: '值班员 "A"' },
      { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: one.hlc, at: one.at },
      sha256,
    );
    expect(sealed.hash).toBe(sha256(canonicalJson(content)));
    expect(sealed.hash).not.toBe(hash);
  });

  it('L3: names what is wrong', () => {
    expect(checkNext(headOf(one), three, sha256)).toEqual({ fault: 'gap', expected: 2 });
    expect(checkNext(headOf(two), two, sha256)).toEqual({ fault: 'repeat' });
    expect(checkNext(headOf(one), { ...two, id: 'ops/b-2' }, sha256)).toEqual({ fault: 'misnamed' });
    expect(checkNext({ seq: 1, hash: 'f'.repeat(64) }, two, sha256)).toEqual({ fault: 'broken-link' });
    expect(checkNext(headOf(one), { ...two, at: two.at + 1 }, sha256)).toEqual({ fault: 'altered' });
  });

  it('L1: a change of any member is found', () => {
    const member = fc.constantFrom('hlc', 'at', 'type', 'subject', 'actor', 'body', 'prev', 'hash', 'id', 'seq');
    fc.assert(
      fc.property(member, fc.jsonValue(), (key, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(two[key as keyof LedgerEvent]));
        const altered = { ...two, [key]: value } as LedgerEvent;
        expect(checkNext(headOf(one), altered, sha256)).not.toBeNull();
      }),
    );
  });

  it('L10: digests agree exactly when the same events are held', () => {
    const digest = (...chains: LedgerEvent[][]): string => {
      const heads = chains.flatMap((events) => events.slice(-1).map((last) => [last.station, headOf(last)] as const));
      return ledgerDigest(Object.fromEntries(heads), sha256);
    };
    expect(digest(chain(3, 'a'), chain(2, 'b'))).toBe(digest(chain(2, 'b'), chain(3, 'a')));
    expect(digest(chain(3, 'a'), chain(2, 'b'))).not.toBe(digest(chain(3, 'a'), chain(3, 'b')));
    expect(digest(chain(3, 'a', 1))).not.toBe(digest(chain(3, 'a', 2)));
  });
});
