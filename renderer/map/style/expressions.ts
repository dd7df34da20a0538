import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, FilterSpecification } from 'maplibre-gl';

/** Basemap files below `/city/`, without `.geojson`; each is a source of the same name. */
export const BASEMAP_SOURCES = [
  'land',
  'depth',
  'relief',
  'landuse',
  'water',
  'buildings',
  'roads',
  'rail',
  'labels',
  'borders',
] as const;
export type BasemapSource = (typeof BASEMAP_SOURCES)[number];

/** A width that doubles with every zoom level, as the ground does, from `px` at zoom 14; not thinner than `least`. */
export function groundWidth(metres: number, least: number): ExpressionSpecification {
  const at14 = metres / METRES_PER_PIXEL_AT_14;
  return [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    10,
    least,
    12,
    Math.max(least * 1.25, at14 * 0.36),
    14,
    Math.max(least * 1.5, at14 * 0.86),
    16,
    at14 * 3.4,
    18,
    at14 * 13,
    20,
    at14 * 52,
  ];
}

/** A number that goes straight from one zoom's to the next. */
export function byZoom(...stops: [number, number][]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

/** The value for the feature's property, or the last one. */
export function byValue<T extends string | number>(
  property: string,
  values: Readonly<Record<string, T>>,
  otherwise: T,
): DataDrivenPropertyValueSpecification<T> {
  const pairs = Object.entries(values).flat();
  return ['match', ['get', property], ...pairs, otherwise] as unknown as ExpressionSpecification;
}

export function is(property: string, ...values: (string | number | boolean)[]): FilterSpecification {
  return ['in', ['get', property], ['literal', values]] as unknown as FilterSpecification;
}

/** At the city's latitude, with MapLibre's 512-pixel tiles. */
const METRES_PER_PIXEL_AT_14 = 4.17;
