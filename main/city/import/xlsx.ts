import { tableOf } from './grid.ts';
import { type ImportError, namesSaid, refusal } from './importError.ts';
import { IMPORT_LIMITS, tooManyCells } from './limits.ts';
import type { SourceTable } from './table.ts';
import { type CellFormat, readFormats } from './xlsxFormats.ts';
import { readSheet } from './xlsxSheet.ts';
import { readXml } from './xmlEvents.ts';
import type { ZipArchive } from './zip.ts';

const NO_BOOK = () =>
  refusal(
    { zh: '不是完整的 .xlsx 工作簿', en: 'is no whole .xlsx workbook' },
    { zh: '请用 Excel 或 WPS 打开并另存为 .xlsx', en: 'Open it in Excel or WPS and save it as .xlsx.' },
  );

interface Book {
  readonly sheets: readonly { name: string; path: string }[];
  readonly shared: string | undefined;
  readonly styles: string | undefined;
  /** The calendar of old Macintosh books begins in 1904. */
  readonly from1904: boolean;
}

/**
 * Reads a sheet of a workbook (ECMA-376): the named one, else the first that is not hidden.
 *
 * @param known whether a name is one that columns usually have
 * @throws ImportError when a part is missing or broken, or there is no such sheet.
 */
export function readXlsx(
  zip: ZipArchive,
  { sheet: asked, known }: { sheet?: string | undefined; known: (name: string) => boolean },
): SourceTable {
  const book = readBook(zip);
  const sheets = book.sheets.map(({ name }) => name);
  const chosen = asked === undefined ? book.sheets[0] : book.sheets.find(({ name }) => name === asked);
  if (!chosen) throw asked === undefined ? NO_BOOK() : noSuchSheet(asked, sheets);
  const bytes = zip.read(chosen.path);
  if (!bytes) throw NO_BOOK();
  const shared = book.shared ? sharedStrings(zip.read(book.shared)) : [];
  const styles = book.styles ? zip.read(book.styles) : null;
  const formats: CellFormat[] = styles ? readFormats(styles) : [];
  const grid = readSheet(bytes, { shared, formats, from1904: book.from1904 });
  return { format: 'xlsx', sheet: chosen.name, sheets, ...tableOf(grid, known) };
}

/** @param sheets those that there are */
export function noSuchSheet(asked: string, sheets: readonly string[]): ImportError {
  const there = namesSaid(sheets, 20);
  return refusal(
    { zh: `没有“${asked}”`, en: `has no "${asked}"` },
    { zh: `请写其中之一：${there.zh}`, en: `Write one of: ${there.en}.` },
  );
}

function readBook(zip: ZipArchive): Book {
  const workbook = zip.read('xl/workbook.xml');
  const links = zip.read('xl/_rels/workbook.xml.rels');
  if (!workbook || !links) throw NO_BOOK();
  const targets = new Map<string, { type: string; path: string }>();
  readXml(links, {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`;
      targets.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), path });
    },
  });
  const shown: Book['sheets'][number][] = [];
  const hidden: Book['sheets'][number][] = [];
  let from1904 = false;
  readXml(workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key) && key !== 'sheetId')?.[1] ?? '';
      const target = targets.get(id);
      // Charts have sheets of their own.
      if (target?.type !== 'worksheet') return;
      (attributes.state?.endsWith('idden') ? hidden : shown).push({
        name: attributes.name ?? '',
        path: target.path,
      });
    },
  });
  const partOf = (type: string) => [...targets.values()].find((target) => target.type === type)?.path;
  return { sheets: [...shown, ...hidden], shared: partOf('sharedStrings'), styles: partOf('styles'), from1904 };
}

/** The texts that cells point to, without the readings (拼音) that stand beside them. */
function sharedStrings(bytes: Buffer | null): string[] {
  const all: string[] = [];
  if (!bytes) return all;
  let text = '';
  let characters = 0;
  let within = false;
  let reading = false;
  readXml(bytes, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') reading = true;
      within = name === 't' && !reading;
    },
    text(piece) {
      if (within) text += piece;
      characters += piece.length;
      if (characters > IMPORT_LIMITS.bytes || all.length > IMPORT_LIMITS.cells) throw tooManyCells();
    },
    close(name) {
      within = false;
      if (name === 'rPh') reading = false;
      if (name === 'si') all.push(text);
    },
  });
  return all;
}
