import { createStore, type StoreApi } from 'zustand/vanilla';
import type { UnitStatus } from '../../core/units/unit.ts';

/** What a person may switch on and off. Alarms and incidents are always shown. */
export const MAP_LAYERS = [
  'units',
  'cameras',
  'cones',
  'sensors',
  'facilities',
  'components',
  'streets',
  'communities',
  'cells',
] as const;
export type MapLayerName = (typeof MAP_LAYERS)[number];

/** What is shown on a map. */
export interface MapVisibility {
  readonly layers: Readonly<Record<MapLayerName, boolean>>;
  readonly hiddenDepartments: ReadonlySet<string>;
  readonly hiddenStatuses: ReadonlySet<UnitStatus>;
  /** Whether the panel of layers and legend is open; null until somebody has said: open where there is room for it. */
  readonly panel: boolean | null;
}

interface VisibilityActions {
  toggleLayer(layer: MapLayerName): void;
  toggleDepartment(department: string): void;
  toggleStatus(status: UnitStatus): void;
  setPanel(open: boolean): void;
}

export type VisibilityStore = StoreApi<MapVisibility & VisibilityActions>;

const KEY = 'opshall.map';

const SHOWN: Record<MapLayerName, boolean> = {
  units: true,
  cameras: true,
  cones: true,
  sensors: true,
  facilities: true,
  components: true,
  streets: true,
  communities: true,
  cells: false,
};

/** The choices of a window, kept in `storage` (the browser's) when it can be written. */
export function createVisibility(storage: Pick<Storage, 'getItem' | 'setItem'> | null): VisibilityStore {
  const store = createStore<MapVisibility & VisibilityActions>((set) => ({
    ...remembered(storage),
    hiddenDepartments: new Set(),
    hiddenStatuses: new Set(),
    toggleLayer: (layer) => set((now) => ({ layers: { ...now.layers, [layer]: !now.layers[layer] } })),
    toggleDepartment: (department) => set((now) => ({ hiddenDepartments: flipped(now.hiddenDepartments, department) })),
    toggleStatus: (status) => set((now) => ({ hiddenStatuses: flipped(now.hiddenStatuses, status) })),
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

function flipped<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

function remembered(storage: Pick<Storage, 'getItem'> | null): Pick<MapVisibility, 'layers' | 'panel'> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return { layers: SHOWN, panel: null };
    const layers: Record<string, unknown> =
      'layers' in kept && typeof kept.layers === 'object' && kept.layers !== null ? { ...kept.layers } : {};
    return {
      layers: Object.fromEntries(
        MAP_LAYERS.map((name) => [name, typeof layers[name] === 'boolean' ? layers[name] : SHOWN[name]]),
      ) as Record<MapLayerName, boolean>,
      panel: 'panel' in kept && typeof kept.panel === 'boolean' ? kept.panel : null,
    };
  } catch {
    return { layers: SHOWN, panel: null };
  }
}
