import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Bounds } from '../../../core/places/city.ts';
import type { Text } from '../../../core/words.ts';
import {
  type ComponentsCompared,
  type ComponentsWriter,
  createComponentsFile,
} from '../../../native/sqlite/componentsWriter.ts';
import { beyondOf } from '../import/beyond.ts';
import { type CsvFile, isSeparatedText, openCsv } from '../import/csvFile.ts';
import { isUsualColumn } from '../import/fields.ts';
import { refusal } from '../import/importError.ts';
import { cannotWrite } from '../import/importedFile.ts';
import type { Mapping } from '../import/mapping.ts';
import { type Mapped, rowMapper } from '../import/mapRow.ts';
import { readSource } from '../import/readSource.ts';
import type { Reported } from '../import/report.ts';
import type { RawRow } from '../import/table.ts';
import { type Asked, requireMeant, understand } from '../import/understand.ts';
import { doubled, FIRST, MOST_WRONG, type WrongRow } from '../import/wrongRows.ts';
import { componentPlace, putInPlace, sizeOf } from './componentFiles.ts';
import type { OwnComponent } from './ownComponent.ts';

/** A city of twenty millions has counted so many. */
const MOST = 5_000_000;
/** Ids of what is new, changed and gone that are told. */
const TOLD = 21;

/** What an import of components would do: it lies beside its target, and nothing is changed before `put`. */
export interface ComponentsPlan extends Reported {
  /** By which it is undone. */
  readonly name: string;
  readonly counts: ComponentsCompared;
  /** Puts it in its place. False when everything was there already. @throws ImportError */
  put(): boolean;
  /** Throws away what was written beside the target. */
  drop(): void;
}

/**
 * Reads a register of components row by row into a file of its own, beside the one that it is to replace: of separated text as long as the disk has room, of
 * every other format as many rows as any import may have.
 *
 * @throws ImportError when the file, the mapping, or the target cannot be used
 */
export async function planComponents({
  dataDir,
  file,
  mapping: given,
  options = {},
}: {
  dataDir: string;
  file: string;
  mapping?: Mapping | undefined;
  options?: Asked & { readonly name?: string | undefined; readonly area?: Bounds | undefined };
}): Promise<ComponentsPlan> {
  requireMeant('components', given, options);
  const source = openSource(file, given, options);
  const { table } = source;
  const { mapping, crs, notes } = understand('components', { table, file, given, options });
  const { name, target, fresh } = componentPlace(dataDir, options.name === undefined ? file : `${options.name}.`);
  const former = sizeOf(target);
  const map = rowMapper(mapping, { crs, departments: [], kinds: [] });
  const taken = takerOf(options.area);
  let writer: ComponentsWriter | null = null;
  try {
    writer = createComponentsFile(fresh);
    const { add } = writer;
    const said = await source.each((row) => taken.take(row, map(row), add));
    writer.finish();
    const counts = writer.compared(former === null ? null : resolve(target), TOLD);
    writer.close();
    return {
      ...{ name, file, target, crs, mapping, counts, guessed: given === undefined, columns: table.columns },
      source: { ...sourceOf(table), rows: taken.rows() },
      ...{ new: listed(counts, 'fresh'), changed: listed(counts, 'changed'), gone: listed(counts, 'gone') },
      ...{ same: counts.same, ...taken.wrong(), first: taken.first },
      notes: [...table.notes, ...said, ...notes, ...taken.beyond()],
      put() {
        try {
          if (counts.fresh + counts.changed + counts.same === 0) throw NOTHING();
          if (sizeOf(target) !== former) throw changedMeanwhile(target);
          if (former !== null && counts.fresh + counts.changed + counts.gone === 0) return false;
          putInPlace({ target, fresh });
          return true;
        } catch (error) {
          throw cannotWrite(target, error);
        }
      },
      drop: () => rmSync(fresh, { force: true }),
    };
  } catch (error) {
    writer?.close();
    rmSync(fresh, { force: true });
    throw cannotWrite(target, error);
  }
}

/** Separated text as a stream, everything else as it is read for any import. */
function openSource(file: string, given: Mapping | undefined, options: Asked): CsvFile {
  const encoding = options.encoding ?? given?.encoding;
  if (isSeparatedText(file)) return openCsv(file, { encoding, known: isUsualColumn });
  const table = readSource(file, { sheet: options.sheet ?? given?.sheet, encoding, known: isUsualColumn });
  return {
    table,
    each(take) {
      for (const row of table.rows) take(row);
      return Promise.resolve([]);
    },
  };
}

const sourceOf = ({ format, encoding, sheet, sheets, crs }: CsvFile['table']) =>
  ({ format, encoding, sheet, sheets, crs }) as Omit<Reported['source'], 'rows'>;

const listed = ({ some, ...counts }: ComponentsCompared, which: 'fresh' | 'changed' | 'gone') => ({
  count: counts[which],
  some: some[which],
});

/** Takes row after row, and remembers what a person has to know of them. */
function takerOf(area: Bounds | undefined) {
  const first: { raw: RawRow; mapped: Mapped }[] = [];
  const wrong: WrongRow[] = [];
  let [rows, wrongRows, wrongCount] = [0, 0, 0];
  const outside = beyondOf(area);
  return {
    first,
    rows: () => rows,
    wrong: () => ({ wrong, wrongRows, wrongCount }),
    beyond: outside.told,
    take(raw: RawRow, read: Mapped, add: ComponentsWriter['add']): void {
      if (++rows > MOST) throw TOO_MANY();
      let mapped = read;
      if ('thing' in mapped) {
        const { id, kind, name, owner = '', lon, lat } = mapped.thing as unknown as OwnComponent;
        if (!add({ id, kind, name, owner, lon, lat })) mapped = { complaints: [doubled(id, null)] };
        else outside.look(mapped.thing);
      }
      if (first.length < FIRST) first.push({ raw, mapped });
      if (!('complaints' in mapped)) return;
      wrongRows++;
      wrongCount += mapped.complaints.length;
      for (const complaint of mapped.complaints)
        if (wrong.length < MOST_WRONG) wrong.push({ row: raw.row, ...complaint });
    },
  };
}

const NOTHING = () =>
  refusal(
    { zh: '没有一行可以导入', en: 'not one row can come in' },
    { zh: '请按报告改正有误的行，或改正映射', en: 'Correct the rows that the report names, or the mapping.' },
  );
const changedMeanwhile = (target: string) =>
  refusal(
    { zh: `${target} 在预览之后有改动`, en: `${target} has changed since the import was planned` },
    { zh: '请再导入一次', en: 'Import again.' },
  );
const TOO_MANY = () => {
  const said: Text = { zh: `超过 ${MOST} 行`, en: `there are more than ${MOST} rows` };
  return refusal(said, { zh: '请拆成几个文件，分别导入', en: 'Split it into several files and import each.' });
};
