import { describe, expect, it } from 'vitest';
import { createDrafts, type Drafts } from './drafts.ts';
import { addressIn, leaveEnded, readWorld, takeEnded } from './world.ts';

/** A tab at an address; answers where it was sent. */
function tab(search: string, hash: string) {
  const kept = new Map<string, string>();
  const went: string[] = [];
  return {
    went,
    location: { search, hash, assign: (address: string) => void went.push(address) } as unknown as Location,
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    } as unknown as Storage,
  };
}

function draftsByWorld() {
  const all = new Map<string, Drafts>();
  return (world: string): Drafts => {
    const drafts = all.get(world) ?? createDrafts({ window: 'w', now: () => 1 });
    all.set(world, drafts);
    return drafts;
  };
}

describe('the world of a window', () => {
  it('is the one its address names, and the live one when that is none', () => {
    expect(readWorld('?seat=duty&world=drill:2026-07-14-ab12')).toBe('drill:2026-07-14-ab12');
    for (const search of ['', '?world=', '?world=nothing', '?world=drill:../x', '?world=drill:'])
      expect(readWorld(search)).toBe('live');
  });

  it('is changed with the address: the seat stays, a run of the other world does not', () => {
    const page = { search: '?seat=fire&lang=en', hash: '#/plan/run-7' };
    expect(addressIn('drill:d-1', page)).toBe('/?seat=fire&lang=en&world=drill%3Ad-1#/plan');
    expect(addressIn('live', { search: '?world=drill%3Ad-1&seat=fire', hash: '#/wall/east' })).toBe(
      '/?seat=fire#/wall/east',
    );
  });

  it('that has ended is left for the live one, which says so once and has what was written and not sent', () => {
    const page = tab('?seat=duty&world=drill:d-1', '#/');
    const drafts = draftsByWorld();
    drafts('drill:d-1').write('alarm:x note', 'a note on the alarm', 'half a sentence');
    drafts('drill:d-1').open('alarm:y note', 'another');
    leaveEnded({ world: 'drill:d-1', name: { zh: '演练', en: 'Drill' } }, page);
    expect(page.went).toEqual(['/?seat=duty#/']);
    expect(takeEnded(page, drafts)).toEqual({ world: 'drill:d-1', name: { zh: '演练', en: 'Drill' } });
    expect(
      drafts('live')
        .list()
        .map(({ about, text }) => [about, text]),
    ).toEqual([['a note on the alarm', 'half a sentence']]);
    // Not in the form of the live alarm of the same name: it was about the drill's.
    expect(drafts('live').get('alarm:x note')).toBeUndefined();
    expect(drafts('drill:d-1').list()).toEqual([]);
    expect(takeEnded(page, drafts)).toBeNull();
  });

  it('is the live one for a window whose note of the end is no note', () => {
    const page = tab('', '');
    page.sessionStorage.setItem('opshall.ended', '{"world":"<b>"}');
    expect(takeEnded(page, draftsByWorld())).toBeNull();
  });
});
