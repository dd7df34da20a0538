import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OPS_1 } from '../../tests/fakes/fold.ts';
import { createDocuments, type DocumentKind, documentDraft, documentSubject } from './documents.ts';
import type { LedgerEvent } from './envelope.ts';
import { type EventFamily, readBody } from './family.ts';

const TEXT: DocumentKind = { kind: 'text', type: 'text.document', document: z.object({ words: z.string() }) };
const reading: EventFamily = {
  kind: 'reading',
  stream: 'ops',
  events: {
    'reading.begun': {
      v: 2,
      body: z.object({ by: z.string() }),
      refers: { member: 'text', to: TEXT },
      upcast: { 1: (body) => body },
    },
  },
};

function event(
  station: string,
  seq: number,
  draft: Pick<LedgerEvent, 'type' | 'subject' | 'body'>,
  v = 1,
): LedgerEvent {
  const actor = { kind: 'person', id: 'duty', seat: 'duty' } as const;
  return { ...OPS_1, v, station, seq, ...draft, id: `${station}-${seq}`, actor, hlc: '', at: 0, prev: '', hash: '' };
}
const document = (station: string, seq: number, value: unknown = { words: 'as written' }) =>
  event(station, seq, documentDraft(TEXT, 'h1', value, 'duty'));
const begun = (station: string, seq: number, text: object = { hash: 'h1' }, v = 2) =>
  event(
    station,
    seq,
    { type: 'reading.begun', subject: 'reading:1', body: { by: 'duty', text } as LedgerEvent['body'] },
    v,
  );
const read = (held: readonly LedgerEvent[], of: LedgerEvent) =>
  readBody(
    reading,
    of,
    createDocuments(() => held),
  );

describe('documents that events refer to', () => {
  const whole = { by: 'duty', text: { words: 'as written' } };

  it('are found where the event’s own chain has them before it', () => {
    expect(read([document('A', 3)], begun('A', 4))).toEqual(whole);
    expect(read([document('A', 9), document('A', 3), document('B', 1)], begun('A', 4))).toEqual(whole);
  });

  it('of another chain, or after the event, are none: what a fold gives hangs on no other chain’s arrival', () => {
    expect(read([document('B', 3)], begun('A', 4))).toBeNull();
    expect(read([document('A', 5)], begun('A', 4))).toBeNull();
    expect(read([], begun('A', 4))).toBeNull();
  });

  it('that are none are not understood, and neither is what refers to them', () => {
    expect(read([document('A', 3, { words: 5 })], begun('A', 4))).toBeNull();
    expect(read([document('A', 3, null)], begun('A', 4))).toBeNull();
    expect(read([document('A', 3)], begun('A', 4, { hash: 5 }))).toBeNull();
  });

  it('an event of the version before carries its own', () => {
    expect(read([], begun('A', 4, { words: 'as carried', more: 1 }, 1))).toEqual({
      by: 'duty',
      text: { words: 'as carried' },
    });
  });

  it('are read once, until a commit was taken back', () => {
    let asked = 0;
    const held = [document('A', 3)];
    const documents = createDocuments((subject) => {
      expect(subject).toBe(documentSubject(TEXT, 'h1'));
      asked++;
      return held;
    });
    for (let seq = 4; seq < 9; seq++) expect(readBody(reading, begun('A', seq), documents)).toEqual(whole);
    expect(asked).toBe(1);
    held.length = 0;
    documents.forget();
    expect(readBody(reading, begun('A', 9), documents)).toBeNull();
    held.push(document('A', 3));
    expect(readBody(reading, begun('A', 9), documents)).toEqual(whole);
  });
});
