import { describe, expect, it } from 'vitest';
import { createDesk } from './desk.ts';

const desk = () => createDesk({ seat: 'duty', region: 'workspace', lang: 'zh-CN', theme: 'dark', run: null });

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

  it('forgets the run and step looked at when something else is selected', () => {
    const store = desk();
    store.getState().set({ run: 'r', step: 's' });
    store.getState().select({ kind: 'incident', id: 'i', at: null });
    expect(store.getState()).toMatchObject({ run: null, step: null });
  });

  it('returns to the run its address names', () => {
    const store = createDesk({ seat: 'duty', region: 'plan', lang: 'en', theme: 'dark', run: 'run-7' });
    store.getState().set({ run: 'other' });
    store.getState().adopt({ kind: 'alarm', id: 'a', at: null });
    expect(store.getState().run).toBe('run-7');
  });

  it('keeps the newest four toasts', () => {
    const store = desk();
    for (let i = 1; i <= 6; i += 1) store.getState().say({ tone: 'info', text: `${i}` });
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
    store.getState().sayOnce({ tone: 'info', text: 'kept' });
    store.getState().say({ tone: 'info', text: 'other' });
    store.getState().sayOnce({ tone: 'info', text: 'kept' });
    expect(said()).toEqual([
      ['kept', 1],
      ['other', 0],
    ]);
    store.getState().dismiss(store.getState().toasts[0]?.id ?? 0);
    store.getState().sayOnce({ tone: 'info', text: 'kept' });
    expect(said()).toEqual([
      ['other', 0],
      ['kept', 0],
    ]);
  });
});
