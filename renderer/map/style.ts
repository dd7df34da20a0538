import type { StyleSpecification } from 'maplibre-gl';
import { BASEMAP_SOURCES, type BasemapSource } from './style/expressions.ts';
import { groundLayers } from './style/ground.ts';
import { labelLayers } from './style/labels.ts';
import { type BasemapTheme, PAINTS } from './style/paints.ts';
import { railLayers, roadLayers } from './style/roads.ts';

/**
 * The city's basemap: quiet blue-greys, because colour on the map means severity.
 *
 * @param theme `dark` and `light` for workstations, `wall` for screens read from five metres (1.6 × letters and lines)
 * @param lang language of every name on the map
 * @param base address before `/city/*.geojson`; must be absolute, because MapLibre's worker fetches the files. Null without a city:
 *   an empty ground, for which nothing is fetched
 *
 * The style has no `glyphs`: MapLibre then draws every letter with the machine's own fonts, so nothing comes from afar.
 */
export function cityStyle(theme: BasemapTheme, lang: 'zh-CN' | 'en', base: string | null): StyleSpecification {
  const paint = PAINTS[theme];
  const ground = groundLayers(paint);
  const sources = Object.fromEntries(
    (base === null ? [] : BASEMAP_SOURCES).map((name) => [
      name,
      { type: 'geojson' as const, data: `${base}/city/${name}.geojson`, ...detailOf(name) },
    ]),
  );
  return {
    version: 8,
    // Another theme is there in one frame: on a PC without a card a fade would be many.
    transition: { duration: 0, delay: 0 },
    name: `opshall-${theme}-${lang}`,
    sources,
    layers:
      base === null
        ? ground.filter(({ type }) => type === 'background')
        : [
            ...ground,
            ...railLayers(paint, 'under'),
            ...roadLayers(paint),
            ...railLayers(paint, 'over'),
            ...labelLayers(paint, lang),
          ],
  };
}

/** Small shapes keep their corners; long ones need no overlap between tiles beyond their widest line. */
function detailOf(name: BasemapSource): { maxzoom?: number; tolerance?: number; buffer?: number } {
  if (name === 'buildings') return { maxzoom: 15, tolerance: 0.2, buffer: 8 };
  if (name === 'roads') return { maxzoom: 15, tolerance: 0.25, buffer: 64 };
  return { maxzoom: 14 };
}
