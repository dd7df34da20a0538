import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { ARCHIVE_SOURCE, BASEMAP_TILES, type BasemapArea } from './basemap/area.ts';
import { BASEMAP_SOURCES, type BasemapSource } from './style/expressions.ts';
import { groundLayers } from './style/ground.ts';
import { labelLayers } from './style/labels.ts';
import { type BasemapPaint, type BasemapTheme, PAINTS } from './style/paints.ts';
import { pictureLayer } from './style/picture.ts';
import { railLayers, roadLayers } from './style/roads.ts';

/** Only the drill city has these. */
const DRILL_ONLY: readonly string[] = ['depth', 'relief'];

/**
 * The city's basemap: quiet blue-greys, because colour on the map means severity.
 *
 * @param theme `dark` and `light` for workstations, `wall` for screens read from five metres (1.6 × letters and lines)
 * @param lang language of every name on the map
 * @param base address before `/city/*.geojson`; must be absolute, because MapLibre's worker fetches the files. Null without the drill
 *   city
 * @param basemap the hall's own, which takes the place of the drill city's files: the same layers of one archive, or its pictures.
 *   Without either it is an empty ground, for which nothing is fetched
 *
 * The style has no `glyphs`: MapLibre then draws every letter with the machine's own fonts, so nothing comes from afar.
 */
export function cityStyle(
  theme: BasemapTheme,
  lang: 'zh-CN' | 'en',
  base: string | null,
  basemap: BasemapArea | null = null,
): StyleSpecification {
  const paint = PAINTS[theme];
  return {
    version: 8,
    // Another theme is there in one frame: on a PC without a card a fade would be many.
    transition: { duration: 0, delay: 0 },
    name: `opshall-${theme}-${lang}`,
    ...(basemap ? ofArchive(paint, lang, basemap) : ofCity(paint, lang, base)),
  };
}

type Drawn = Pick<StyleSpecification, 'sources' | 'layers'>;

function ofCity(paint: BasemapPaint, lang: 'zh-CN' | 'en', base: string | null): Drawn {
  if (base === null) return { sources: {}, layers: groundLayers(paint).filter(isBackground) };
  const sources = BASEMAP_SOURCES.map((name) => [
    name,
    { type: 'geojson' as const, data: `${base}/city/${name}.geojson`, ...detailOf(name) },
  ]);
  return { sources: Object.fromEntries(sources), layers: allLayers(paint, lang) };
}

/** Beyond the farthest zoom of the archive MapLibre draws that one's tiles larger. */
function ofArchive(paint: BasemapPaint, lang: 'zh-CN' | 'en', { kind, bounds, minZoom, maxZoom }: BasemapArea): Drawn {
  const [west, south, east, north] = bounds;
  const tiles = {
    tiles: [BASEMAP_TILES],
    bounds: [west, south, east, north] as [number, number, number, number],
    minzoom: minZoom,
    maxzoom: maxZoom,
  };
  if (kind === 'raster') {
    return {
      sources: { [ARCHIVE_SOURCE]: { type: 'raster', tileSize: 256, ...tiles } },
      layers: [...groundLayers(paint).filter(isBackground), pictureLayer(paint, ARCHIVE_SOURCE)],
    };
  }
  return {
    sources: { [ARCHIVE_SOURCE]: { type: 'vector', ...tiles } },
    layers: allLayers(paint, lang).flatMap((layer) => {
      if (!('source' in layer)) return [layer];
      if (DRILL_ONLY.includes(layer.source)) return [];
      return [{ ...layer, source: ARCHIVE_SOURCE, 'source-layer': layer.source } as LayerSpecification];
    }),
  };
}

function allLayers(paint: BasemapPaint, lang: 'zh-CN' | 'en'): LayerSpecification[] {
  return [
    ...groundLayers(paint),
    ...railLayers(paint, 'under'),
    ...roadLayers(paint),
    ...railLayers(paint, 'over'),
    ...labelLayers(paint, lang),
  ];
}

function isBackground({ type }: LayerSpecification): boolean {
  return type === 'background';
}

/** Small shapes keep their corners; long ones need no overlap between tiles beyond their widest line. */
function detailOf(name: BasemapSource): { maxzoom?: number; tolerance?: number; buffer?: number } {
  if (name === 'buildings') return { maxzoom: 15, tolerance: 0.2, buffer: 8 };
  if (name === 'roads') return { maxzoom: 15, tolerance: 0.25, buffer: 64 };
  return { maxzoom: 14 };
}
