import { readXml } from './xmlEvents.ts';

/** How a number of a sheet is shown. */
export type CellFormat =
  | { readonly shows: 'number' }
  | { readonly shows: 'date' }
  /** With zeros in front, `00000`: what it shows is a code. */
  | { readonly shows: 'digits'; readonly digits: number };

const NUMBER: CellFormat = { shows: 'number' };
const DATE: CellFormat = { shows: 'date' };

/** Of the formats without a text of their own those of dates; 27–36 and 50–58 are those of Chinese Excel. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** The formats of a workbook's styles in the order in which cells name them (ECMA-376 18.8). */
export function readFormats(styles: Uint8Array): CellFormat[] {
  const own = new Map<number, CellFormat>();
  const formats: CellFormat[] = [];
  let within = false;
  readXml(styles, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') own.set(Number(numFmtId), formatOf(formatCode));
      if (name === 'cellXfs') within = true;
      if (name !== 'xf' || !within) return;
      const id = Number(numFmtId);
      formats.push(own.get(id) ?? (isBuiltInDate(id) ? DATE : NUMBER));
    },
    close(name) {
      if (name === 'cellXfs') within = false;
    },
  });
  return formats;
}

export function formatOf(code: string): CellFormat {
  const [first = ''] = code.split(';');
  // Colours, conditions and languages stand in brackets, words in quotation marks or after a backslash.
  const plain = first.replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
  if (/^0{2,30}$/.test(plain)) return { shows: 'digits', digits: plain.length };
  return /[ymdhs年月日]/i.test(plain) && !/general/i.test(plain) ? DATE : NUMBER;
}

const DAY_MS = 86_400_000;

/** A day number of a sheet as `2024-09-01` or `2024-09-01 14:05:00`, without a zone: it is what the writer saw. */
export function dateOfSerial(serial: number, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return null;
  // Lotus took 1900 for a leap year, and Excel with it: day 60 is a day that there was not.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const time = new Date(Math.round(((days - 25_569) * DAY_MS) / 1000) * 1000).toISOString();
  if (serial < 1 && !from1904) return time.slice(11, 19);
  return time.slice(11, 19) === '00:00:00' ? time.slice(0, 10) : `${time.slice(0, 10)} ${time.slice(11, 19)}`;
}
