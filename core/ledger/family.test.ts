import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { EMPTY_CHAIN, seal } from './chain.ts';
import type { EventDraft, LedgerEvent } from './envelope.ts';
import { type EventFamily, firstVersions, readBody, stamper } from './family.ts';
import { formatHlc } from './hlc.ts';
import { type Aggregate, createProjection } from './projection.ts';

/** Metres since version 2, with what was said about it since 3; centimetres before. */
const depth: Aggregate<{ metres: number; note: string }> = {
  kind: 'depth',
  stream: 'cases',
  initialState: () => ({ metres: 0, note: '' }),
  evolve: (_, { body }) => body as unknown as { metres: number; note: string },
  events: {
    'depth.read': {
      v: 3,
      body: z.object({ metres: z.number(), note: z.string() }),
      upcast: {
        1: ({ cm }) => ({ metres: (cm as number) / 100 }),
        2: (body) => ({ ...body, note: '' }),
      },
    },
  },
};

function event(v: number, body: EventDraft['body'], stream = 'cases'): LedgerEvent {
  const draft = { type: 'depth.read', subject: 'depth:1', actor: 'duty', body };
  return seal(draft, { stream, v, station: 'a', head: EMPTY_CHAIN, hlc: formatHlc(1, 0), at: 1 }, sha256);
}

describe('versions of an event type', () => {
  it.each([
    [1, { cm: 250 }, { metres: 2.5, note: '' }],
    [2, { metres: 2.5 }, { metres: 2.5, note: '' }],
    [3, { metres: 2.5, note: 'n', later: true }, { metres: 2.5, note: 'n' }],
  ])('L9: version %i is read in today’s form', (v, body, read) => {
    expect(readBody(depth, event(v, body))).toEqual(read);
    const told: string[] = [];
    const projection = createProjection(
      depth,
      () => [],
      undefined,
      (foreign) => told.push(foreign.id),
    );
    projection.apply([event(v, body)]);
    expect(projection.get('depth:1')).toEqual(read);
    expect(told).toEqual([]);
  });

  it.each([
    ['a later version', event(4, { metres: 1, note: '' })],
    ['a body that its upcaster did not expect', event(1, {})],
    ['another stream', event(3, { metres: 1, note: '' }, 'ops')],
    ['another type', { ...event(3, { metres: 1, note: '' }), type: 'constructor' }],
  ])('L9: %s changes nothing, and is said', (_, odd) => {
    expect(readBody(depth, odd)).toBeNull();
    const told: string[] = [];
    const projection = createProjection(
      depth,
      () => [],
      undefined,
      (foreign) => told.push(foreign.id),
    );
    projection.apply([odd]);
    expect(projection.get('depth:1')).toEqual({ metres: 0, note: '' });
    expect(told).toEqual([odd.id]);
  });

  it('a version without a way to the next is not understood', () => {
    const gap: EventFamily = {
      ...depth,
      events: { 'depth.read': { v: 3, body: z.unknown(), upcast: { 2: (b) => b } } },
    };
    expect(readBody(gap, event(1, { cm: 1 }))).toBeNull();
  });
});

describe('the stamp of a draft', () => {
  const note: EventFamily = { kind: 'note', stream: OPS_1.stream, events: firstVersions({ noted: z.unknown() }) };
  const stamp = stamper([depth, note]);
  const draft = (subject: string, type: string): EventDraft => ({ subject, type, actor: 'duty', body: {} });

  it('is what its family declares', () => {
    expect(stamp(draft('depth:1', 'depth.read'))).toEqual({ stream: 'cases', v: 3 });
    expect(stamp(draft('note:1', 'noted'))).toEqual({ stream: 'ops', v: 1 });
  });

  it.each([
    ['note:1', 'depth.read'],
    ['note:1', 'constructor'],
    ['other:1', 'noted'],
  ])('of what nobody declares there is none: %s %s', (subject, type) => {
    expect(() => stamp(draft(subject, type))).toThrow(TypeError);
  });
});
