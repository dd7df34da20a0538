import type { CityArea } from './area.ts';
import type { Camera } from './camera.ts';
import type { LonLat } from './geo.ts';
import type { RoadGraph } from './roads.ts';

/** A name in both languages of the hall. */
export interface BilingualName {
  readonly zh: string;
  readonly en: string;
}

/** West, south, east, north; degrees. */
export type Bounds = readonly [number, number, number, number];

/** A place that plans, drills and people speak of by name. */
export interface PlaceOfInterest extends BilingualName, LonLat {
  /** Stable id, such as `binhe-underpass`. */
  readonly id: string;
  readonly kind: string;
}

/** What the city is: where, how large, made from which seed. */
export interface CityMeta extends BilingualName {
  readonly version: 1;
  readonly seed: number;
  /** 6-digit county code (made up). */
  readonly county: string;
  readonly center: LonLat;
  readonly bounds: Bounds;
  /** How many of each thing there are, by the file's name for it. */
  readonly counts: Readonly<Record<string, number>>;
  readonly places: readonly PlaceOfInterest[];
  readonly streets: readonly Division[];
  readonly communities: readonly Division[];
}

/** A street (9 digits) or a community (12 digits) of the management grid. */
export interface Division extends BilingualName, LonLat {
  readonly code: string;
}

/** A kind of city asset, after GB/T 30428.2: 2 digits of class and 2 of kind. */
export interface ComponentCategory extends BilingualName {
  readonly code: string;
  /** Owner department's id. */
  readonly department: string;
}

/** City components in columns; row `i` of every column is one component. */
export interface ComponentTable {
  readonly categories: readonly ComponentCategory[];
  /** 15-digit codes that `cell` points into. */
  readonly cells: readonly string[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  /** Index into `categories`. */
  readonly category: readonly number[];
  /** Index into `cells`. */
  readonly cell: readonly number[];
  /** Running number within the category, from 1. */
  readonly seq: readonly number[];
}

/** 16-digit identifier of a component (GB/T 30428.2): county 6, category 4, sequence 6. */
export function componentCode(county: string, category: string, seq: number): string {
  return `${county}${category}${String(seq).padStart(6, '0')}`;
}

export const FACILITY_KINDS = [
  'hospital',
  'fire-station',
  'police-station',
  'shelter',
  'pump-station',
  'school',
  'rail-station',
  'government',
] as const;
export type FacilityKind = (typeof FACILITY_KINDS)[number];

/** A fixed place that a response uses. */
export interface Facility extends BilingualName, LonLat {
  readonly id: string;
  /** One of {@link FACILITY_KINDS}, or of a hall's own. */
  readonly kind: string;
  readonly department: string;
  /** Beds, places or m³/s, by kind. */
  readonly capacity?: number;
}

/** A department of the joint response. */
export interface Department extends BilingualName {
  readonly id: string;
  /** Short name for lanes and tags. */
  readonly shortZh: string;
  readonly shortEn: string;
  /** The number that people dial, or the duty room's. */
  readonly phone: string;
}

export const UNIT_KINDS = ['car', 'truck', 'ambulance', 'boat', 'motorbike', 'foot-team'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A vehicle or team of the drill city. */
export interface CityUnit {
  readonly id: string;
  readonly callSign: string;
  readonly department: string;
  readonly kind: UnitKind;
  readonly capability: readonly string[];
  /** Index of the node of the road graph where it is stationed. */
  readonly home: number;
}

export const SENSOR_KINDS = ['rain', 'water-level', 'gas', 'wind', 'air'] as const;
export type SensorKind = (typeof SENSOR_KINDS)[number];

/** A sensor of the drill city. */
export interface CitySensor extends BilingualName, LonLat {
  /** `RG-001` rain, `WL-001` water level, `GS-001` gas, `WD-001` wind, `AQ-001` air quality. */
  readonly id: string;
  readonly kind: SensorKind;
  /** Unit of what it measures: mm/h, m, %LEL, m/s, µg/m³. */
  readonly unit: string;
  /** Name of the place where it stands. */
  readonly place: BilingualName;
}

/** Everything the hall knows of the city, apart from the basemap's drawing. */
export interface City {
  readonly meta: CityMeta;
  readonly graph: RoadGraph;
  readonly cells: readonly CityArea[];
  readonly components: ComponentTable;
  readonly cameras: readonly Camera[];
  readonly facilities: readonly Facility[];
  readonly departments: readonly Department[];
  readonly units: readonly CityUnit[];
  readonly sensors: readonly CitySensor[];
}
