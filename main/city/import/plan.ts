import { basename } from 'node:path';
import type { Bounds, Department } from '../../../core/places/city.ts';
import type { OwnKind } from '../../../core/places/kinds.ts';
import type { Text } from '../../../core/words.ts';
import { JSON_BYTES } from '../../config/catalogue.ts';
import { textIfThere } from '../../files/formers.ts';
import { beyond } from './beyond.ts';
import type { Complaint } from './complaints.ts';
import { CRS_CHOICES, crsNamed, type SourceCrs } from './crs.ts';
import { FIELDS, isUsualColumn } from './fields.ts';
import { ImportError, namesSaid, refusal } from './importError.ts';
import { importedFile, importedText, importName, thingsOf } from './importedFile.ts';
import { columnsOf, type Mapping, mappingText } from './mapping.ts';
import { type Mapped, rowMapper } from './mapRow.ts';
import { proposeMapping } from './propose.ts';
import { readSource } from './readSource.ts';
import type { RawRow, SourceTable } from './table.ts';
import { type ImportKind, isPlaced, MOST_THINGS, type Thing } from './things.ts';
import { visible } from './visible.ts';

/** What the person says beside the file; it goes before what the mapping and the file say. */
export interface ImportOptions {
  readonly crs?: string | undefined;
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  /** What the import is called, where the file's name changes from month to month. */
  readonly name?: string | undefined;
  /** Those that the hall knows, by which the names of departments are understood. */
  readonly departments?: readonly Department[] | undefined;
  /** Those of the hall's own. */
  readonly kinds?: readonly OwnKind[] | undefined;
  /** That of the hall's map: what lies far beyond is told. */
  readonly area?: Bounds | undefined;
}

/** A row that stays out. */
export interface WrongRow extends Complaint {
  /** As the person sees it. */
  readonly row: number;
}

/** What an import would do. Nothing is written before `applyImport`. */
export interface ImportPlan {
  readonly kind: ImportKind;
  /** `<kind>-<slug of the source's name>`, by which it is undone. */
  readonly name: string;
  readonly dataDir: string;
  /** The file that was read. */
  readonly file: string;
  /** The file that will be written. */
  readonly target: string;
  readonly source: Pick<SourceTable, 'format' | 'encoding' | 'sheet' | 'sheets' | 'crs'> & { readonly rows: number };
  /** What the coordinates were taken for; null for kinds that stand nowhere. */
  readonly crs: SourceCrs | null;
  readonly columns: readonly string[];
  /** As it was used, guessed where none was given. */
  readonly mapping: Mapping;
  readonly guessed: boolean;
  /** The first ten rows. */
  readonly first: readonly { readonly raw: RawRow; readonly mapped: Mapped }[];
  readonly new: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly string[] }[];
  readonly same: number;
  /** Ids of an earlier import of this source that are there no more. */
  readonly gone: readonly string[];
  /** At most {@link MOST_WRONG}. */
  readonly wrong: readonly WrongRow[];
  /** Complaints in all. */
  readonly wrongCount: number;
  readonly wrongRows: number;
  readonly notes: readonly Text[];
  /** The things, as they will be written. */
  readonly text: string;
  /** What is in the target now; null when there is none. */
  readonly former: string | null;
}

const FIRST = 10;
export const MOST_WRONG = 1000;

/**
 * Reads a department's file and says what an import of it would do; nothing is written.
 *
 * @param mapping guessed from the columns' names when left out
 * @throws ImportError when the file, the mapping, or the target cannot be used; with a mapping to begin with, where it is that which lacks.
 */
export async function planImport({
  dataDir,
  kind,
  file,
  mapping: given,
  options = {},
}: {
  dataDir: string;
  kind: ImportKind;
  file: string;
  mapping?: Mapping | undefined;
  options?: ImportOptions | undefined;
}): Promise<ImportPlan> {
  if (given && given.kind !== kind) throw otherKind(given.kind, kind);
  const asked = options.crs === undefined ? undefined : namedByPerson(options.crs);
  const table = readSource(file, {
    sheet: options.sheet ?? given?.sheet,
    encoding: options.encoding ?? given?.encoding,
    known: isUsualColumn,
  });
  const guess = given
    ? { mapping: given, missing: [] }
    : proposeMapping(kind, table, { source: basename(file), kinds: options.kinds ?? [] });
  if (guess.missing.length > 0) throw notFound(guess.missing, guess.mapping, table);
  const crs = isPlaced(kind) ? (asked ?? guess.mapping.crs ?? crsOfFile(table)) : null;
  const { sheet: sheetAsked, encoding: encodingAsked } = options;
  const mapping: Mapping = {
    ...guess.mapping,
    ...(crs === null ? {} : { crs }),
    ...(sheetAsked === undefined ? {} : { sheet: sheetAsked }),
    ...(encodingAsked === undefined ? {} : { encoding: encodingAsked }),
  };
  requireColumns(mapping, table.columns);
  const name = options.name === undefined ? importName(kind, file) : importName(kind, `${options.name}.`);
  const target = importedFile(dataDir, name);
  const mapped = mapRows(
    table.rows,
    rowMapper(mapping, { crs, departments: options.departments ?? [], kinds: options.kinds ?? [] }),
  );
  requireRoom(kind, mapped.things.length);
  const text = importedText(kind, mapped.things);
  if (Buffer.byteLength(text) > JSON_BYTES) throw tooLong();
  const former = textIfThere(target);
  const { format, encoding, sheet, sheets } = table;
  return {
    ...{ kind, name, dataDir, file, target, crs, mapping, former, guessed: given === undefined },
    source: { format, encoding, sheet, sheets, crs: table.crs, rows: table.rows.length } as ImportPlan['source'],
    columns: table.columns,
    ...compared(mapped.things, former === null ? [] : thingsOf(kind, target, former)),
    ...{ first: mapped.first, wrong: mapped.wrong, wrongCount: mapped.wrongCount, wrongRows: mapped.wrongRows },
    notes: [...table.notes, ...differingCrs(crs, table), ...beyond(mapped.things, options.area)],
    text,
  };
}

function mapRows(rows: readonly RawRow[], map: (row: RawRow) => Mapped) {
  const things: Thing[] = [];
  const first: { raw: RawRow; mapped: Mapped }[] = [];
  const wrong: WrongRow[] = [];
  let [wrongCount, wrongRows] = [0, 0];
  const firstRow = new Map<string, number>();
  for (const raw of rows) {
    let mapped = map(raw);
    if ('thing' in mapped) {
      const { id } = mapped.thing;
      const earlier = firstRow.get(id);
      if (earlier !== undefined) mapped = { complaints: [doubled(id, earlier)] };
      else {
        firstRow.set(id, raw.row);
        things.push(mapped.thing);
      }
    }
    if (first.length < FIRST) first.push({ raw, mapped });
    if (!('complaints' in mapped)) continue;
    wrongRows++;
    wrongCount += mapped.complaints.length;
    for (const complaint of mapped.complaints)
      if (wrong.length < MOST_WRONG) wrong.push({ row: raw.row, ...complaint });
  }
  return { things, first, wrong, wrongCount, wrongRows };
}

function compared(things: readonly Thing[], former: readonly Thing[]) {
  const before = new Map(former.map((thing) => [thing.id, thing]));
  const fresh: string[] = [];
  const changed: { id: string; fields: string[] }[] = [];
  for (const thing of things) {
    const old = before.get(thing.id);
    before.delete(thing.id);
    if (!old) fresh.push(thing.id);
    else {
      const members = new Set([...Object.keys(old), ...Object.keys(thing)]);
      const fields = [...members].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(thing[key]));
      if (fields.length > 0) changed.push({ id: thing.id, fields });
    }
  }
  return { new: fresh, changed, same: things.length - fresh.length - changed.length, gone: [...before.keys()] };
}

const doubled = (id: string, earlier: number): Complaint => ({
  column: 'id',
  value: id,
  why: { zh: `编号与第 ${earlier} 行相同`, en: `has the id of row ${earlier}` },
  remedy: { zh: '请给它自己的编号，或删去一行', en: 'Give it an id of its own, or take one of the rows away.' },
});

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

/** The hall reads no file with more: a list of departments that is longer is one of something else. */
function requireRoom(kind: ImportKind, count: number): void {
  const most = MOST_THINGS[kind];
  if (count <= most) return;
  throw refusal(
    { zh: `有 ${count} 条 ${kind}`, en: `there are ${count} ${kind}` },
    { zh: `最多 ${most} 条，请拆分或删减`, en: `Import at most ${most}: split it, or leave some out.` },
  );
}

const tooLong = (): ImportError =>
  refusal(
    { zh: '导入后的文件超过 64 MiB', en: 'would make a file of more than 64 MiB' },
    { zh: '请把文件拆成几个，分别导入', en: 'Split it into several files and import each.' },
  );

const otherKind = (of: ImportKind, kind: ImportKind): ImportError =>
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
function hintOf(kind: ImportKind, name: string): string {
  const words = FIELDS[kind][name]?.words;
  return words ? `{ value: ${Object.keys(words).join(' | ')} }` : '…';
}
