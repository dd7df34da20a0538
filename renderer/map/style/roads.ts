import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { RoadClass } from '../../../core/places/roads.ts';
import { byZoom, groundWidth } from './expressions.ts';
import type { BasemapPaint } from './paints.ts';

interface RoadKind {
  readonly id: string;
  readonly class: RoadClass;
  readonly filter: FilterSpecification;
  /** Width of the carriageway on the ground, metres. */
  readonly metres: number;
  /** Pixels at the smallest zoom. */
  readonly least: number;
  readonly from: number;
}

const NOT_RAMP: FilterSpecification = ['!', ['has', 'ramp']];

/** From the smallest road up, as they lie over one another. */
const ROADS: readonly RoadKind[] = [
  { id: 'service', class: 'service', filter: ofClass('service'), metres: 6, least: 0.2, from: 13.4 },
  { id: 'local', class: 'local', filter: ofClass('local'), metres: 9.5, least: 0.25, from: 11.8 },
  { id: 'secondary', class: 'secondary', filter: ofClass('secondary'), metres: 17, least: 0.5, from: 10.5 },
  { id: 'ramp', class: 'expressway', filter: ['has', 'ramp'], metres: 9, least: 0.3, from: 11.5 },
  { id: 'arterial', class: 'arterial', filter: ofClass('arterial'), metres: 28, least: 0.9, from: 0 },
  {
    id: 'expressway',
    class: 'expressway',
    filter: ['all', ofClass('expressway'), NOT_RAMP] as FilterSpecification,
    metres: 27,
    least: 1.2,
    from: 0,
  },
];

function ofClass(name: RoadClass): FilterSpecification {
  return ['==', ['get', 'class'], name];
}

/** Casings of all ground roads first, then their surfaces, so that junctions melt into one another; expressways on top. */
export function roadLayers(paint: BasemapPaint): LayerSpecification[] {
  const ground = ROADS.filter((road) => road.class !== 'expressway');
  const raised = ROADS.filter((road) => road.class === 'expressway');
  return [
    ...ground.map((road) => casing(road, paint)),
    ...ground.map((road) => surface(road, paint)),
    ...raised.map((road) => casing(road, paint)),
    ...raised.map((road) => surface(road, paint)),
    {
      id: 'expressway-divider',
      type: 'line',
      source: 'roads',
      minzoom: 13.5,
      filter: ['all', ofClass('expressway'), NOT_RAMP] as FilterSpecification,
      paint: { 'line-color': paint.casing.expressway, 'line-width': byZoom([13.5, 0.5], [16, 1.6], [18, 4]) },
    },
  ];
}

function casing(road: RoadKind, paint: BasemapPaint): LayerSpecification {
  return {
    id: `road-${road.id}-casing`,
    type: 'line',
    source: 'roads',
    minzoom: Math.max(road.from, 11),
    filter: road.filter,
    layout: { 'line-join': 'round', 'line-cap': 'butt' },
    paint: {
      'line-color': paint.casing[road.class],
      'line-gap-width': groundWidth(road.metres, road.least * paint.scale),
      'line-width': byZoom([11, 0.4], [14, 1], [17, 2.2]),
    },
  };
}

function surface(road: RoadKind, paint: BasemapPaint): LayerSpecification {
  return {
    id: `road-${road.id}`,
    type: 'line',
    source: 'roads',
    minzoom: road.from,
    filter: road.filter,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': paint.road[road.class],
      'line-width': groundWidth(road.metres, road.least * paint.scale),
      'line-opacity': road.from > 11 ? byZoom([road.from, 0], [road.from + 0.8, 1]) : 1,
    },
  };
}

/** The railway: below the roads a dark bed, above them the track with its ties. */
export function railLayers(paint: BasemapPaint, part: 'under' | 'over'): LayerSpecification[] {
  if (part === 'under') {
    return [
      {
        id: 'rail-bed',
        type: 'line',
        source: 'rail',
        minzoom: 13,
        paint: { 'line-color': paint.casing.local, 'line-width': groundWidth(16, 0.6) },
      },
    ];
  }
  return [
    {
      id: 'rail',
      type: 'line',
      source: 'rail',
      paint: {
        'line-color': paint.rail,
        'line-width': byZoom([10, 0.8 * paint.scale], [14, 2 * paint.scale], [17, 5]),
      },
    },
    {
      id: 'rail-ties',
      type: 'line',
      source: 'rail',
      minzoom: 12,
      paint: {
        'line-color': paint.railTie,
        'line-width': byZoom([12, 0.7 * paint.scale], [14, 1.2 * paint.scale], [17, 3.4]),
        'line-dasharray': [5, 5],
      },
    },
  ];
}
