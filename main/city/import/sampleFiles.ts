import { crc32, deflateRawSync } from 'node:zlib';

/** Files of made-up departments, byte by byte, for tests. */

const TWO_BYTES = new Map<string, number>();
{
  const decoder = new TextDecoder('gbk');
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) TWO_BYTES.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail);
    }
}

/** Text in GBK, as Excel on Chinese Windows saves it. */
export function gbk(text: string): Buffer {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const two = TWO_BYTES.get(char);
    if (code < 0x80) bytes.push(code);
    else if (two === undefined) throw new Error(`not in GBK: ${char}`);
    else bytes.push(two >> 8, two & 0xff);
  }
  return Buffer.from(bytes);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.trunc(column / 26) - 1) + letters(column % 26);

/** A cell: text, a number, a number in a style, or nothing. */
export type SampleCell = string | number | { number: number; style: number } | null;

export interface SampleSheet {
  name: string;
  rows: readonly (readonly SampleCell[])[];
  merges?: readonly string[];
  state?: string;
}

/** Formats of the styles 1, 2 and 3: a date, a time in Chinese, a code of five digits. */
const STYLES = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\\ h:mm"/><numFmt numFmtId="165" formatCode="00000"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`;

/** A workbook with shared strings, styles and merged cells. */
export function xlsx(sheets: readonly SampleSheet[], { date1904 = false } = {}): Buffer {
  const shared: string[] = [];
  const cell = (value: SampleCell, at: string): string => {
    if (value === null) return '';
    if (typeof value === 'string') {
      shared.push(value);
      return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
    }
    return typeof value === 'number'
      ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" s="${value.style}"><v>${value.number}</v></c>`;
  };
  const parts: Record<string, Buffer> = {};
  for (const [i, { rows, merges = [] }] of sheets.entries()) {
    const lines = rows.map(
      (cells, y) => `<row r="${y + 1}">${cells.map((each, x) => cell(each, `${letters(x)}${y + 1}`)).join('')}</row>`,
    );
    const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
    parts[`xl/worksheets/sheet${i + 1}.xml`] = Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${lines.join('')}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
    );
  }
  const list = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"${state ? ` state="${state}"` : ''}/>`,
  );
  const link = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  parts['xl/workbook.xml'] = Buffer.from(
    `<workbook xmlns:r="http://x"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
  );
  parts['xl/_rels/workbook.xml.rels'] = Buffer.from(
    `<Relationships>${sheets.map((_, i) => link(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${link('s', 'sharedStrings', 'sharedStrings.xml')}${link('t', 'styles', 'styles.xml')}</Relationships>`,
  );
  parts['xl/sharedStrings.xml'] = Buffer.from(
    `<sst>${shared.map((text) => `<si><r><t>${escaped(text)}</t></r><rPh sb="0" eb="1"><t>pinyin</t></rPh></si>`).join('')}</sst>`,
  );
  parts['xl/styles.xml'] = Buffer.from(STYLES);
  return zip(parts);
}

/** A `.shp` of shapes, each with its type and its body after the type. */
export function shp(shapes: readonly { type: number; body: Buffer }[]): Buffer {
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  const records = shapes.map(({ type, body }, i) => {
    const head = Buffer.alloc(12);
    head.writeInt32BE(i + 1, 0);
    head.writeInt32BE((body.length + 4) / 2, 4);
    head.writeInt32LE(type, 8);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([header, ...records]);
}

export const doubles = (...values: number[]): Buffer => Buffer.from(new Float64Array(values).buffer);

export const point = (x: number, y: number) => ({ type: 1, body: doubles(x, y) });

/** A polygon (5) or line (3) of parts. */
export function parts(type: 3 | 5, rings: readonly (readonly (readonly [number, number])[])[]) {
  const points = rings.flat();
  const counts = Buffer.alloc(8 + rings.length * 4);
  counts.writeInt32LE(rings.length, 0);
  counts.writeInt32LE(points.length, 4);
  let start = 0;
  for (const [i, ring] of rings.entries()) {
    counts.writeInt32LE(start, 8 + i * 4);
    start += ring.length;
  }
  return { type, body: Buffer.concat([doubles(0, 0, 0, 0), counts, doubles(...points.flat())]) };
}

export interface SampleField {
  name: Buffer;
  type: string;
  length: number;
}

/** A dBase table; `driver` is the language driver of its header. */
export function dbf(fields: readonly SampleField[], rows: readonly (readonly Buffer[])[], driver = 0): Buffer {
  const size = 1 + fields.reduce((sum, { length }) => sum + length, 0);
  const header = Buffer.alloc(33 + fields.length * 32);
  header[0] = 3;
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(size, 10);
  header[29] = driver;
  for (const [i, { name, type, length }] of fields.entries()) {
    name.copy(header, 32 + i * 32, 0, 10);
    header[32 + i * 32 + 11] = type.charCodeAt(0);
    header[32 + i * 32 + 16] = length;
  }
  header[header.length - 1] = 0x0d;
  const records = rows.map((cells) => {
    const record = Buffer.alloc(size, 0x20);
    let at = 1;
    for (const [i, { length }] of fields.entries()) {
      (cells[i] ?? Buffer.alloc(0)).copy(record, at, 0, length);
      at += length;
    }
    return record;
  });
  return Buffer.concat([header, ...records, Buffer.from([0x1a])]);
}

/** A ZIP archive, packed or as it is. */
export function zip(files: Readonly<Record<string, Uint8Array>>, { stored = false } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = stored ? Buffer.from(content) : deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(stored ? 0 : 8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from('504b0304', 'hex'), head, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), head, place, Buffer.from(name));
    bodies.push(body);
    at += body.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, entries, end]);
}
