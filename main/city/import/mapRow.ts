import type { Department } from '../../../core/places/city.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import type { OwnKind } from '../../../core/places/kinds.ts';
import { describeIssue, type Said } from '../../config/issue.ts';
import { type Complaint, EMPTY, shownCell } from './complaints.ts';
import type { SourceCrs } from './crs.ts';
import { type ToPlace, toPlace } from './crs.ts';
import { degreesOf, pairOfDegrees } from './degrees.ts';
import { FIELDS, type FieldRule, wordsOf } from './fields.ts';
import type { Mapping, PairSpec } from './mapping.ts';
import { fieldReader, type Taken, taker } from './readField.ts';
import { readId } from './readId.ts';
import type { Cell, RawRow } from './table.ts';
import { isPlaced, THINGS, type Thing } from './things.ts';

/** What became of a row. */
export type Mapped = { readonly thing: Thing } | { readonly complaints: readonly Complaint[] };

/** What is collected of a row. */
interface Making {
  readonly row: RawRow;
  readonly made: Record<string, unknown>;
  readonly complaints: Complaint[];
  /** Of each member its column and what stands there, for what the schema says. */
  readonly from: Map<string, { column: string; cell: Cell }>;
}

/**
 * How rows become things.
 *
 * @param crs what the coordinates mean; null for kinds that stand nowhere
 * @param departments those that the hall knows
 * @param kinds the hall's own
 */
export function rowMapper(
  mapping: Mapping,
  { crs, departments, kinds }: { crs: SourceCrs | null; departments: readonly Department[]; kinds: readonly OwnKind[] },
): (row: RawRow) => Mapped {
  const { kind } = mapping;
  const placed = crs !== null && isPlaced(kind) ? placer(mapping, toPlace(crs)) : null;
  const fields = Object.entries(FIELDS[kind]).flatMap(([name, rule]) => {
    const spec = mapping.fields[name];
    return spec === undefined
      ? []
      : [fieldOf(name, { rule: { ...rule, words: wordsOf(kind, rule, kinds) }, spec, departments })];
  });
  const schema = THINGS[kind];
  return (row) => {
    if (row.fault) return { complaints: [{ column: '', value: '', why: row.fault.message, remedy: row.fault.remedy }] };
    const making: Making = { row, made: {}, complaints: [], from: new Map() };
    const id = readId(mapping.id, row);
    const idCell = row.values[id.column] ?? ('id' in id ? id.id : null);
    if ('fault' in id) complain(making, { column: id.column, cell: idCell }, id.fault);
    else {
      making.made.id = id.id;
      making.from.set('id', { column: id.column, cell: idCell });
    }
    for (const field of fields) field(making);
    placed?.(making);
    if (making.complaints.length > 0) return { complaints: making.complaints };
    const parsed = schema.safeParse(making.made);
    // As it is in the file, and not with what the hall fills in.
    if (parsed.success) return { thing: making.made as Thing };
    return { complaints: parsed.error.issues.slice(0, 5).map((issue) => ofSchema(issue, making)) };
  };
}

function fieldOf(
  name: string,
  { rule, spec, departments }: { rule: FieldRule; spec: PairSpec; departments: readonly Department[] },
): (making: Making) => void {
  const read = fieldReader(rule, departments);
  const pair = typeof spec === 'object' && 'zh' in spec ? spec : { zh: spec, en: undefined };
  const [first, second] = [taker(pair.zh), pair.en === undefined ? null : taker(pair.en)];
  const valueTaken = (making: Making, taken: Taken): { value: unknown } | null => {
    const got = taken.fault ? { fault: taken.fault } : read(taken.value);
    if ('value' in got) return got;
    complain(making, taken, got.fault);
    return null;
  };
  return (making) => {
    const english = second ? valueTaken(making, second(making.row)) : null;
    const taken = first(making.row);
    making.from.set(name, taken);
    const got = valueTaken(making, taken);
    if (!got) return;
    if (got.value !== undefined)
      making.made[name] = rule.reads === 'pair' ? { zh: got.value, en: english?.value ?? got.value } : got.value;
    else if (rule.required && making.made[rule.unless ?? ''] === undefined) complain(making, taken, EMPTY);
  };
}

function placer({ lon, lat, lonlat }: Mapping, convert: ToPlace): (making: Making) => void {
  const columns = lon !== undefined && lat !== undefined ? ([taker(lon), taker(lat)] as const) : null;
  return (making) => {
    const { row } = making;
    const found =
      lonlat !== undefined ? ofPair(row, lonlat) : columns ? ofColumns(columns[0](row), columns[1](row)) : ofShape(row);
    const at = 'at' in found ? convert(found.at.lon, found.at.lat) : found;
    if ('fault' in at) complain(making, found, at.fault);
    else Object.assign(making.made, at.at);
    making.from.set('lon', found);
    making.from.set('lat', found);
  };
}

type Placed = { column: string; cell: Cell } & ({ at: LonLat } | { fault: Said });

function ofShape({ at, geometry }: RawRow): Placed {
  return at
    ? { column: '', cell: `${at.lon}, ${at.lat}`, at }
    : { column: '', cell: geometry ?? null, fault: NO_PLACE };
}

function ofPair({ values }: RawRow, column: string): Placed {
  const cell = values[column] ?? null;
  const pair = pairOfDegrees(cell);
  if (pair === null) return { column, cell, fault: cell === null ? NO_PLACE : NO_PAIR };
  const [lon, lat] = pair;
  return Number.isFinite(lon) && Number.isFinite(lat)
    ? { column, cell, at: { lon, lat } }
    : { column, cell, fault: NO_PAIR };
}

function ofColumns(east: Taken, north: Taken): Placed {
  const [lon, lat] = [degreesOf(east.value), degreesOf(north.value)];
  for (const [value, { column, cell }] of [
    [lon, east],
    [lat, north],
  ] as const) {
    if (value === null) return { column, cell, fault: NO_PLACE };
    if (!Number.isFinite(value)) return { column, cell, fault: NO_DEGREES };
  }
  const cell = `${east.cell}, ${north.cell}`;
  return { column: `${east.column}, ${north.column}`, cell, at: { lon: lon ?? 0, lat: lat ?? 0 } };
}

const NO_PLACE: Said = {
  message: { zh: '没有坐标', en: 'has no coordinates' },
  remedy: { zh: '请补上坐标', en: 'Fill the coordinates in.' },
};
const NO_DEGREES: Said = {
  message: { zh: '不是经纬度或平面坐标', en: 'is neither degrees nor metres' },
  remedy: { zh: '请写成 121.504 或 121°30′15″', en: 'Write it as 121.504 or 121°30′15″.' },
};
const NO_PAIR: Said = {
  message: { zh: '不是一对坐标', en: 'is no pair of coordinates' },
  remedy: { zh: '请写成“经度,纬度”，例如 121.504,31.2', en: 'Write it as longitude,latitude, such as 121.504,31.2.' },
};
const NO_ID: Said = {
  message: {
    zh: '编号只能含字母、数字与 : . _ ~ @ -，且不超过 200 个',
    en: 'an id is made of at most 200 letters, digits and : . _ ~ @ -',
  },
  remedy: {
    zh: '请改正编号，或在映射中写 id: { from: [列名], spell: pinyin }',
    en: 'Correct it, or write id: { from: [columns], spell: pinyin } in the mapping.',
  },
};

function complain(making: Making, { column, cell }: { column: string; cell: Cell }, { message, remedy }: Said): void {
  making.complaints.push({ column, value: shownCell(cell), why: message, remedy });
}

function ofSchema(issue: Parameters<typeof describeIssue>[0], { from }: Making): Complaint {
  const member = String(issue.path[0] ?? '');
  const { column, cell } = from.get(member) ?? { column: '', cell: null };
  const { message, remedy } = member === 'id' ? NO_ID : describeIssue(issue);
  return { column: column === '' ? member : column, value: shownCell(cell), why: message, remedy };
}
