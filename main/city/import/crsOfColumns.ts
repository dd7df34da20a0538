import { cellText } from './cellText.ts';
import { LON_NAMES, LONLAT_NAMES, plainColumn } from './columnNames.ts';
import { crsWritten, type FoundCrs } from './foundCrs.ts';

/**
 * What a table says of its coordinates in brackets behind the names of their columns: `经度（GCJ-02）`. Null where none does; brackets hold units of
 * measure more often than not.
 */
export function crsOfColumns(columns: readonly string[]): FoundCrs | null {
  for (const column of columns) {
    if (![...LON_NAMES, ...LONLAT_NAMES].includes(plainColumn(column))) continue;
    const [, round, square] = /\(([^)]*)\)|\[([^\]]*)\]/.exec(cellText(column)) ?? [];
    const found = crsWritten(round ?? square ?? '');
    if (found.crs !== null) return found;
  }
  return null;
}
