import type { Bounds, Department } from '../../../core/places/city.ts';
import type { Text } from '../../../core/words.ts';
import { JSON_BYTES } from '../../config/catalogue.ts';
import { textIfThere } from '../../files/formers.ts';
import { beyond } from './beyond.ts';
import type { SourceCrs } from './crs.ts';
import { isUsualColumn } from './fields.ts';
import { type ImportError, refusal } from './importError.ts';
import { importedFile, importedText, importName, thingsOf } from './importedFile.ts';
import type { Mapping } from './mapping.ts';
import { type Mapped, rowMapper } from './mapRow.ts';
import { readSource } from './readSource.ts';
import type { RawRow, SourceTable } from './table.ts';
import { type ImportKind, MOST_THINGS, type Thing } from './things.ts';
import { type Asked, requireMeant, understand } from './understand.ts';
import { doubled, FIRST, MOST_WRONG, type WrongRow } from './wrongRows.ts';

/** What a person says beside the file. */
export interface ImportOptions extends Asked {
  /** What the import is called, where the file's name changes from month to month. */
  readonly name?: string | undefined;
  /** Those that the hall knows, by which the names of departments are understood. */
  readonly departments?: readonly Department[] | undefined;
  /** That of the hall's map: what lies far beyond is told. */
  readonly area?: Bounds | undefined;
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
  requireMeant(kind, given, options);
  const table = readSource(file, {
    sheet: options.sheet ?? given?.sheet,
    encoding: options.encoding ?? given?.encoding,
    known: isUsualColumn,
  });
  const { mapping, crs, notes } = understand(kind, { table, file, given, options });
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
    notes: [...table.notes, ...notes, ...beyond(mapped.things, options.area)],
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
