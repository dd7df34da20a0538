import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Region } from '../../contract/features/windows.ts';
import type { Lang } from '../ui/format.ts';
import type { ThemeName } from '../ui/theme.ts';
import { isDepartment } from './seats.ts';
import { type Selection, sameSelection } from './selection.ts';
import type { Ended } from './world.ts';

/** A region that a feature declares: it carries a header, a number (Alt+1…) and can be torn off. */
export type PanelRegion = Region;

/** Something said at the bottom left for a while. */
export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  /** How often it was said while it stood: each time it stays for as long again. */
  readonly again?: number;
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
  /** The step that the person chose or did something with, in the run shown; null: the most urgent. */
  readonly step: string | null;
  /** The option whose number was pressed once, `run/step/option`: pressed again it is taken. */
  readonly deciding: string | null;
  /** What another window of the seat has chosen while somebody was at work in this one. */
  readonly offered: { readonly selection: Selection | null } | null;
  /** When this window last went along with another's choice, `performance.now()`. */
  readonly followedAt: number;
  readonly toasts: readonly Toast[];
  /** When each call that has not been answered yet was made, by number. */
  readonly calls: ReadonlyMap<number, number>;
  readonly soundBlocked: boolean;
  /** The drill that this window was in until it ended, as long as that is said. */
  readonly ended: Ended | null;
}

/** What can happen to a desk. */
export interface DeskActions {
  set(part: Partial<Omit<Desk, 'selection' | 'chosen' | 'offered' | 'toasts' | 'calls'>>): void;
  /** A choice made in this window. */
  select(selection: Selection | null): void;
  /** A choice made in another window of the seat. */
  adopt(selection: Selection | null, at?: number): void;
  /** Says what another window chose, without going along with it. */
  offer(selection: Selection | null): void;
  say(toast: Omit<Toast, 'id'>): void;
  /** Says it; where it stands already, it stays longer. */
  sayOnce(toast: Omit<Toast, 'id'>): void;
  dismiss(id: number): void;
  callBegan(at: number): number;
  callEnded(call: number): void;
}

export type DeskStore = StoreApi<Desk & DeskActions>;

const MOST_TOASTS = 4;

/** A window's desk. `initial.run`: the run its address names, to which it returns whatever is selected. */
export function createDesk(
  initial: Pick<Desk, 'seat' | 'region' | 'lang' | 'theme' | 'run'> & Partial<Pick<Desk, 'ended'>>,
): DeskStore {
  let lastNumber = 0;
  const next = () => {
    lastNumber += 1;
    return lastNumber;
  };
  // A department's task is its own and does not go with what is selected.
  const unpinned = initial.region === 'workspace' && isDepartment(initial.seat) ? {} : { step: null };
  return createStore<Desk & DeskActions>((set) => ({
    ...initial,
    selection: null,
    chosen: 0,
    activeRegion: initial.region === 'workspace' || initial.region === 'wall' ? null : initial.region,
    palette: 'closed',
    keysSheet: false,
    launchFor: null,
    step: null,
    deciding: null,
    offered: null,
    followedAt: Number.NEGATIVE_INFINITY,
    toasts: [],
    calls: new Map(),
    soundBlocked: false,
    ended: initial.ended ?? null,
    set: (part) => set(part),
    select: (selection) =>
      set((desk) =>
        sameSelection(desk.selection, selection)
          ? {}
          : { selection, chosen: desk.chosen + 1, run: initial.run, ...unpinned, offered: null },
      ),
    adopt: (selection, at = Number.NEGATIVE_INFINITY) =>
      set((desk) =>
        sameSelection(desk.selection, selection)
          ? { offered: null }
          : { selection, run: initial.run, ...unpinned, offered: null, followedAt: at },
      ),
    offer: (selection) => set({ offered: { selection } }),
    say: (toast) => set((desk) => ({ toasts: [...desk.toasts, { ...toast, id: next() }].slice(-MOST_TOASTS) })),
    sayOnce: (toast) =>
      set((desk) => {
        const stands = desk.toasts.find((other) => other.text === toast.text);
        if (!stands) return { toasts: [...desk.toasts, { ...toast, id: next() }].slice(-MOST_TOASTS) };
        const renewed = { ...stands, again: (stands.again ?? 0) + 1 };
        return { toasts: desk.toasts.map((other) => (other === stands ? renewed : other)) };
      }),
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
