import { describe, expect, it } from 'vitest';
import { createVisibility } from './visibility.ts';

function memory(kept: string | null = null) {
  let value = kept;
  return {
    getItem: () => value,
    setItem(_key: string, next: string) {
      value = next;
    },
  };
}

describe('what the map shows', () => {
  it('is remembered', () => {
    const storage = memory();
    const first = createVisibility(storage);
    first.getState().toggleLayer('cells');
    first.getState().setPanel(false);
    const again = createVisibility(storage).getState();
    expect(again.layers.cells).toBe(true);
    expect(again.panel).toBe(false);
  });

  it('starts from the usual when nothing, or nonsense, is remembered', () => {
    for (const kept of [null, 'nonsense', '7', '{"layers":{"units":"yes","mars":true}}']) {
      const shown = createVisibility(memory(kept)).getState();
      expect(shown.layers.units).toBe(true);
      expect(shown.layers.cells).toBe(false);
      expect(shown.layers).not.toHaveProperty('mars');
      expect(shown.panel).toBeNull();
    }
  });

  it('works where nothing may be stored', () => {
    const refusing = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    };
    const store = createVisibility(refusing);
    store.getState().toggleDepartment('fire');
    expect(store.getState().hiddenDepartments.has('fire')).toBe(true);
    store.getState().toggleDepartment('fire');
    expect(store.getState().hiddenDepartments.size).toBe(0);
    store.getState().toggleStatus('off');
    expect([...store.getState().hiddenStatuses]).toEqual(['off']);
  });
});
