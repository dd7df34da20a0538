import type { LonLat } from '../../../core/places/geo.ts';
import type { Text } from '../../../core/words.ts';
import type { Said } from '../../config/issue.ts';
import type { FoundCrs } from './foundCrs.ts';

export type Cell = string | number | boolean | null;

export type SourceFormat = 'csv' | 'xlsx' | 'geojson' | 'kml' | 'shapefile' | 'geopackage';

/** What a feature is drawn as; a line or an area stands in the hall as one point of it. */
export type GeometryKind = 'point' | 'line' | 'area' | 'none';

/** One row of a department's file, as it stands there. */
export interface RawRow {
  /** As the person sees it: the line of a text, the row of a sheet, the number of a feature. */
  readonly row: number;
  /** By the column's name, without a prototype: a column may be called anything. What a feature lacks is left out. */
  readonly values: Readonly<Record<string, Cell>>;
  /** Where the feature stands, in the coordinates of the file; null when it is drawn nowhere. Left out in files of text and numbers alone. */
  readonly at?: LonLat | null;
  readonly geometry?: GeometryKind;
  /** Why the row cannot be read as the others are. */
  readonly fault?: Said;
}

/** A department's file, read but not understood yet. */
export interface SourceTable {
  readonly format: SourceFormat;
  /** Of its text, such as `utf-8` or `gb18030`. */
  readonly encoding?: string;
  /** The sheet, layer or table that was read. */
  readonly sheet?: string;
  /** All that there are. */
  readonly sheets?: readonly string[];
  /** What the file itself says of its coordinates. */
  readonly crs?: FoundCrs;
  /** In the file's order. */
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
  /** What a person ought to know of how it was read: rows that were passed over, points taken for areas. */
  readonly notes: readonly Text[];
}

/** An empty set of values, into which columns of any name can be put. */
export const noValues = (): Record<string, Cell> => Object.create(null) as Record<string, Cell>;
