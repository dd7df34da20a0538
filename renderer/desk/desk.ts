import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Region } from '../../contract/features/windows.ts';
import type { MapView } from '../../contract/schema/basics.ts';
import type { Lang } from '../ui/format.ts';
import type { TextSize, ThemeName } from '../ui/theme.ts';
import type { LayoutName } from './layout.ts';
import { type Beside, keyOf, type Refusal } from './refusals.ts';
import { type Selection, sameSelection } from './selection.ts';
import { type AnySlice, type Slice, stateOf, type WindowRole } from './slice.ts';
import { type Hearing, QUIET } from './sound/hearing.ts';
import type { Ended } from './world.ts';

/** A region that a feature declares: it carries a header, a number (Alt+1…) and can be torn off. */
export type PanelRegion = Region;

/** Something said at the bottom left for a while; what was refused is a `Refusal` and stands. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What it tells of, of which only the last word counts. */
  readonly about?: string;
  /** How often it was said while it stood: each time it stays for as long again. */
  readonly again?: number;
}

/** What one window knows that the hall does not: language, attention, open panels. */
export interface Desk {
  readonly seat: string;
  readonly region: Region;
  readonly lang: Lang;
  readonly theme: ThemeName;
  readonly textSize: TextSize;
  readonly layout: LayoutName;
  /** The region that has all of the workspace for a while. */
  readonly whole: PanelRegion | null;
  /** Regions of the workspace that show their head alone. */
  readonly collapsed: readonly PanelRegion[];
  readonly selection: Selection | null;
  /** How many times the selection was made here; a change is what goes to the hall. */
  readonly chosen: number;
  readonly activeRegion: PanelRegion | null;
  /** Regions that were asked for at a place they share with others, by place; without one the first of the place is in front. */
  readonly front: Readonly<Record<string, PanelRegion>>;
  readonly palette: 'closed' | 'open';
  readonly keysSheet: boolean;
  /** What the map of this window looks at; null without one. */
  readonly mapView: MapView | null;
  /** What features keep in this window, by the name of the slice: see `slice.ts`. */
  readonly slices: ReadonlyMap<string, object>;
  /** What another window of the seat has chosen while somebody was at work in this one. */
  readonly offered: { readonly selection: Selection | null } | null;
  /** When this window last went along with another's choice, `performance.now()`. */
  readonly followedAt: number;
  readonly toasts: readonly Toast[];
  /** What was refused here and nobody has read yet, oldest first. */
  readonly refusals: readonly Refusal[];
  /** The places that show what was refused beside them now: regions, and what stands over them. */
  readonly places: ReadonlySet<string>;
  /** When each call that has not been answered yet was made, by number. */
  readonly calls: ReadonlyMap<number, number>;
  /** What this window lets hear of what waits, whichever window of the seat has the turn to sound. */
  readonly hearing: Hearing;
  readonly soundBlocked: boolean;
  /** The drill that this window was in until it ended, as long as that is said. */
  readonly ended: Ended | null;
}

/** What can happen to a desk. */
export interface DeskActions {
  set(part: Partial<Omit<Desk, 'selection' | 'chosen' | 'offered' | 'toasts' | 'refusals' | 'calls' | 'slices'>>): void;
  /** Changes a part of what a feature keeps here. */
  setIn<S extends object>(slice: Slice<S>, part: Partial<S>): void;
  /** A choice made in this window. */
  select(selection: Selection | null): void;
  /** A choice made in another window of the seat. */
  adopt(selection: Selection | null, at?: number): void;
  /** Says what another window chose, without going along with it. */
  offer(selection: Selection | null): void;
  say(text: string): void;
  /** Says it; where it stands already, or something else about the same does, that stays longer and says this. */
  sayOnce(text: string, about?: string): void;
  dismiss(id: number): void;
  /** @param asked what was refused: the method, or a word of the window's own */
  refuse(asked: string, refusal: Beside & Pick<Refusal, 'why'>): void;
  /** It was read, or is asked for again. */
  heed(key: string): void;
  callBegan(at: number): number;
  callEnded(call: number): void;
}

export type DeskStore = StoreApi<Desk & DeskActions>;

const MOST_TOASTS = 4;

/** A window's desk. `slices`: what its features keep in it. */
export function createDesk(
  {
    named,
    ended = null,
    textSize = 100,
    layout = 'auto',
    collapsed = [],
    ...own
  }: Pick<Desk, 'seat' | 'region' | 'lang' | 'theme'> & { named: string | null } & Partial<
      Pick<Desk, 'ended' | 'textSize' | 'layout' | 'collapsed'>
    >,
  slices: readonly AnySlice[],
): DeskStore {
  let lastNumber = 0;
  const next = () => {
    lastNumber += 1;
    return lastNumber;
  };
  const role: WindowRole = { seat: own.seat, region: own.region, named };
  /** What features keep once something else is selected. */
  const reselected = (before: Desk['slices']): Desk['slices'] =>
    new Map(slices.map(({ name, selected }) => [name, { ...before.get(name), ...selected?.(role) }]));
  return createStore<Desk & DeskActions>((set) => ({
    ...own,
    textSize,
    layout,
    collapsed,
    selection: null,
    chosen: 0,
    activeRegion: own.region === 'workspace' || own.region === 'wall' ? null : own.region,
    front: {},
    palette: 'closed',
    keysSheet: false,
    whole: null,
    mapView: null,
    slices: new Map(slices.map((slice) => [slice.name, slice.initial(role)])),
    offered: null,
    followedAt: Number.NEGATIVE_INFINITY,
    toasts: [],
    refusals: [],
    places: new Set(),
    calls: new Map(),
    hearing: QUIET,
    soundBlocked: false,
    ended,
    set: (part) => set(part),
    setIn: (slice, part) =>
      set((desk) => ({ slices: new Map(desk.slices).set(slice.name, { ...stateOf(desk, slice), ...part }) })),
    select: (selection) =>
      set((desk) =>
        sameSelection(desk.selection, selection)
          ? {}
          : { selection, chosen: desk.chosen + 1, slices: reselected(desk.slices), offered: null },
      ),
    adopt: (selection, at = Number.NEGATIVE_INFINITY) =>
      set((desk) =>
        sameSelection(desk.selection, selection)
          ? { offered: null }
          : { selection, slices: reselected(desk.slices), offered: null, followedAt: at },
      ),
    offer: (selection) => set({ offered: { selection } }),
    say: (text) => set((desk) => ({ toasts: [...desk.toasts, { text, id: next() }].slice(-MOST_TOASTS) })),
    sayOnce: (text, about = text) =>
      set((desk) => {
        const stands = desk.toasts.find((other) => other.about === about);
        if (!stands) return { toasts: [...desk.toasts, { text, about, id: next() }].slice(-MOST_TOASTS) };
        const renewed = { ...stands, text, again: (stands.again ?? 0) + 1 };
        return { toasts: desk.toasts.map((other) => (other === stands ? renewed : other)) };
      }),
    dismiss: (id) => set((desk) => ({ toasts: desk.toasts.filter((toast) => toast.id !== id) })),
    refuse(asked, { place, about = null, why }) {
      const refusal = { key: keyOf(asked, { place, about }), place, about, why };
      set((desk) => ({ refusals: [...desk.refusals.filter(({ key }) => key !== refusal.key), refusal] }));
    },
    heed: (key) => set((desk) => ({ refusals: desk.refusals.filter((refusal) => refusal.key !== key) })),
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
