import type { OwnKind } from '../../../core/places/kinds.ts';
import { cellText, saidText } from './cellText.ts';
import {
  EITHER_NAMES,
  ENGLISH_NAMES,
  ID_NAMES,
  LAT_NAMES,
  LON_NAMES,
  LONLAT_NAMES,
  PLATE_NAMES,
  plainColumn,
} from './columnNames.ts';
import { degreesOf } from './degrees.ts';
import { FIELDS, type FieldRule, wordsOf } from './fields.ts';
import type { FieldSpec, IdSpec, Mapping, PairSpec } from './mapping.ts';
import type { Cell, SourceTable } from './table.ts';
import { isPlaced, type MappedKind } from './things.ts';
import { namedWithin, SENSOR_UNITS, type WordTable } from './words.ts';

/** A mapping that was guessed from the columns' names, and the fields that nothing was found for. */
export interface Proposal {
  readonly mapping: Mapping;
  readonly missing: readonly string[];
}

/** The rows that a guess looks at. */
const LOOKED_AT = 200;

/**
 * Guesses which column holds what by the names that they usually have, in Chinese and English, and by what is in them. A kind that no column
 * tells is taken from the name of the file, of the sheet or of a column where one says it.
 *
 * @param source the file's name, for its words
 * @param kinds the hall's own
 */
export function proposeMapping(
  kind: MappedKind,
  table: SourceTable,
  { source, kinds }: { source: string; kinds: readonly OwnKind[] },
): Proposal {
  const rule = FIELDS[kind].kind;
  const words = rule ? wordsOf(kind, rule, kinds) : null;
  const taken = new Set<string>();
  const cells = (column: string) => table.rows.slice(0, LOOKED_AT).map(({ values }) => values[column] ?? null);
  const find = (names: readonly string[], fits: (cells: Cell[]) => boolean = () => true): string | null => {
    const column = columnCalled(table.columns, names, (each) => !taken.has(each) && fits(cells(each)));
    if (column !== null) taken.add(column);
    return column;
  };
  const position = isPlaced(kind) ? positionOf(table, find, cells) : {};
  const fields: Record<string, PairSpec> = {};
  const missing: string[] = [];
  const idColumn = find(ID_NAMES) ?? columnEnding(table.columns, taken);
  if (idColumn !== null) taken.add(idColumn);
  const english = find(ENGLISH_NAMES);
  for (const [name, rule] of Object.entries(FIELDS[kind])) {
    if (rule.beside !== undefined && fields[rule.beside] === undefined) continue;
    const column = find(rule.names, (all) => looksRight(rule, name, all));
    if (column === null) {
      if (rule.required && fields[rule.unless ?? ''] === undefined) missing.push(name);
      continue;
    }
    const en = name === 'name' ? english : rule.reads === 'pair' ? find(englishOf(column)) : null;
    fields[name] = en === null ? column : { zh: column, en };
  }
  const fill = (name: string, spec: PairSpec | null) => {
    if (spec === null || fields[name] !== undefined) return;
    fields[name] = spec;
    if (missing.includes(name)) missing.splice(missing.indexOf(name), 1);
  };
  if (rule?.reads === 'word' && words) fill('kind', kindOf(words, table, source));
  if (words && kind === 'sensors') fill('unit', unitOf(fields.kind, table, words));
  const id = idColumn !== null ? { column: idColumn } : idFrom(table.columns, fields);
  if (id === null) missing.unshift('id');
  const none = isPlaced(kind) && !('lon' in position) && !('lonlat' in position) && !table.rows.some(({ at }) => at);
  if (none) missing.push('lon', 'lat');
  return { mapping: { kind, id: id ?? { column: '?' }, ...position, fields }, missing };
}

/** What a column is called that says in English what another says in Chinese. */
const englishOf = (column: string): string[] => {
  const plain = plainColumn(column);
  return [`${plain}英文`, `${plain}英文名`, `英文${plain}`, `${plain}en`];
};

function columnCalled(
  columns: readonly string[],
  names: readonly string[],
  fits: (column: string) => boolean,
): string | null {
  for (const name of names) {
    // Of a group the name within it counts too: `坐标/经度`.
    const column = columns.find(
      (each) =>
        (plainColumn(each) === name || plainColumn(each.slice(each.lastIndexOf('/') + 1)) === name) && fits(each),
    );
    if (column !== undefined) return column;
  }
  return null;
}

const columnEnding = (columns: readonly string[], taken: ReadonlySet<string>): string | null =>
  columns.find((each) => !taken.has(each) && /(编号|编码|代码|站码|标识)$/.test(plainColumn(each))) ?? null;

function positionOf(
  table: SourceTable,
  find: (names: readonly string[], fits?: (cells: Cell[]) => boolean) => string | null,
  cells: (column: string) => Cell[],
): Pick<Mapping, 'lon' | 'lat' | 'lonlat'> {
  // A feature stands where it is drawn, whatever its attributes say.
  if (table.rows.some(({ at }) => at)) return {};
  const lon = find(LON_NAMES);
  const lat = find(LAT_NAMES);
  if (lon === null || lat === null) {
    const lonlat = find(LONLAT_NAMES);
    return lonlat === null ? {} : { lonlat };
  }
  const either = [lon, lat].some((each) => EITHER_NAMES.includes(plainColumn(each.slice(each.lastIndexOf('/') + 1))));
  return either && isNorth(cells(lon)) && isEast(cells(lat)) ? { lon: lat, lat: lon } : { lon, lat };
}

const middle = (cells: readonly Cell[]): number => {
  const numbers = cells.map(degreesOf).filter((each): each is number => each !== null && Number.isFinite(each));
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
};
/** Metres north of the equator in China, or its latitudes. */
const isNorth = (cells: readonly Cell[]): boolean => {
  const value = middle(cells);
  return (value >= 1_000_000 && value <= 6_100_000) || (value >= 15 && value <= 54);
};
/** Metres east of a false origin with a zone's number or without, or longitudes of China. */
const isEast = (cells: readonly Cell[]): boolean => {
  const value = middle(cells);
  return (value > 100_000 && value < 1_000_000) || value >= 13_000_000 || (value >= 73 && value <= 136);
};

/** What stands in a column has to look like what it is taken for, where names are of many meanings. */
function looksRight({ reads }: FieldRule, name: string, cells: readonly Cell[]): boolean {
  const said = cells.map(saidText).filter((text) => text !== '');
  if (reads === 'address') return said.length === 0 || said.some((text) => text.includes('://'));
  if (name === 'unit') return said.every((text) => text.length <= 12 && !/[局处所站院队]$|公司|中心/.test(text));
  if (name === 'place') return !said.some((text) => text.includes('://'));
  return true;
}

function kindOf(words: WordTable, table: SourceTable, source: string): FieldSpec | null {
  // A table of levels has a column of them.
  for (const text of [table.sheet ?? '', source, table.columns.join(' ')]) {
    const [value, other] = namedWithin(text, words);
    if (value !== undefined && other === undefined) return { value };
  }
  return null;
}

/** The usual unit of each kind of sensor that there is. */
function unitOf(kind: PairSpec | undefined, { rows }: SourceTable, words: WordTable): FieldSpec | null {
  if (kind === undefined) return null;
  if (typeof kind !== 'string') {
    const unit = 'value' in kind ? SENSOR_UNITS[String(kind.value)] : undefined;
    return unit === undefined ? null : { value: unit };
  }
  const table: Record<string, string> = {};
  const texts = new Set(rows.map(({ values }) => cellText(values[kind] ?? null)));
  for (const text of [...texts].slice(0, LOOKED_AT)) {
    const [value, other] = namedWithin(text, words);
    const unit = value === undefined || other !== undefined ? undefined : SENSOR_UNITS[value];
    if (unit !== undefined) table[text] = unit;
  }
  // What says yes or no has none.
  return Object.keys(table).length === 0 ? null : { column: kind, table, default: '' };
}

/** Without a column of codes a name is spelled out: the same name gives the same id the next time. */
function idFrom(columns: readonly string[], fields: Readonly<Record<string, PairSpec>>): IdSpec | null {
  const plate = columnCalled(columns, PLATE_NAMES, () => true);
  const name = fields.name ?? fields.callSign;
  const column = plate ?? (typeof name === 'string' ? name : name && 'zh' in name ? name.zh : null);
  return typeof column === 'string' ? { from: [column], spell: 'pinyin' } : null;
}
