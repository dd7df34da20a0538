import type { Feature, Geometry } from 'geojson';
import type { Text } from '../../../core/words.ts';
import { type StandIn, standIn, standInNotes } from './geometry.ts';
import { IMPORT_LIMITS, tooLongCell, tooManyColumns, tooManyRows } from './limits.ts';
import { type Cell, noValues, type RawRow } from './table.ts';

/** A feature with its properties in the order of the file. */
export interface DrawnRow {
  readonly row: number;
  readonly properties: Iterable<readonly [string, unknown]>;
  readonly geometry: Geometry | null | undefined;
}

/** Rows of features: every property that any of them has is a column, in the order in which they are met. */
export function tableOfFeatures(features: Iterable<DrawnRow>): { columns: string[]; rows: RawRow[]; notes: Text[] } {
  const columns = new Set<string>();
  const rows: RawRow[] = [];
  const stand: StandIn[] = [];
  for (const { row, properties, geometry } of features) {
    if (rows.length >= IMPORT_LIMITS.rows) throw tooManyRows();
    const values = noValues();
    for (const [name, value] of properties) {
      columns.add(name);
      values[name] = cellOf(value, row);
    }
    if (columns.size > IMPORT_LIMITS.columns) throw tooManyColumns();
    const point = standIn(geometry);
    stand.push(point);
    rows.push({ row, values, ...point });
  }
  return { columns: [...columns], rows, notes: standInNotes(stand) };
}

/** A property as a cell; what is made of parts as the JSON of it. */
function cellOf(value: unknown, row: number): Cell {
  const cell =
    value === undefined || value === null
      ? null
      : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : JSON.stringify(value);
  if (typeof cell === 'string' && cell.length > IMPORT_LIMITS.cell) throw tooLongCell(row);
  return cell;
}

/** The properties of a GeoJSON feature, with its own id where none of them is called so. */
export function* propertiesOf(feature: Feature<Geometry | null>): Generator<readonly [string, unknown]> {
  const properties = feature.properties ?? {};
  if (feature.id !== undefined && !Object.hasOwn(properties, 'id')) yield ['id', feature.id];
  yield* Object.entries(properties);
}
