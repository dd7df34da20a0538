import { encodingNamed } from './decodeText.ts';
import { refusal } from './importError.ts';
import { IMPORT_LIMITS, tooManyColumns } from './limits.ts';
import type { Cell } from './table.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly length: number;
}

/** The attributes of a shapefile. */
export interface DbfTable {
  readonly encoding: string;
  readonly columns: readonly string[];
  readonly count: number;
  /** In the order of the columns; null for a record that was deleted. */
  record(i: number): Cell[] | null;
}

const CUT = () =>
  refusal(
    { zh: '.dbf 不完整或已损坏', en: 'its .dbf is cut off or damaged' },
    { zh: '请重新复制或重新导出', en: 'Copy it again, or export it anew.' },
  );

/** Language drivers (byte 29) of Chinese code pages. */
const DRIVERS: Readonly<Record<number, string>> = { 77: 'gb18030', 122: 'gb18030', 79: 'big5', 120: 'big5' };

/**
 * Reads a dBase table. Its text is in what the person says, else what the `.cpg` beside it says, else what its header says; but it counts as
 * UTF-8 where all of it is and it says nothing, and as GBK else.
 *
 * @param told the encoding that the person or the `.cpg` names; one that nobody knows is as good as none
 * @throws ImportError when it is shorter than its header says.
 */
export function readDbf(bytes: Buffer, told: string | undefined): DbfTable {
  if (bytes.length < 33) throw CUT();
  const count = bytes.readUInt32LE(4);
  const start = bytes.readUInt16LE(8);
  const size = bytes.readUInt16LE(10);
  if (size < 1 || start + count * size > bytes.length) throw CUT();
  const named = told === undefined ? null : encodingNamed(told);
  const encoding = named ?? DRIVERS[bytes[29] ?? 0] ?? (isUtf8(bytes, { start, size, count }) ? 'utf-8' : 'gb18030');
  const decoder = new TextDecoder(encoding);
  // What is cut off in the middle of a character at the end of a field comes out as the character of replacement.
  const text = (from: number, to: number) =>
    decoder
      .decode(bytes.subarray(from, to))
      .replace(/\0.*$/s, '')
      .replace(/\ufffd+\s*$/, '')
      .trim();
  const fields = fieldsOf(bytes, { start, size }, text);
  return {
    encoding,
    count,
    columns: fields.map(({ name }) => name),
    record(i) {
      const at = start + i * size;
      if (bytes[at] === 0x2a) return null;
      return fields.map(({ type, at: offset, length }) => {
        const from = at + offset;
        return cellValue(type, bytes.subarray(from, from + length), () => text(from, from + length));
      });
    },
  };
}

function fieldsOf(
  bytes: Buffer,
  { start, size }: { start: number; size: number },
  text: (from: number, to: number) => string,
): Field[] {
  const fields: Field[] = [];
  const taken = new Set<string>();
  let offset = 1;
  for (let at = 32; at + 32 <= start && bytes[at] !== 0x0d; at += 32) {
    const length = bytes[at + 16] ?? 0;
    const wanted = text(at, at + 11) || `第${fields.length + 1}列`;
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}(${n})`;
    taken.add(name);
    fields.push({ name, type: String.fromCharCode(bytes[at + 11] ?? 0), at: offset, length });
    offset += length;
    if (fields.length > IMPORT_LIMITS.columns) throw tooManyColumns();
  }
  if (offset > size) throw CUT();
  return fields;
}

function cellValue(type: string, raw: Buffer, text: () => string): Cell {
  switch (type) {
    case 'N':
    case 'F': {
      const digits = raw.toString('latin1').replaceAll('\0', '').trim();
      // Stars stand for a number that did not fit.
      if (digits === '' || digits.startsWith('*')) return null;
      const number = Number(digits);
      return Number.isFinite(number) && (Number.isSafeInteger(number) || digits.includes('.')) ? number : digits;
    }
    case 'I':
    case '+':
      return raw.length === 4 ? raw.readInt32LE() : null;
    case 'O':
      return raw.length === 8 && Number.isFinite(raw.readDoubleLE()) ? raw.readDoubleLE() : null;
    case 'L':
      return /[yt]/i.test(raw.toString('latin1')) ? true : /[nf]/i.test(raw.toString('latin1')) ? false : null;
    case 'D': {
      const match = /^(\d{4})(\d\d)(\d\d)$/.exec(raw.toString('latin1').trim());
      return match ? `${match[1]}-${match[2]}-${match[3]}` : null;
    }
    case 'C':
      return text() || null;
    default:
      return null; // Memos lie in a file of their own.
  }
}

/** Whether every field of text, cut off as it may be, is UTF-8. */
function isUtf8(bytes: Buffer, { start, size, count }: { start: number; size: number; count: number }): boolean {
  const fits = (from: number, to: number) => {
    try {
      // As a stream: a character that is cut off at the end is no fault.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  const ranges: [number, number][] = [];
  let offset = 1;
  for (let at = 32; at + 32 <= start && bytes[at] !== 0x0d; at += 32) {
    const nul = bytes.indexOf(0, at);
    if (!fits(at, nul >= at && nul < at + 11 ? nul : at + 11)) return false;
    const length = bytes[at + 16] ?? 0;
    if (bytes[at + 11] === 0x43) ranges.push([offset, offset + length]);
    offset += length;
  }
  for (let i = 0; i < count; i++) {
    for (const [from, to] of ranges) if (!fits(start + i * size + from, start + i * size + to)) return false;
  }
  return true;
}
