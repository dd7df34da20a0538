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

const SWITCHES = [
  { id: 'units', order: 1, label: 'units:map.layer', shown: true },
  { id: 'cells', order: 2, label: 'situation:map.cells', shown: false },
];

describe('what the map shows', () => {
  it('is remembered', () => {
    const storage = memory();
    const first = createVisibility(storage, SWITCHES);
    first.getState().toggleLayer('cells');
    first.getState().setPanel(false);
    const again = createVisibility(storage, SWITCHES).getState();
    expect(again.layers.cells).toBe(true);
    expect(again.panel).toBe(false);
  });

  it('starts from the usual when nothing, or nonsense, is remembered', () => {
    for (const kept of [null, 'nonsense', '7', '{"layers":{"units":"yes","mars":true}}']) {
      const shown = createVisibility(memory(kept), SWITCHES).getState();
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
    const store = createVisibility(refusing, SWITCHES);
    store.getState().toggleLayer('units');
    expect(store.getState().layers).toEqual({ units: false, cells: false });
  });
});
