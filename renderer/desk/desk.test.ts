import { describe, expect, it } from 'vitest';
import { createDesk } from './desk.ts';
import { type Slice, stateOf } from './slice.ts';

/** As a feature declares it: what is looked at, which goes with the selection, and a form, which does not. */
const looking: Slice<{ at: string | null; form: string | null }> = {
  name: 'looking',
  initial: ({ named }) => ({ at: named, form: null }),
  selected: ({ named }) => ({ at: named }),
};

const desk = () =>
  createDesk(
    {
      seat: 'duty',
      region: 'workspace',
      lang: 'zh-CN',
      theme: 'dark',
      textSize: 100,
      layout: 'auto',
      collapsed: [],
      named: null,
    },
    [looking],
  );

describe('desk', () => {
  it('counts its own choices only: what another window chose is not sent again', () => {
    const store = desk();
    store.getState().select({ kind: 'alarm', id: 'a', at: null });
    expect(store.getState().chosen).toBe(1);
    store.getState().adopt({ kind: 'incident', id: 'i', at: null });
    expect(store.getState().selection?.id).toBe('i');
    expect(store.getState().chosen).toBe(1);
    store.getState().select({ kind: 'incident', id: 'i', at: null });
    expect(store.getState().chosen).toBe(1);
  });

  it('tells what features keep here that something else is selected, in the same step', () => {
    const store = desk();
    const seen: unknown[] = [];
    store.subscribe((state) => seen.push([state.selection?.id ?? null, stateOf(state, looking)]));
    store.getState().setIn(looking, { at: 'r', form: 'f' });
    store.getState().select({ kind: 'incident', id: 'i', at: null });
    store.getState().setIn(looking, { at: 's' });
    store.getState().adopt({ kind: 'incident', id: 'j', at: null });
    expect(seen).toEqual([
      [null, { at: 'r', form: 'f' }],
      ['i', { at: null, form: 'f' }],
      ['i', { at: 's', form: 'f' }],
      ['j', { at: null, form: 'f' }],
    ]);
  });

  it('says where to declare a slice that no feature has', () => {
    const store = createDesk(
      {
        seat: 'duty',
        region: 'plan',
        lang: 'en',
        theme: 'dark',
        textSize: 100,
        layout: 'auto',
        collapsed: [],
        named: null,
      },
      [],
    );
    expect(() => stateOf(store.getState(), looking)).toThrow('no feature declares the slice "looking"');
  });

  it('keeps the newest four toasts', () => {
    const store = desk();
    for (let i = 1; i <= 6; i += 1) store.getState().say(`${i}`);
    expect(store.getState().toasts.map((toast) => toast.text)).toEqual(['3', '4', '5', '6']);
    store.getState().dismiss(store.getState().toasts[0]?.id ?? 0);
    expect(store.getState().toasts).toHaveLength(3);
  });

  it('knows which calls are unanswered and since when', () => {
    const store = desk();
    const call = store.getState().callBegan(100);
    expect([...store.getState().calls.values()]).toEqual([100]);
    store.getState().callEnded(call);
    expect(store.getState().calls.size).toBe(0);
  });

  it('says once what is said again while it stands, and lets it stand for as long again', () => {
    const store = desk();
    const said = () => store.getState().toasts.map(({ text, again }) => [text, again ?? 0]);
    store.getState().sayOnce('kept');
    store.getState().say('other');
    store.getState().sayOnce('kept');
    expect(said()).toEqual([
      ['kept', 1],
      ['other', 0],
    ]);
    store.getState().dismiss(store.getState().toasts[0]?.id ?? 0);
    store.getState().sayOnce('kept');
    expect(said()).toEqual([
      ['other', 0],
      ['kept', 0],
    ]);
  });

  it('says the last word alone of what is chosen again and again', () => {
    const store = desk();
    for (const layout of ['calm', 'alarms', 'video']) store.getState().sayOnce(`layout: ${layout}`, 'layout');
    expect(store.getState().toasts.map(({ text, again }) => [text, again])).toEqual([['layout: video', 2]]);
  });
});
