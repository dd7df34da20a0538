import type { ExpressionSpecification } from 'maplibre-gl';
import type { MapPalette } from '../palette.ts';
import type { MapLayerName } from '../visibility.ts';
import { CONE_BANDS } from './cones.ts';
import { FONT, levelColour, ON, type OverlayLayer } from './overlayLayer.ts';
import { pointLayers } from './pointLayers.ts';

/** Sources of the overlays, all GeoJSON kept in the page. */
export const SOURCES = [
  'oh-cells',
  'oh-concern',
  'oh-cones',
  'oh-cameras',
  'oh-components',
  'oh-facilities',
  'oh-sensors',
  'oh-alarms',
  'oh-incidents',
  'oh-measure',
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Every overlay layer from the ground up, units apart: they come between the sensors and the alarms. */
export function overlayLayers(palette: MapPalette): OverlayLayer[] {
  return [
    ...cellLayers(palette),
    ...concernLayers(palette),
    ...coneLayers(palette),
    ...pointLayers(palette),
    ...measureLayers(palette),
  ];
}

/** Layers that stand above the units. */
export const ABOVE_UNITS: ReadonlySet<string> = new Set([
  'oh-alarms',
  'oh-incidents',
  'oh-measure-line',
  'oh-measure-points',
]);

/** Layers of the base map that a person may switch, by their ids in style/labels.ts. */
export const BASE_GROUPS: Readonly<Partial<Record<MapLayerName, readonly string[]>>> = {
  streets: ['border-street', 'label-street'],
  communities: ['border-community', 'label-community'],
};

/** The 15-digit cells of the management grid; their file is fetched when they are first switched on. */
function cellLayers(palette: MapPalette): OverlayLayer[] {
  return [
    {
      group: 'cells',
      under: true,
      spec: {
        id: 'oh-cells-line',
        type: 'line',
        source: 'oh-cells',
        minzoom: 12,
        paint: {
          'line-color': palette.muted,
          'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.5, 16, 1.2],
          'line-opacity': 0.4,
        },
      },
    },
    {
      group: 'cells',
      under: false,
      spec: {
        id: 'oh-cells-name',
        type: 'symbol',
        source: 'oh-cells',
        minzoom: 15,
        layout: {
          'text-field': ['slice', ['get', 'code'], 12],
          'text-font': FONT,
          'text-size': 10 * palette.scale,
          'text-padding': 20,
        },
        paint: { 'text-color': palette.muted, 'text-halo-color': palette.paper, 'text-halo-width': 1.2 },
      },
    },
  ];
}

/** The area around what is selected. */
function concernLayers(palette: MapPalette): OverlayLayer[] {
  const colour = levelColour(palette);
  return [
    {
      group: null,
      under: true,
      spec: {
        id: 'oh-concern-fill',
        type: 'fill',
        source: 'oh-concern',
        paint: { 'fill-color': colour, 'fill-opacity': 0.1 },
      },
    },
    {
      group: null,
      under: true,
      spec: {
        id: 'oh-concern-line',
        type: 'line',
        source: 'oh-concern',
        paint: {
          'line-color': colour,
          'line-width': 1.5 * palette.scale,
          'line-dasharray': [3, 2],
          'line-opacity': 0.85,
        },
      },
    },
  ];
}

function coneLayers(palette: MapPalette): OverlayLayer[] {
  const fade = (near: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['get', 'band'],
    0,
    near,
    CONE_BANDS - 1,
    near * 0.15,
  ];
  const colour: ExpressionSpecification = ['case', ON, palette.touch, palette.muted];
  return [
    {
      group: 'cones',
      under: true,
      spec: {
        id: 'oh-cones-fill',
        type: 'fill',
        source: 'oh-cones',
        filter: ['>=', ['get', 'band'], 0],
        paint: {
          'fill-color': colour,
          'fill-antialias': false,
          'fill-opacity': [
            'interpolate',
            ['linear'],
            ['zoom'],
            13.6,
            ['case', ON, fade(0.5), 0],
            14.2,
            ['case', ON, fade(0.5), fade(0.22)],
          ],
        },
      },
    },
    {
      group: 'cones',
      under: true,
      spec: {
        id: 'oh-cones-line',
        type: 'line',
        source: 'oh-cones',
        filter: ['==', ['get', 'band'], -1],
        paint: {
          'line-color': colour,
          'line-width': ['case', ON, 1.3, 0.7],
          'line-opacity': [
            'interpolate',
            ['linear'],
            ['zoom'],
            13.6,
            ['case', ON, 0.9, 0],
            14.2,
            ['case', ON, 0.9, 0.28],
          ],
        },
      },
    },
  ];
}

function measureLayers(palette: MapPalette): OverlayLayer[] {
  return [
    {
      group: null,
      under: true,
      spec: {
        id: 'oh-measure-fill',
        type: 'fill',
        source: 'oh-measure',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': palette.touch, 'fill-opacity': 0.14 },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-measure-line',
        type: 'line',
        source: 'oh-measure',
        paint: { 'line-color': palette.touch, 'line-width': 2 * palette.scale },
      },
    },
    {
      group: null,
      under: false,
      spec: {
        id: 'oh-measure-points',
        type: 'circle',
        source: 'oh-measure',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 4 * palette.scale,
          'circle-color': palette.paper,
          'circle-stroke-color': palette.touch,
          'circle-stroke-width': 2,
        },
      },
    },
  ];
}
