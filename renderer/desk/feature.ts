import type { ComponentType, ReactNode } from 'react';
import { useMemo } from 'react';
import type { Selection } from '../../contract/features/seats.ts';
import type { WallView } from '../../contract/features/walls.ts';
import type { TopicName } from '../../contract/index.ts';
import type { Shortcut } from '../keys/registry.ts';
import { joinMapLayers } from '../map/joinMapLayers.ts';
import type { MapLayer, MapLayers } from '../map/layer.ts';
import type { Command } from './command.ts';
import type { PanelRegion } from './desk.ts';
import type { Need } from './layout.ts';
import type { AnySlice } from './slice.ts';
import type { Sound } from './sound/hearing.ts';
import type { Subject } from './subject.ts';

/** What the content of a region is given. */
export interface RegionProps {
  /** What was pushed to the screen, where the region stands on a wall; null at a seat. */
  readonly wall: WallView | null;
}

/**
 * Where in the workspace a region stands: in the middle; beside it, above or below; at the foot, left or right. What goes on below
 * another takes its room while that is in a window of its own. Regions that share a place stand one behind the other, that of the lowest
 * number in front until another is asked for.
 */
export type Place = 'middle' | 'beside-above' | 'beside-below' | 'foot-left' | 'foot-right';

/** A region of the screen: in the workspace, in a window of its own, or on a wall. */
export interface RegionDeclaration {
  readonly id: PanelRegion;
  /** Alt+number goes there, up to 9. Of the region, not of its place in a list: another feature does not renumber what hands know. */
  readonly number: number;
  /** i18n key of its name. */
  readonly title: string;
  readonly icon: ComponentType<{ size: string; stroke: number }>;
  /** Left out: it stands in a window of its own, which its key opens. */
  readonly place?: Place;
  readonly content: ComponentType<RegionProps>;
  /** Whether its content is longer than the frame and scrolls in it. */
  readonly scroll?: boolean;
  /**
   * How it stands on a screen of the wall; left out, it does not. `scene`: it is pushed there and fills it. `selected`: it tells what is
   * selected, beside the scene that has the middle of a workspace.
   */
  readonly wall?: 'scene' | 'selected';
  /** A hook: how many things in it wait for a person, shown on its button in the rail. */
  readonly useCount?: () => number;
  /** A hook: how much room it asks for. Left out: as much as where something goes on. */
  readonly useNeed?: () => Need;
  /** What goes on without a place on the screen, in the region's own window and in the whole workspace. */
  readonly alongside?: ComponentType;
  /** What stands at the top of the workspace while the region is in a window of its own. */
  readonly away?: ComponentType;
}

/** What stands over a detail is given: what is selected, and the detail itself; nothing may be selected. */
export interface OverDetailProps {
  readonly subject: Subject;
  readonly children: ReactNode;
}

/** Shows what is selected, in full; null where this window does not know it. */
export type Detail = (subject: Subject, selection: Selection) => ReactNode;

/** What a person may do with what is selected: a button in its detail. */
export interface SubjectAction {
  /** Unique in the window. */
  readonly id: string;
  /** Its place among those of all features. */
  readonly order: number;
  /** i18n key of what the button says. */
  readonly label: string;
  readonly icon: ComponentType;
  /** The key that does the same, as the registry spells it. */
  readonly keys?: string;
  /** Whether it is what one does first: the first of these is the solid button. */
  readonly first?: boolean;
  run(): void;
}

/** A department's screen: its tasks large, and what goes on beside them. */
export interface DepartmentScreen {
  /** The region that the tasks stand in. */
  readonly region: PanelRegion;
  readonly tasks: ComponentType<{ department: string }>;
  readonly beside: ComponentType<{ department: string }>;
  /** i18n key of what stands beside. */
  readonly besideTitle: string;
  /** A hook: what the department works on; the same object while that is the same. */
  readonly useAbout: (department: string) => Selection | null;
}

/** What a feature adds to the windows. Rail, frames, palette and keys are made from these; nothing is listed twice. */
export interface Feature {
  readonly name: string;
  readonly regions?: readonly RegionDeclaration[];
  /** What the detail region shows, by the kind of thing selected. */
  readonly details?: Readonly<Record<Selection['kind'], Detail>>;
  /** Shows its children, the detail, or for a while something in its place. */
  readonly overDetail?: ComponentType<OverDetailProps>;
  /** A hook: what a person may do in this feature with what is selected, whichever feature shows it. */
  readonly useSubjectActions?: (subject: Subject) => readonly SubjectAction[];
  /** What stands at the foot of a detail that another feature declares, by the kind of thing it shows. */
  readonly detailSections?: Readonly<Record<Selection['kind'], ComponentType<{ subject: Subject }>>>;
  /** Topics that every window of a seat follows, whatever it shows: what the feature's keys act on. */
  readonly follows?: readonly TopicName[];
  /** What it keeps in the window: what was pressed, opened or picked in it. */
  readonly slice?: AnySlice;
  /** A hook: what of it waits for a person and is to be heard, the most urgent first. */
  readonly useSounds?: () => readonly Sound[];
  /** Stands over the window of a seat while its feature has something to ask or show there. */
  readonly overWindow?: ComponentType;
  /** A screen of the wall, whole. One feature has it. */
  readonly wallScreen?: ComponentType<{ screen: string }>;
  /** One feature has it. */
  readonly departmentScreen?: DepartmentScreen;
  /** What it puts on the situation map. */
  readonly mapLayers?: readonly MapLayer[];
  /** A hook: keys that work everywhere. Keys of a region are given to `useShortcuts` by what is drawn in it. */
  readonly useKeys?: () => readonly Shortcut[];
  /** A hook: lines of the palette, while it is open, for what is typed in it; it looks through them itself. Keys are in it by themselves. */
  readonly useCommands?: (typed: string) => readonly Command[];
}

/** Declares a feature: the default export of `renderer/features/<name>/index.tsx`. */
export function defineFeature(feature: Feature): Feature {
  return feature;
}

/** All features of a window, joined. */
export interface Features {
  /** In the order of the features, as the sheet of keys has them. */
  readonly regions: readonly RegionDeclaration[];
  /** In the order of their numbers, as the rail has them. */
  readonly byNumber: readonly RegionDeclaration[];
  /** Each feature's hook for keys, by its name. */
  readonly keys: readonly { readonly name: string; readonly useKeys: () => readonly Shortcut[] }[];
  /** A hook: the lines of all features, in their order. */
  readonly useCommands: (typed: string) => readonly Command[];
  readonly details: ReadonlyMap<Selection['kind'], Detail>;
  /** A hook: what all features would do with what is selected, by their order. */
  readonly useSubjectActions: (subject: Subject) => readonly SubjectAction[];
  /** Sections at the foot of the detail of a kind of thing, each with the name of its feature. */
  sections(
    kind: Selection['kind'],
  ): readonly { readonly name: string; readonly section: ComponentType<{ subject: Subject }> }[];
  /** A hook: what is to be heard of all features, the worst first. */
  readonly useSounds: () => readonly Sound[];
  readonly follows: readonly TopicName[];
  readonly slices: readonly AnySlice[];
  readonly overDetails: readonly { readonly name: string; readonly over: ComponentType<OverDetailProps> }[];
  readonly mapLayers: MapLayers;
  readonly overWindows: readonly { readonly name: string; readonly over: ComponentType }[];
  /** Null where no feature has one: there is no wall then. */
  readonly wallScreen: ComponentType<{ screen: string }> | null;
  /** Null where no feature has one: a department's window is a workspace then. */
  readonly departmentScreen: DepartmentScreen | null;
  /** Whether a feature declares it. */
  has(id: PanelRegion): boolean;
  /** @throws Error when no feature declares it */
  region(id: PanelRegion): RegionDeclaration;
}

/**
 * Joins features in their order.
 *
 * @throws Error when two declare the same name, region, number or detail, or a part of a map layer: one would hide the other
 */
export function joinFeatures(features: readonly Feature[]): Features {
  unique(
    'feature',
    features.map((feature) => feature.name),
  );
  const regions = features.flatMap((feature) => feature.regions ?? []);
  unique(
    'region',
    regions.map((region) => region.id),
  );
  unique(
    'region number',
    regions.map((region) => String(region.number)),
  );
  const details = features.flatMap((feature) => Object.entries(feature.details ?? {}));
  unique(
    'detail',
    details.map(([kind]) => kind),
  );
  const screens = features.flatMap(({ departmentScreen }) => departmentScreen ?? []);
  unique(
    'screen',
    screens.map(() => 'of departments'),
  );
  const wallScreens = features.flatMap(({ wallScreen }) => wallScreen ?? []);
  unique(
    'screen',
    wallScreens.map(() => 'of the wall'),
  );
  const slices = features.flatMap(({ slice }) => slice ?? []);
  unique(
    'slice',
    slices.map(({ name }) => name),
  );
  const useActions = joinHooks(features.flatMap(({ useSubjectActions }) => useSubjectActions ?? []));
  const useSounds = joinHooks(features.flatMap(({ useSounds }) => useSounds ?? []));
  const byId = new Map(regions.map((region) => [region.id, region]));
  return {
    regions,
    byNumber: [...regions].sort((a, b) => a.number - b.number),
    keys: features.flatMap(({ name, useKeys }) => (useKeys ? [{ name, useKeys }] : [])),
    useCommands: joinHooks(features.flatMap(({ useCommands }) => useCommands ?? [])),
    details: new Map(details),
    useSubjectActions: (subject) => [...useActions(subject)].sort((a, b) => a.order - b.order),
    sections: (kind) =>
      features.flatMap(({ name, detailSections }) => {
        const section = detailSections?.[kind];
        return section ? [{ name, section }] : [];
      }),
    useSounds() {
      const sounds = useSounds(undefined);
      return useMemo(() => [...sounds].sort((a, b) => a.level - b.level), [sounds]);
    },
    follows: features.flatMap(({ follows }) => follows ?? []),
    slices,
    overDetails: features.flatMap(({ name, overDetail: over }) => (over ? [{ name, over }] : [])),
    mapLayers: joinMapLayers(features.flatMap((feature) => feature.mapLayers ?? [])),
    overWindows: features.flatMap(({ name, overWindow: over }) => (over ? [{ name, over }] : [])),
    wallScreen: wallScreens[0] ?? null,
    departmentScreen: screens[0] ?? null,
    has: (id) => byId.has(id),
    region(id) {
      const region = byId.get(id);
      if (region === undefined)
        throw new Error(`no feature declares the region "${id}": add it to one in renderer/features`);
      return region;
    },
  };
}

/** One hook of many; their number and order never change, as React asks. */
function joinHooks<A, T>(hooks: readonly ((given: A) => readonly T[])[]): (given: A) => readonly T[] {
  return (given) => {
    const lists = hooks.map((hook) => hook(given));
    // biome-ignore lint/correctness/useExhaustiveDependencies: as many as there are hooks, and always the same
    return useMemo(() => lists.flat(), lists);
  };
}

function unique(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two features declare the ${what} "${twice}": rename one`);
}
