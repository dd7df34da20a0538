import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrafts, type DraftMessage, type DraftPlaces, MOST_DRAFTS } from './drafts.ts';

/** A tab's storage, windows on one channel, and a clock. */
function machine() {
  let time = 0;
  const windows: ((message: unknown) => void)[] = [];
  const window = (stored: { text: string | null } = { text: null }, name = `w${windows.length}`) => {
    let mine: (message: unknown) => void = () => {};
    const places: DraftPlaces = {
      storage: {
        load: () => stored.text,
        save: (text) => {
          stored.text = text;
        },
      },
      channel: {
        post: (message: DraftMessage) => {
          for (const hear of windows) if (hear !== mine) hear(structuredClone(message));
        },
        listen(hear) {
          mine = hear;
          windows.push(hear);
        },
      },
      window: name,
      now: () => ++time,
    };
    return createDrafts(places);
  };
  return { window };
}

describe('drafts', () => {
  it('keep text and open form over a reload of the page', () => {
    const stored = { text: null };
    const before = machine().window(stored);
    before.open('run-1/pump skip', '跳过 · 开泵');
    before.write('run-1/pump skip', '跳过 · 开泵', '井盖已由社区看护');
    const after = machine().window(stored);
    expect(after.get('run-1/pump skip')).toMatchObject({ text: '井盖已由社区看护', open: true, about: '跳过 · 开泵' });
  });

  it('keep the text of a form that was left, and forget an empty one', () => {
    const drafts = machine().window();
    drafts.open('a skip', 'a');
    drafts.leave('a skip');
    expect(drafts.list()).toEqual([]);
    drafts.open('a skip', 'a');
    drafts.write('a skip', 'a', 'x');
    drafts.leave('a skip');
    expect(drafts.get('a skip')).toMatchObject({ text: 'x', open: false });
    drafts.open('a skip', 'a');
    expect(drafts.get('a skip')).toMatchObject({ text: 'x', open: true });
  });

  it('hold nothing of what a form only began with, and keep what was changed of it', () => {
    const drafts = machine().window();
    drafts.open('a place', 'a', '滨河路');
    expect(drafts.get('a place')).toMatchObject({ text: '滨河路', open: true });
    drafts.leave('a place');
    expect(drafts.list()).toEqual([]);
    drafts.open('a place', 'a', '港口路');
    drafts.write('a place', 'a', '港口路 12 号');
    drafts.leave('a place');
    drafts.open('a place', 'a', '滨河路');
    expect(drafts.get('a place')).toMatchObject({ text: '港口路 12 号', given: '滨河路' });
    drafts.write('a place', 'a', '');
    expect(drafts.get('a place')?.text).toBe('');
    drafts.leave('a place');
    expect(drafts.list()).toEqual([]);
  });

  it('go along into a window that is opened later, and out of all windows once sent', () => {
    const { window } = machine();
    const first = window();
    first.open('i note', 'i');
    first.write('i note', 'i', 'half a sen');
    const torn = window();
    expect(torn.get('i note')).toMatchObject({ text: 'half a sen', open: true });
    torn.write('i note', 'i', 'half a sentence');
    expect(first.get('i note')?.text).toBe('half a sentence');
    torn.clear('i note');
    expect(first.get('i note')).toBeUndefined();
  });

  it("of a form that is a window's own are in no other, until it goes; back again it has them alone", () => {
    const { window } = machine();
    const stored = { text: null };
    const mine = window(stored, 'mine');
    const other = window();
    const key = `${mine.own}new words`;
    mine.open(key, 'n');
    mine.write(key, 'n', 'smoke');
    other.write(`${other.own}new words`, 'n', 'water');
    expect([mine, other, window()].map((each) => each.list().map(({ text }) => text))).toEqual([
      ['smoke'],
      ['water'],
      [],
    ]);
    mine.release();
    expect(other.get(key)).toMatchObject({ text: 'smoke', open: false });
    expect(other.get(`${other.own}new words`)?.text).toBe('water');
    const back = window(stored, 'mine');
    expect(back.get(key)).toMatchObject({ text: 'smoke', open: true });
    expect(other.list().map(({ text }) => text)).toEqual(['water']);
    // The page that went may be heard after the one that came.
    mine.release();
    expect(other.list().map(({ text }) => text)).toEqual(['water']);
    // Nobody else writes in it, or takes it away.
    other.write(key, 'n', 'not mine');
    other.clear(key);
    expect(back.get(key)?.text).toBe('smoke');
  });

  it('know whether somebody is writing on the screen', () => {
    const drafts = machine().window();
    drafts.write('i note', 'i', 'x');
    expect(drafts.writing()).toBe(false);
    const gone = drafts.show('i note');
    const again = drafts.show('i note');
    expect(drafts.writing()).toBe(true);
    gone();
    expect(drafts.writing()).toBe(true);
    again();
    expect(drafts.writing()).toBe(false);
  });

  it('are bounded: the oldest that stand in no open form give way', () => {
    const drafts = machine().window();
    drafts.open('open', 'o');
    drafts.write('open', 'o', 'x'.repeat(70_000));
    for (let i = 0; i < 2 * MOST_DRAFTS; i += 1) drafts.write(`n${i}`, 'n', 'text');
    expect(drafts.list().length).toBeLessThanOrEqual(MOST_DRAFTS);
    expect(drafts.get('open')?.text).toHaveLength(60_000);
    expect(drafts.get(`n${2 * MOST_DRAFTS - 1}`)).toBeDefined();
    expect(drafts.get('n0')).toBeUndefined();
  });

  it('live as long as the page where nothing can be stored', () => {
    const drafts = createDrafts({
      storage: {
        load: () => 'not json',
        save: () => {
          throw new Error('no room');
        },
      },
      window: 'w',
      now: () => 1,
    });
    drafts.write('a', 'a', 'kept');
    expect(drafts.get('a')?.text).toBe('kept');
  });

  it('believe nothing that is stored or said by another page', () => {
    fc.assert(
      fc.property(fc.string(), fc.anything(), (stored, said) => {
        let hear: (message: unknown) => void = () => {};
        const drafts = createDrafts({
          storage: { load: () => stored, save: () => {} },
          channel: { post: () => {}, listen: (listener) => (hear = listener) },
          window: 'w',
          now: () => 1,
        });
        hear(said);
        for (const draft of drafts.list()) expect(typeof draft.text).toBe('string');
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
