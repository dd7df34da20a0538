import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Region } from '../../contract/schema/station.ts';
import type { Lang } from '../ui/format.ts';
import type { ThemeName } from '../ui/theme.ts';
import { type Selection, sameSelection } from './selection.ts';

/** The regions that carry a header, a number (Alt+1…) and can be torn off. */
export type PanelRegion = Exclude<Region, 'workspace' | 'wall'>;

/** Something said at the bottom left for a while. */
export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  /** The error's code, for whoever is called to help. */
  readonly code?: string;
}

/** What one window knows that the hall does not: language, attention, open panels. */
export interface Desk {
  readonly seat: string;
  readonly region: Region;
  readonly lang: Lang;
  readonly theme: ThemeName;
  readonly selection: Selection | null;
  /** How many times the selection was made here; a change is what goes to the hall. */
  readonly chosen: number;
  readonly activeRegion: PanelRegion | null;
  readonly palette: 'closed' | 'open';
  readonly keysSheet: boolean;
  /** The incident for which plans are on offer, and the region of this window where they are. */
  readonly launchFor: { readonly incident: string; readonly region: 'plan' | 'detail' } | null;
  /** The run the plan region was told to show; null: the one that goes with the selection. */
  readonly run: string | null;
  /** The step that has the attention, in the run shown. */
  readonly step: string | null;
  readonly toasts: readonly Toast[];
  /** When each call that has not been answered yet was made, by number. */
  readonly calls: ReadonlyMap<number, number>;
  /** Alarm sound is off until then, and why. */
  readonly muted: { readonly until: number; readonly reason: string } | null;
  readonly soundBlocked: boolean;
}

/** What can happen to a desk. */
export interface DeskActions {
  set(part: Partial<Omit<Desk, 'selection' | 'chosen' | 'toasts' | 'calls'>>): void;
  /** A choice made in this window. */
  select(selection: Selection | null): void;
  /** A choice made in another window of the seat. */
  adopt(selection: Selection | null): void;
  say(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
  callBegan(at: number): number;
  callEnded(call: number): void;
}

export type DeskStore = StoreApi<Desk & DeskActions>;

const MOST_TOASTS = 4;

/** A window's desk. `initial.run`: the run its address names, to which it returns whatever is selected. */
export function createDesk(initial: Pick<Desk, 'seat' | 'region' | 'lang' | 'theme' | 'run'>): DeskStore {
  let lastNumber = 0;
  const next = () => {
    lastNumber += 1;
    return lastNumber;
  };
  return createStore<Desk & DeskActions>((set) => ({
    ...initial,
    selection: null,
    chosen: 0,
    activeRegion: initial.region === 'workspace' || initial.region === 'wall' ? null : initial.region,
    palette: 'closed',
    keysSheet: false,
    launchFor: null,
    step: null,
    toasts: [],
    calls: new Map(),
    muted: null,
    soundBlocked: false,
    set: (part) => set(part),
    select: (selection) =>
      set((desk) =>
        sameSelection(desk.selection, selection)
          ? {}
          : { selection, chosen: desk.chosen + 1, run: initial.run, step: null },
      ),
    adopt: (selection) =>
      set((desk) => (sameSelection(desk.selection, selection) ? {} : { selection, run: initial.run, step: null })),
    say: (toast) => set((desk) => ({ toasts: [...desk.toasts, { ...toast, id: next() }].slice(-MOST_TOASTS) })),
    dismiss: (id) => set((desk) => ({ toasts: desk.toasts.filter((toast) => toast.id !== id) })),
    callBegan(at) {
      const call = next();
      set((desk) => ({ calls: new Map(desk.calls).set(call, at) }));
      return call;
    },
    callEnded: (call) =>
      set((desk) => {
        const calls = new Map(desk.calls);
        calls.delete(call);
        return { calls };
      }),
  }));
}
