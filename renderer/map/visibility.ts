import { createStore, type StoreApi } from 'zustand/vanilla';

/** A switch in the panel of layers. */
export interface LayerSwitch {
  /** What is switched names it as its `group`; it is remembered by this. */
  readonly id: string;
  /** In the panel, from the top; each number once. */
  readonly order: number;
  /** i18n key. */
  readonly label: string;
  /** Whether it is on until a person has said otherwise. */
  readonly shown: boolean;
  /** Layers of the base map that it switches, by their ids (style/labels.ts). */
  readonly base?: readonly string[];
}

/** What is shown on a map. */
export interface MapVisibility {
  readonly layers: Readonly<Record<string, boolean>>;
  /** Whether the panel of layers and legend is open; null until somebody has said: open where there is room for it. */
  readonly panel: boolean | null;
}

interface VisibilityActions {
  toggleLayer(layer: string): void;
  setPanel(open: boolean): void;
}

export type VisibilityStore = StoreApi<MapVisibility & VisibilityActions>;

const KEY = 'opshall.map';

/** The choices of a window, kept in `storage` (the browser's) when it can be written. */
export function createVisibility(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  switches: readonly LayerSwitch[],
): VisibilityStore {
  const store = createStore<MapVisibility & VisibilityActions>((set) => ({
    ...remembered(storage, switches),
    toggleLayer: (layer) => set((now) => ({ layers: { ...now.layers, [layer]: !now.layers[layer] } })),
    setPanel: (panel) => set({ panel }),
  }));
  store.subscribe(({ layers, panel }) => {
    try {
      storage?.setItem(KEY, JSON.stringify({ layers, panel }));
    } catch {
      // A full or forbidden storage costs only the memory of it.
    }
  });
  return store;
}

function remembered(
  storage: Pick<Storage, 'getItem'> | null,
  switches: readonly LayerSwitch[],
): Pick<MapVisibility, 'layers' | 'panel'> {
  const usual = Object.fromEntries(switches.map(({ id, shown }) => [id, shown]));
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return { layers: usual, panel: null };
    const layers: Record<string, unknown> =
      'layers' in kept && typeof kept.layers === 'object' && kept.layers !== null ? { ...kept.layers } : {};
    return {
      layers: Object.fromEntries(
        switches.map(({ id, shown }) => {
          const before = Object.hasOwn(layers, id) ? layers[id] : undefined;
          return [id, typeof before === 'boolean' ? before : shown];
        }),
      ),
      panel: 'panel' in kept && typeof kept.panel === 'boolean' ? kept.panel : null,
    };
  } catch {
    return { layers: usual, panel: null };
  }
}
