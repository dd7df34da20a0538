import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { byValue, byZoom, is } from './expressions.ts';
import type { BasemapPaint } from './paints.ts';

const POLYGON: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];

/** Sea with its depths, land with its hills, green, blocks, fresh water, buildings: all that lies below the roads. */
export function groundLayers(paint: BasemapPaint): LayerSpecification[] {
  const shallower = [paint.sea[1], paint.sea[2], paint.sea[3], paint.sea[4]];
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': paint.sea[0] } },
    ...shallower.map(
      (color, step): LayerSpecification => ({
        id: `depth-${3 - step}`,
        type: 'fill',
        source: 'depth',
        filter: is('band', 3 - step),
        paint: { 'fill-color': color, 'fill-antialias': true },
      }),
    ),
    {
      id: 'shore-glow',
      type: 'line',
      source: 'land',
      filter: is('kind', 'land'),
      paint: {
        'line-color': paint.shore,
        'line-width': byZoom([10, 4], [13, 14], [16, 46]),
        'line-blur': byZoom([10, 4], [13, 14], [16, 46]),
        'line-opacity': 0.45,
      },
    },
    {
      id: 'land',
      type: 'fill',
      source: 'land',
      paint: { 'fill-color': byValue('kind', { pier: paint.pier }, paint.land) },
    },
    ...paint.relief.map(
      (color, band): LayerSpecification => ({
        id: `relief-${band}`,
        type: 'fill',
        source: 'relief',
        filter: is('band', band),
        paint: { 'fill-color': color, 'fill-opacity': 0.9 },
      }),
    ),
    {
      // Of maps that have the sea and no land: their land is all of the ground, and the sea lies upon it.
      id: 'sea-on-land',
      type: 'fill',
      source: 'water',
      filter: ['all', POLYGON, is('kind', 'sea')] as FilterSpecification,
      paint: { 'fill-color': paint.sea[0] },
    },
    {
      id: 'landuse',
      type: 'fill',
      source: 'landuse',
      paint: {
        'fill-color': byValue('use', paint.landuse, paint.land),
        'fill-opacity': byZoom([10, 0.5], [12.5, 1]),
        'fill-antialias': false,
      },
    },
    {
      id: 'shore',
      type: 'line',
      source: 'land',
      paint: {
        'line-color': paint.shore,
        'line-width': byZoom([10, 0.5 * paint.scale], [14, 1.1 * paint.scale], [17, 2]),
      },
    },
    {
      id: 'bank',
      type: 'line',
      source: 'water',
      filter: is('kind', 'bank'),
      minzoom: 12,
      paint: { 'line-color': paint.shore, 'line-width': byZoom([12, 0.8], [14, 2], [17, 4]), 'line-opacity': 0.7 },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'water',
      filter: ['all', POLYGON, ['!', is('kind', 'sea')]] as FilterSpecification,
      paint: { 'fill-color': paint.fresh },
    },
    {
      id: 'building-shade',
      type: 'fill',
      source: 'buildings',
      minzoom: 14.2,
      filter: ['>', ['get', 'h'], 14],
      paint: {
        'fill-color': paint.buildingShade,
        'fill-opacity': byZoom([14.2, 0], [15, 0.6]),
        'fill-translate': [
          'interpolate',
          ['exponential', 2],
          ['zoom'],
          14,
          ['literal', [1, 1]],
          18,
          ['literal', [9, 9]],
        ],
        'fill-antialias': false,
      },
    },
    {
      id: 'building',
      type: 'fill',
      source: 'buildings',
      minzoom: 12.6,
      paint: {
        'fill-color': [
          'interpolate',
          ['linear'],
          ['get', 'h'],
          6,
          paint.building[0],
          40,
          paint.building[1],
          120,
          paint.building[2],
        ],
        'fill-opacity': byZoom([12.6, 0], [13.4, 0.85], [15, 1]),
        'fill-outline-color': paint.buildingEdge,
      },
    },
  ];
}
