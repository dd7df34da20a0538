import { describe, expect, it } from 'vitest';
import { createSelectionSync, type Selection, sameSelection } from './selection.ts';

const alarm = (id: string): Selection => ({ kind: 'alarm', id, at: null });

function setUp() {
  const sent: (Selection | null)[] = [];
  const adopted: (Selection | null)[] = [];
  const answers: (() => void)[] = [];
  const sync = createSelectionSync({
    send(selection) {
      sent.push(selection);
      return new Promise<void>((resolve) => answers.push(resolve));
    },
    adopt: (selection) => adopted.push(selection),
  });
  return {
    sync,
    sent,
    adopted,
    async answer() {
      answers.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('sameSelection', () => {
  it('ignores where it was clicked, except for a place', () => {
    expect(sameSelection({ ...alarm('a'), at: { lon: 1, lat: 2 } }, alarm('a'))).toBe(true);
    const place = (lon: number): Selection => ({ kind: 'place', id: 'p', at: { lon, lat: 2 } });
    expect(sameSelection(place(1), place(2))).toBe(false);
    expect(sameSelection(null, null)).toBe(true);
    expect(sameSelection(null, alarm('a'))).toBe(false);
  });
});

describe('selection of a seat, in all its windows', () => {
  it('takes over what another window of the seat selected, and does not send it back', () => {
    const s = setUp();
    s.sync.told(alarm('a'));
    expect(s.adopted).toEqual([alarm('a')]);
    expect(s.sent).toEqual([]);
  });

  it('shows its own choice first: the echo changes nothing', async () => {
    const s = setUp();
    s.sync.chosen(alarm('a'));
    s.sync.told(alarm('a'));
    await s.answer();
    expect(s.sent).toEqual([alarm('a')]);
    expect(s.adopted).toEqual([]);
  });

  it('is not thrown back by an older state that arrives while its choice is on the way', async () => {
    const s = setUp();
    s.sync.told(alarm('a'));
    s.sync.chosen(alarm('b'));
    s.sync.chosen(alarm('c'));
    s.sync.told(alarm('b'));
    expect(s.adopted).toEqual([alarm('a')]);
    await s.answer();
    s.sync.told(alarm('c'));
    await s.answer();
    expect(s.adopted).toEqual([alarm('a')]);
  });

  it('keeps its choice when the answer overtakes the echo', async () => {
    const s = setUp();
    s.sync.told(alarm('a'));
    s.sync.chosen(alarm('b'));
    await s.answer();
    s.sync.told(alarm('b'));
    expect(s.adopted).toEqual([alarm('a')]);
  });

  it('follows another window that chose after it', async () => {
    const s = setUp();
    s.sync.chosen(alarm('a'));
    s.sync.told(alarm('a'));
    s.sync.told(alarm('z'));
    await s.answer();
    expect(s.adopted).toEqual([alarm('z')]);
  });
});
