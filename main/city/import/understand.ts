import { basename } from 'node:path';
import type { OwnKind } from '../../../core/places/kinds.ts';
import type { Text } from '../../../core/words.ts';
import { CRS_CHOICES, crsNamed, type SourceCrs } from './crs.ts';
import { FIELDS } from './fields.ts';
import { ImportError, namesSaid, refusal } from './importError.ts';
import { columnsOf, type Mapping, mappingText } from './mapping.ts';
import { proposeMapping } from './propose.ts';
import type { SourceTable } from './table.ts';
import { isPlaced, type MappedKind } from './things.ts';
import { visible } from './visible.ts';

/** What a person says beside a file of how it is to be understood; it goes before what the mapping and the file say. */
export interface Asked {
  readonly crs?: string | undefined;
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  /** Those of the hall's own. */
  readonly kinds?: readonly OwnKind[] | undefined;
}

/** @throws ImportError where what a person says cannot be meant, whatever is in the file. */
export function requireMeant(kind: MappedKind, given: Mapping | undefined, { crs }: Asked): void {
  if (given && given.kind !== kind) throw otherKind(given.kind, kind);
  if (crs !== undefined) namedByPerson(crs);
}

/**
 * How the columns of a file become things.
 *
 * @param of.table its columns, and rows enough to see what is in them
 * @param of.given guessed from the columns' names when left out
 * @throws ImportError with a mapping to begin with, where it is that which lacks
 */
export function understand(
  kind: MappedKind,
  of: {
    readonly table: SourceTable;
    readonly file: string;
    readonly given: Mapping | undefined;
    readonly options: Asked;
  },
): { readonly mapping: Mapping; readonly crs: SourceCrs | null; readonly notes: Text[] } {
  const { table, file, given, options } = of;
  const guess = given
    ? { mapping: given, missing: [] }
    : proposeMapping(kind, table, { source: basename(file), kinds: options.kinds ?? [] });
  if (guess.missing.length > 0) throw notFound(guess.missing, guess.mapping, table);
  const asked = options.crs === undefined ? undefined : namedByPerson(options.crs);
  const crs = isPlaced(kind) ? (asked ?? guess.mapping.crs ?? crsOfFile(table)) : null;
  const { sheet, encoding } = options;
  const mapping: Mapping = {
    ...guess.mapping,
    ...(crs === null ? {} : { crs }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
  };
  requireColumns(mapping, table.columns);
  return { mapping, crs, notes: differingCrs(crs, table) };
}

function namedByPerson(written: string): SourceCrs {
  const crs = crsNamed(written);
  if (crs !== null) return crs;
  throw refusal(
    {
      zh: `不认识的坐标系“${written.slice(0, 40)}”`,
      en: `"${written.slice(0, 40)}" is no system of coordinates that is known`,
    },
    { zh: `请写其中之一：${CRS_CHOICES}`, en: `Write one of: ${CRS_CHOICES}.` },
  );
}

function crsOfFile({ crs: found }: SourceTable): SourceCrs {
  if (found?.crs) return found.crs;
  const remedy: Text = {
    zh: `请问清来源并写明 --crs ${CRS_CHOICES}：猜错会偏移半公里`,
    en: `Ask where it comes from and write --crs ${CRS_CHOICES}: a wrong guess is half a kilometre off.`,
  };
  if (!found)
    throw refusal({ zh: '文件没有说明坐标系', en: 'the file does not say what its coordinates mean' }, remedy);
  const { written, why } = found;
  throw refusal(
    {
      zh: `无法转换坐标系“${written}”${why ? `：${why.zh}` : ''}`,
      en: `coordinates of "${written}" cannot be converted${why ? `: ${why.en}` : ''}`,
    },
    {
      zh: `请提供单位转换成 2000 国家大地坐标系（CGCS2000）后再导入，或写明 --crs ${CRS_CHOICES}`,
      en: `Have whoever gave it convert it to CGCS2000, or write --crs ${CRS_CHOICES}.`,
    },
  );
}

/** The person goes before the file, and is told that they differ: much that says WGS 84 is GCJ-02, and the person knows. */
function differingCrs(crs: SourceCrs | null, { crs: found }: SourceTable): Text[] {
  if (crs === null || !found || found.crs === crs) return [];
  return [
    {
      zh: `文件写的坐标系是“${found.written}”，按所写的 ${crs} 换算`,
      en: `the file says "${found.written}" of its coordinates; they were taken for ${crs}, as was written`,
    },
  ];
}

const otherKind = (of: MappedKind, kind: MappedKind): ImportError =>
  refusal(
    { zh: `映射是 ${of} 的，要导入的是 ${kind}`, en: `the mapping is for ${of}, and ${kind} are to be imported` },
    { zh: '请换用对应的映射，或改正命令', en: 'Take the mapping of that kind, or correct the command.' },
  );

function requireColumns(mapping: Mapping, columns: readonly string[]): void {
  const strangers = columnsOf(mapping).filter((column) => !columns.includes(column));
  if (strangers.length === 0) return;
  const [there, missing] = [namesSaid(columns), namesSaid([...new Set(strangers)])];
  throw refusal(
    { zh: `文件中没有映射所写的列：${missing.zh}`, en: `the mapping names columns that there are not: ${missing.en}` },
    { zh: `文件中有：${there.zh}`, en: `There are: ${there.en}.` },
  );
}

function notFound(
  missing: readonly string[],
  mapping: Mapping,
  { columns, sheet, sheets = [] }: SourceTable,
): ImportError {
  const lines = missing.filter((name) => name !== 'id').map((name) => `  # ${name}: ${hintOf(mapping.kind, name)}\n`);
  const others = sheets.filter((each) => each !== sheet).slice(0, 20);
  const elsewhere = others.length === 0 ? '' : `# sheet: ${visible(others.join(' | ').replaceAll('\n', ' '))}\n`;
  const proposal = `${mappingText(mapping)}${lines.join('')}${elsewhere}`;
  const there = namesSaid(columns);
  return new ImportError(
    {
      message: {
        zh: `认不出哪一列是：${missing.join('、')}`,
        en: `no column was recognised for: ${missing.join(', ')}`,
      },
      remedy: {
        zh: `请写映射文件；文件中有：${there.zh}`,
        en: `Write a mapping; the columns are: ${there.en}.`,
      },
    },
    { proposal },
  );
}

/** What may be written for a field that no column was found for. */
function hintOf(kind: MappedKind, name: string): string {
  const words = FIELDS[kind][name]?.words;
  return words ? `{ value: ${Object.keys(words).join(' | ')} }` : '…';
}
