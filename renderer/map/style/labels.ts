import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { byZoom, is } from './expressions.ts';
import type { BasemapPaint } from './paints.ts';

/** Local fonts, first one found; MapLibre draws the letters itself. */
const FONT = ['Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif'];

/** District borders and every name on the basemap. */
export function labelLayers(paint: BasemapPaint, lang: 'zh-CN' | 'en'): LayerSpecification[] {
  const name: ExpressionSpecification = ['get', lang === 'en' ? 'en' : 'zh'];
  const zh = lang !== 'en';
  const s = paint.scale;
  const road = (
    id: string,
    filter: FilterSpecification,
    minzoom: number,
    size: [number, number][],
    color: string,
  ): SymbolLayerSpecification => ({
    id: `label-road-${id}`,
    type: 'symbol',
    source: 'roads',
    minzoom,
    filter,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': name,
      'text-font': FONT,
      'text-size': byZoom(...size.map(([z, px]): [number, number] => [z, px * s])),
      'text-letter-spacing': zh ? 0.12 : 0.03,
      'text-max-angle': 32,
      'text-padding': 12,
      'text-pitch-alignment': 'viewport',
    },
    paint: { 'text-color': color, 'text-halo-color': paint.halo, 'text-halo-width': 1.3 * s },
  });
  const place = (
    id: string,
    filter: FilterSpecification,
    zooms: [number, number],
    size: [number, number][],
    color: string,
    more: SymbolLayerSpecification['layout'] = {},
  ): SymbolLayerSpecification => ({
    id: `label-${id}`,
    type: 'symbol',
    source: 'labels',
    minzoom: zooms[0],
    maxzoom: zooms[1],
    filter,
    layout: {
      'text-field': name,
      'text-font': FONT,
      'text-size': byZoom(...size.map(([z, px]): [number, number] => [z, px * s])),
      'text-max-width': 9,
      'text-padding': 6,
      ...more,
    },
    paint: { 'text-color': color, 'text-halo-color': paint.halo, 'text-halo-width': 1.4 * s },
  });
  const wide = { 'text-letter-spacing': zh ? 0.35 : 0.14 };
  return [
    {
      id: 'border-community',
      type: 'line',
      source: 'borders',
      filter: is('level', 'community'),
      minzoom: 13.4,
      paint: {
        'line-color': paint.border,
        'line-width': 0.8 * s,
        'line-dasharray': [2, 3],
        'line-opacity': byZoom([13.4, 0], [14.2, 0.4]),
      },
    },
    {
      id: 'border-street',
      type: 'line',
      source: 'borders',
      filter: is('level', 'street'),
      minzoom: 11,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': paint.border,
        'line-width': byZoom([11, 0.7 * s], [15, 1.6 * s]),
        'line-dasharray': [5, 2, 1, 2],
        'line-opacity': 0.55,
      },
    },
    road(
      'local',
      ['in', ['get', 'class'], ['literal', ['local', 'service']]],
      15.2,
      [
        [15.2, 9.5],
        [18, 12],
      ],
      paint.inkQuiet,
    ),
    road(
      'secondary',
      is('class', 'secondary'),
      13.4,
      [
        [13.4, 9.5],
        [17, 13],
      ],
      paint.inkQuiet,
    ),
    road(
      'arterial',
      is('class', 'arterial'),
      12,
      [
        [12, 10],
        [17, 14],
      ],
      paint.ink,
    ),
    road(
      'expressway',
      ['all', ['==', ['get', 'class'], 'expressway'], ['!', ['has', 'ramp']]],
      10.5,
      [
        [11, 10.5],
        [17, 14],
      ],
      paint.ink,
    ),
    place(
      'community',
      is('kind', 'community'),
      [13.6, 16.5],
      [
        [13.6, 10],
        [16, 13],
      ],
      paint.inkQuiet,
      wide,
    ),
    place(
      'park',
      is('kind', 'park'),
      [14, 20],
      [
        [14, 10],
        [17, 13],
      ],
      paint.inkGreen,
    ),
    place(
      'hill',
      is('kind', 'hill'),
      [11.2, 20],
      [
        [11.2, 10],
        [15, 14],
      ],
      paint.inkGreen,
      wide,
    ),
    place(
      'lake',
      is('kind', 'lake', 'island'),
      [12, 20],
      [
        [12, 9.5],
        [16, 13],
      ],
      paint.inkWater,
    ),
    place(
      'river',
      is('kind', 'river', 'bay'),
      [10.5, 20],
      [
        [10.5, 10],
        [16, 16],
      ],
      paint.inkWater,
      wide,
    ),
    place(
      'sea',
      is('kind', 'sea'),
      [8, 16],
      [
        [8, 12],
        [13, 20],
      ],
      paint.inkWater,
      { 'text-letter-spacing': zh ? 0.7 : 0.24 },
    ),
    place(
      'station',
      is('kind', 'station', 'port', 'underpass'),
      [12.4, 20],
      [
        [12.4, 10.5],
        [16, 14],
      ],
      paint.ink,
    ),
    place(
      'street',
      is('kind', 'street'),
      [11.3, 15.2],
      [
        [11.3, 11],
        [14, 15.5],
      ],
      paint.ink,
      wide,
    ),
    place(
      'city',
      is('kind', 'city'),
      [7, 11.6],
      [
        [7, 13],
        [11, 21],
      ],
      paint.ink,
      wide,
    ),
  ];
}
