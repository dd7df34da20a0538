import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { MapLayer, OverlayLayer } from '../layer.ts';
import type { MapPalette } from '../palette.ts';
import type { Collection } from './collections.ts';

/** The part of a map that takes sources and layers. */
type Ground = Pick<MapLibreMap, 'getStyle' | 'getSource' | 'addSource' | 'getLayer' | 'addLayer'>;

/** Our sources and layers on the style of a map. */
export interface Stand {
  /** Of every layer, from the ground up, whether or not it is on the map. */
  specs(palette: MapPalette): readonly OverlayLayer[];
  /** Puts on a style that has none of them those with something in them. */
  install(palette: MapPalette): void;
  /**
   * What is in a source from now on: GeoJSON, or the address of a file of it.
   *
   * @param palette of the layers, should it come on the map; null while the style has none of ours
   * @returns whether the source has come on the map
   */
  put(source: string, data: Collection | string, palette: MapPalette | null): boolean;
}

/**
 * A source comes on the map, with the layers over it, when something is first in it, and stays: MapLibre cuts an empty one into tiles
 * like any other, and a dozen of them were more than half of the messages until the city stood.
 */
export function standOn(map: Ground, layers: readonly MapLayer[]): Stand {
  const data = new Map<string, Collection | string>();
  const specs = (palette: MapPalette) => layers.flatMap(({ style }) => style?.(palette) ?? []);

  const add = (source: string, palette: MapPalette): void => {
    const holds = data.get(source);
    if (holds === undefined || isEmpty(holds)) return;
    map.addSource(source, { type: 'geojson', data: holds, promoteId: 'id', tolerance: 0.3 });
    const all = specs(palette);
    const names = map.getStyle().layers.find(({ type }) => type === 'symbol')?.id;
    for (const [i, { spec, under }] of all.entries()) {
      if (sourceOf(spec) !== source) continue;
      const above = all.slice(i + 1).find((other) => other.under === under && map.getLayer(other.spec.id));
      map.addLayer(spec, above?.spec.id ?? (under ? names : undefined));
    }
  };

  return {
    specs,
    install(palette) {
      for (const source of layers.flatMap(({ sources }) => sources ?? [])) add(source, palette);
    },
    put(source, holds, palette) {
      data.set(source, holds);
      const there = map.getSource<GeoJSONSource>(source);
      if (!there) {
        if (palette) add(source, palette);
        return map.getSource(source) !== undefined;
      }
      // What goes wrong with the data also comes as the map's own error event.
      there.setData(holds).catch(() => undefined);
      return false;
    },
  };
}

function isEmpty(holds: Collection | string): boolean {
  return typeof holds !== 'string' && holds.features.length === 0;
}

function sourceOf(spec: LayerSpecification): string | undefined {
  return 'source' in spec ? spec.source : undefined;
}
