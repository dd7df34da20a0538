import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { EMPTY_CHAIN, seal } from './chain.ts';
import { formatHlc, isHlc } from './hlc.ts';
import { misfit } from './shape.ts';
import { isStream } from './stream.ts';

const draft = { type: 'note.written', subject: 'note:1', actor: 'duty', body: { n: 1 } };
const event = seal(draft, { ...OPS_1, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 }, sha256);

const word = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The same as a schema says it: ten times as slow, and easier to read. */
const EventSchema = z.object({
  id: word(250),
  stream: z.string().refine(isStream),
  station: word(100),
  seq: z.number().int().positive(),
  hlc: z.string().refine(isHlc),
  at: z.number().int().nonnegative(),
  type: word(100),
  v: z.number().int().positive().max(1_000_000),
  subject: word(250),
  actor: z.looseObject({
    kind: word(20),
    id: word(100),
    seat: word(100).nullable(),
    person: word(100).exactOptional(),
    session: word(100).exactOptional(),
  }),
  body: z.looseObject({}),
  prev: hash,
  hash,
});

const long = (max: number) => fc.constantFrom('x'.repeat(max), 'x'.repeat(max + 1), '\u{1f6a8}'.repeat(max / 2 + 1));
const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('du\u0000ty', 'note:\ud800', '', 'A'.repeat(64), 'f'.repeat(64), '1'.repeat(64), 'drill:x', '值班'),
  fc.constantFrom(0, -1, 1, 1.5, -0, 1e6, 1e6 + 1, 2 ** 53 - 1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  ...[20, 100, 250].map(long),
);

describe('members of an event', () => {
  it('L4: takes and refuses what the schema does, and names the same member', () => {
    const ofEvent = fc.constantFrom(...Object.keys(event));
    const ofActor = fc.constantFrom('kind', 'id', 'seat', 'person', 'session', 'later');
    const changed: fc.Arbitrary<unknown> = fc.oneof(
      value,
      fc.tuple(ofEvent, value).map(([name, is]) => ({ ...event, [name]: is })),
      ofEvent.map((name) => ({ ...event, [name]: undefined })),
      fc.tuple(ofActor, value).map(([name, is]) => ({ ...event, actor: { ...event.actor, [name]: is } })),
      fc.dictionary(ofActor, value).map((actor) => ({ ...event, actor })),
    );
    fc.assert(
      fc.property(changed, (what) => {
        const found = misfit(what);
        const said = EventSchema.safeParse(what);
        expect(found === null).toBe(said.success);
        if (found) expect(said.error?.issues.map(({ path }) => path.join('.'))).toContain(found.path);
      }),
      { numRuns: 2000, examples: [[event], [null], [[event]], [{}]] },
    );
  });

  it.each([
    ['a control character', { actor: { ...event.actor, id: 'du\u0000ty' } }, 'actor.id'],
    ['a lone surrogate', { subject: 'note:\ud800' }, 'subject'],
    ['an empty type', { type: '' }, 'type'],
    ['a list for a body', { body: [] }, 'body'],
    ['a hash in capitals', { hash: 'A'.repeat(64) }, 'hash'],
    ['a seq of 0', { seq: 0 }, 'seq'],
    ['an account that is no text', { actor: { ...event.actor, person: 7 } }, 'actor.person'],
  ])('L4: refuses %s', (_, change, path) => {
    expect(misfit({ ...event, ...change })).toMatchObject({ path });
  });
});
