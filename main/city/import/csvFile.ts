import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parse as parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Text } from '../../../core/words.ts';
import { fileFault } from '../../config/textFile.ts';
import { crsOfColumns } from './crsOfColumns.ts';
import { csvLines, separatorOf, shortSaid } from './csv.ts';
import { decodeText } from './decodeText.ts';
import { type GridRow, headOf, passedOver } from './grid.ts';
import { ImportError, refusal } from './importError.ts';
import type { RawRow, SourceTable } from './table.ts';

/** Of the file, what its columns are known by. */
const HEAD = { bytes: 256 * 1024, rows: 200 };
const PIECE = 1024 * 1024;
const MOST_BYTES = 4 * 1024 ** 3;
/** Lines of a kind that are told by number. */
const TOLD = 10;

/** A table of separated text that is read row by row: it may be larger than what there is of memory. */
export interface CsvFile {
  /** Its columns and its first rows. */
  readonly table: SourceTable;
  /**
   * Reads it from its beginning.
   *
   * @param take hears of every row below the head
   * @returns what a person ought to know of how it was read
   * @throws ImportError with the line, and whatever `take` threw
   */
  each(take: (row: RawRow) => void): Promise<Text[]>;
}

/**
 * Opens separated text in UTF-8 or GB18030, as `readCsv` reads it.
 *
 * @param encoding asked for by the person
 * @param known whether a name is one that columns usually have
 * @throws ImportError when it cannot be read, or is no text
 */
export function openCsv(
  file: string,
  { encoding: asked, known }: { encoding?: string | undefined; known: (name: string) => boolean },
): CsvFile {
  const { text, encoding } = decodeText(beginningOf(file), asked);
  const separator = separatorOf(text);
  const grid: GridRow[] = [];
  const lines = csvLines(separator, (row) => grid.push(row));
  try {
    parse(text, { ...lines.options, to: HEAD.rows });
  } catch (error) {
    throw lines.explained(error);
  }
  const head = headOf(grid, known);
  const first = grid.flatMap((each) => {
    const read = each.row > head.row ? head.read(each) : null;
    return read === null || read === 'passed' ? [] : [read];
  });
  if (first.length === 0) throw EMPTY();
  const crs = crsOfColumns(head.columns);
  return {
    table: { ...{ format: 'csv', encoding, columns: head.columns, rows: first, notes: [] }, ...(crs ? { crs } : {}) },
    async each(take) {
      const [passed, short]: [number[], number[]] = [[], []];
      let fewer = 0;
      const { columns } = head;
      const rows = csvLines(separator, (each) => {
        const read = each.row > head.row ? head.read(each) : null;
        if (read === null) return;
        if (read === 'passed') passed.push(each.row);
        else {
          // The first are named, the rest counted: there may be as many as rows.
          if (each.cells.length < columns.length && ++fewer <= TOLD) short.push(each.row);
          take(read);
        }
      });
      try {
        await through(file, encoding, parser(rows.options));
      } catch (error) {
        throw rows.explained(error);
      }
      return [...passedOver(passed), ...shortSaid(short, fewer, columns.length)];
    },
  };
}

/** Marks by which archives, and documents of JSON and XML, begin. */
const OTHERS = /^(?:PK|(?:\u00ef\u00bb\u00bf)?\s*[{[<])/;

/** Whether a file is to be read as separated text: it is no other that an import reads. @throws ImportError */
export function isSeparatedText(file: string): boolean {
  if (/\.(xlsx|xlsm|zip|kmz|gpkg|shp)$/i.test(file)) return false;
  const bytes = beginningOf(file).subarray(0, 4096);
  return !OTHERS.test(Buffer.from(bytes).toString('latin1')) && (isWide(bytes) || !bytes.includes(0));
}

/** Whether it says of itself that it is UTF-16. */
const isWide = ([a, b]: Uint8Array): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

/** What columns and encoding are known by: whole lines, where there are some. */
function beginningOf(file: string): Uint8Array {
  return reading(file, (handle) => {
    const bytes = Buffer.alloc(HEAD.bytes);
    const got = readSync(handle, bytes, 0, bytes.length, 0);
    if (got === 0) throw EMPTY();
    const end = got < bytes.length ? got : bytes.lastIndexOf(0x0a) + 1 || got;
    // There a character has two bytes.
    return bytes.subarray(0, isWide(bytes) ? end - (end % 2) : end);
  });
}

/** Has a parser read the whole file, a piece at a time. */
async function through(file: string, encoding: string, into: ReturnType<typeof parser>): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const done = new Promise<void>((resolve, reject) => into.on('error', reject).on('end', resolve).resume());
  // It is heard when it is waited for.
  done.catch(() => undefined);
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(PIECE);
    for (let got = -1, line = 0; got !== 0; line = into.info.lines) {
      got = readSync(handle, bytes, 0, PIECE, null);
      const text = decoded(decoder, got === 0 ? null : bytes.subarray(0, got), { encoding, line });
      await new Promise<void>((resolve, reject) => into.write(text, (error) => (error ? reject(error) : resolve())));
    }
    into.end();
    await done;
  } finally {
    closeSync(handle);
    into.destroy();
  }
}

function decoded(
  decoder: TextDecoder,
  bytes: Uint8Array | null,
  { encoding, line }: { encoding: string; line: number },
): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw refusal(
      { zh: `第 ${line} 行之后不是 ${encoding} 文本`, en: `after line ${line} it is no text in ${encoding}` },
      { zh: '请写明 --encoding，或另存为 UTF-8', en: 'Write --encoding, or save it as UTF-8.' },
      error,
    );
  }
}

function reading<T>(file: string, read: (handle: number) => T): T {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw NO_FILE();
    if (stats.size > MOST_BYTES) throw TOO_LARGE();
    const handle = openSync(file, 'r');
    try {
      return read(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw error instanceof ImportError ? error : new ImportError(fileFault(error), { cause: error });
  }
}

const NO_FILE = () =>
  refusal({ zh: '不是文件', en: 'is no file' }, { zh: '请给出一个普通文件', en: 'Name a plain file.' });
const EMPTY = () =>
  refusal(
    { zh: '没有一行数据', en: 'holds no row' },
    { zh: '请确认导出的内容', en: 'Make sure of what was exported.' },
  );
const TOO_LARGE = () =>
  refusal(
    { zh: '文件超过 4 GiB', en: 'the file has more than 4 GiB' },
    { zh: '请把文件拆成几个，分别导入', en: 'Split it into several files and import each.' },
  );
