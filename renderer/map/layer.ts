import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { ReactNode } from 'react';
import type { Selection } from '../../contract/features/seats.ts';
import type { CityMeta } from '../../core/places/city.ts';
import type { LonLat } from '../../core/places/geo.ts';
import type { Lang } from '../ui/format.ts';
import type { CityFiles } from './city.ts';
import type { View } from './frames.ts';
import type { Inked, Marks } from './ink/mark.ts';
import type { Collection, Say } from './overlays/collections.ts';
import type { AddSymbol } from './overlays/symbols.ts';
import type { MapPalette } from './palette.ts';
import type { Hit } from './pointed.ts';
import type { Findable, FindKind } from './search/find.ts';
import type { LayerSwitch, VisibilityStore } from './visibility.ts';

/** A layer of the style, what switches it, and whether it lies under the base map's names. */
export interface OverlayLayer {
  readonly spec: LayerSpecification;
  /** The id of a switch; null: it is always shown. */
  readonly group: string | null;
  readonly under: boolean;
}

/** What of a map layer can be clicked. */
export interface LayerHits {
  /** The most urgent is 1: it is looked for before what has a higher number, whatever is drawn on top. */
  readonly order: number;
  /** What a hit selects; the id is the property `id`. */
  readonly kind: Selection['kind'];
  /**
   * Layers of the style, each before the next; only what carries the flag, where one is named.
   * Left out: the drawing, or the marks, answer.
   */
  readonly layers?: readonly { readonly id: string; readonly flag?: string }[];
}

/** Drawn past the style, on a sheet over the map (sheet.ts): what moves all the time. */
export interface Drawing {
  /** Draws in a palette from now on; once before it is put on the card. */
  dress(palette: MapPalette): void;
  /**
   * The card is there, for the first time or anew after it was lost.
   *
   * @param ask has it drawn again soon, at the card's pace
   * @throws Error when the card refuses it
   */
  added(map: MapLibreMap, gl: WebGL2RenderingContext, ask: () => void): void;
  removed(gl: WebGL2RenderingContext): void;
  /** Draws a frame over a picture of the map, colours multiplied by their alpha. */
  render(gl: WebGL2RenderingContext, view: View): void;
  /** Whether the card took it. */
  placed(ok: boolean): void;
  /** What is at a point, in pixels from the canvas' top left. */
  hit(map: MapLibreMap, x: number, y: number): Omit<Hit, 'layer'> | null;
  /** What is selected and what is under the pointer, of whatever kind. */
  mark(selected: Selection | null, hovered: Selection | null): void;
}

/** The map, as far as its layers drive it. */
export interface LayerScene {
  readonly map: MapLibreMap;
  /** Monotonic ms since the window began. */
  now(): number;
  /** GeoJSON, or the address of a file of it. */
  setData(source: string, data: Collection | string): void;
  /** The same, of what the hall tells and nobody here has done: a slow card has it when it draws next, as it is then. */
  setNews(source: string, data: () => Collection): void;
  /** Things that carry a flag, for `feature-state` of a style; they replace those that carried it. */
  setFlag(flag: string, sources: readonly string[], ids: ReadonlySet<string>): void;
  /** Gives the map what a layer with `drawn` draws. Answers how to take it off. */
  draw(layer: string, drawing: Drawing): () => void;
  /** Puts the marks of a layer that has some onto the paper. */
  ink(layer: string, marks: Marks): Inked;
  /** Ms between two frames of what is drawn, where nobody works in the window; else 0. News that come more often are not seen. */
  rest(): number;
}

/** What a layer's hook is given. */
export interface MapView {
  /** Null until the map is there. */
  readonly scene: LayerScene | null;
  readonly lang: Lang;
  readonly say: Say;
  /** Null until it has come, and where the hall has none. */
  readonly city: CityMeta | null;
  readonly files: CityFiles;
  readonly visibility: VisibilityStore;
  readonly selection: Selection | null;
  /** Whether somebody has begun to search the map, and what is typed. */
  readonly searched: boolean;
  readonly typed: string;
}

/** What a layer adds to the map beside the picture. */
export interface OnMap {
  /** Said at the foot of the map (`MapNote`). */
  readonly notes?: ReactNode;
  /** Below the switches in the panel of layers. */
  readonly legend?: ReactNode;
  /** What the tooltip says of one of its hits, below the hit's title. */
  readonly tip?: (hit: Hit) => readonly string[];
  /** Where a selected thing is now; null where it does not know it. The same function until it would answer otherwise. */
  readonly placeOf?: (selection: Selection) => LonLat | null;
  /** A person has pointed at one of its hits; null: at something else. The same function until it would do otherwise. */
  readonly pointed?: (hit: Hit | null) => void;
  /** What can be found by name, asked for when somebody begins to search. */
  readonly things?: () => readonly Findable[];
  /** What can be found beside, that comes later; the same list until it is another. */
  readonly found?: readonly Findable[];
}

/** Something that a feature puts on the map: a member of `mapLayers` of its `defineFeature`. */
export interface MapLayer {
  readonly id: string;
  /** From the ground up; each number once. */
  readonly order: number;
  /** GeoJSON sources, filled by `useLayer`. Things are known by their property `id`. */
  readonly sources?: readonly string[];
  /** Layers of the style over these sources, from the ground up. */
  readonly style?: (palette: MapPalette) => readonly OverlayLayer[];
  /** It has a drawing, with such a switch; null: it is always shown. */
  readonly drawn?: { readonly group: string | null };
  /** It has marks, on paper over the style (ink/paper.ts): they show as soon as they change. With such a switch; `symbols` draws those that they name. */
  readonly marks?: { readonly group: string | null; readonly symbols: (add: AddSymbol, palette: MapPalette) => void };
  /** Draws the symbols that the style names. */
  readonly symbols?: (add: AddSymbol, palette: MapPalette) => void;
  /** What a person may switch on and off. */
  readonly switches?: readonly LayerSwitch[];
  readonly hits?: LayerHits;
  /** Kinds of things that the search finds. */
  readonly finds?: readonly FindKind[];
  /** A hook: takes the data and puts it on the scene. */
  readonly useLayer?: (view: MapView) => OnMap;
}

/** All layers of a map, joined. */
export interface MapLayers {
  /** From the ground up. */
  readonly layers: readonly MapLayer[];
  /** Those that can be clicked, the most urgent first. */
  readonly clickable: readonly (MapLayer & { readonly hits: LayerHits })[];
  /** In the order of the panel. */
  readonly switches: readonly LayerSwitch[];
  /** What the search finds, by kind. */
  readonly kinds: ReadonlyMap<string, FindKind>;
}
