import { describe, expect, test } from 'vitest';
import type { IncidentNote } from '../../../contract/features/incidents.ts';
import { beforeTheView, type EarlierNotes } from './earlierNotes.ts';

const note = (i: number): IncidentNote => ({
  text: `note ${i}`,
  by: { station: 'A', actor: 'duty', at: i, event: `A-${i}` },
});
const notes = (from: number, end: number) => Array.from({ length: end - from }, (_, i) => note(from + i));
const view = (from: number, end: number) => ({ id: 'incident:1', notes: notes(from, end), earlierNotes: from });
const texts = (list: readonly IncidentNote[]) => list.map((each) => each.text);

describe('earlier notes', () => {
  test('nothing asked for: all that the view leaves out are earlier', () => {
    expect(beforeTheView(view(200, 300), null)).toEqual({ notes: [], count: 200, before: 200 });
  });

  test('what was asked for stays while the view moves on, each note once', () => {
    const asked: EarlierNotes = { incident: 'incident:1', notes: notes(100, 300), from: 100 };
    const moved = beforeTheView(view(203, 303), asked);
    expect(texts(moved.notes)).toEqual(texts(notes(100, 203)));
    expect(moved).toMatchObject({ count: 100, before: 100 });
  });

  test('once the view has moved past what was asked for, or to another incident, asking begins anew', () => {
    const asked: EarlierNotes = { incident: 'incident:1', notes: notes(100, 300), from: 100 };
    expect(beforeTheView(view(301, 401), asked)).toEqual({ notes: [], count: 301, before: 301 });
    expect(beforeTheView({ ...view(0, 5), id: 'incident:2' }, asked)).toEqual({ notes: [], count: 0, before: 0 });
  });
});
