import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fileFault } from '../../config/textFile.ts';
import { crsOfColumns } from './crsOfColumns.ts';
import { readCsv } from './csv.ts';
import { readGeoJson } from './geojson.ts';
import { readGeoPackageFile } from './geopackage.ts';
import { ImportError, refusal } from './importError.ts';
import { readKml } from './kml.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { readShapefile, readZippedShapefile } from './shapefile.ts';
import type { SourceTable } from './table.ts';
import { readXlsx } from './xlsx.ts';
import { openZip, PASSWORD, type ZipArchive } from './zip.ts';

/** What a person may say of a file, where it does not say so itself. */
export interface SourceOptions {
  /** Of a workbook its sheet, of an archive or GeoPackage its layer. */
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  /** Whether a name is one that columns usually have: by it the head of a table is found. */
  readonly known: (name: string) => boolean;
}

/**
 * Reads a department's file, whatever it is, by what is in it and not by its name.
 *
 * @throws ImportError for what cannot be read, with what to do.
 */
export function readSource(file: string, options: SourceOptions): SourceTable {
  const bytes = bytesOf(file);
  if (bytes.subarray(0, 16).toString('latin1') === 'SQLite format 3\0') return readGeoPackageFile(file, options.sheet);
  const table = readBytes(file, bytes, options);
  if (table.rows.length === 0) throw EMPTY();
  const crs = table.crs ? null : crsOfColumns(table.columns);
  return crs ? { ...table, crs } : table;
}

function readBytes(file: string, bytes: Buffer, options: SourceOptions): SourceTable {
  const magic = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  if (magic === 0x504b0304 || magic === 0x504b0506) return readArchive(openZip(bytes), options);
  if (magic === 0xd0cf11e0) throw bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? PASSWORD() : OLD_XLS();
  if (magic === 0x0000270a) return readShapefile(besides(file, bytes), options.encoding);
  // A mark of the encoding before it, or blanks, are no part of the first character.
  const head = bytes
    .subarray(0, 4096)
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  if (/^[{[]/.test(head)) return readGeoJson(bytes, options.encoding);
  if (!head.startsWith('<')) {
    if (PACKED.test(file)) throw DAMAGED();
    return readCsv(bytes, options);
  }
  if (/<(\w+:)?kml[\s>]/.test(head)) return readKml(bytes);
  throw /<html|<table|<!doctype html|urn:schemas-microsoft-com:office:spreadsheet/i.test(head)
    ? WEB_XLS()
    : OTHER_XML();
}

/** Files of these names begin with marks that were looked for before. */
const PACKED = /\.(xlsx|xlsm|zip|kmz|gpkg)$/i;

const DAMAGED = () =>
  refusal(
    { zh: '文件已损坏，或内容与扩展名不符', en: 'the file is damaged, or is not what its name says' },
    {
      zh: '请重新获取该文件；若是文本表格，请改名为 .csv',
      en: 'Get it again; if it is a table of text, name it .csv.',
    },
  );

function bytesOf(file: string): Buffer {
  try {
    // Not to wait for somebody who writes into a pipe.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(handle);
      if (!stats.isFile()) throw NO_FILE();
      if (stats.size > IMPORT_LIMITS.bytes) throw TOO_LARGE();
      if (stats.size === 0) throw EMPTY();
      const bytes = Buffer.alloc(stats.size);
      let held = 0;
      while (held < bytes.length) {
        const got = readSync(handle, bytes, held, bytes.length - held, held);
        if (got === 0) break;
        held += got;
      }
      return bytes.subarray(0, held);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw error instanceof ImportError ? error : new ImportError(fileFault(error), { cause: error });
  }
}

function readArchive(zip: ZipArchive, options: SourceOptions): SourceTable {
  if (zip.names.includes('xl/workbook.xml')) return readXlsx(zip, options);
  if (zip.names.some((name) => /\.shp$/i.test(name))) return readZippedShapefile(zip, options);
  const kml = zip.names.find((name) => /\.kml$/i.test(name));
  const document = kml === undefined ? null : zip.read(kml);
  if (document) return readKml(document);
  if (zip.names.includes('xl/workbook.bin')) throw OLD_XLS();
  throw refusal(
    { zh: '压缩包中没有 .shp、.kml 或工作簿', en: 'the archive holds no .shp, .kml or workbook' },
    { zh: '请先解压，再导入其中的文件', en: 'Unpack it, and import what is in it.' },
  );
}

/** The other files of a shapefile that was not packed. */
function besides(file: string, shp: Buffer) {
  const stem = file.replace(/\.[^./\\]*$/, '');
  const part = (ending: string): Buffer | null => {
    for (const name of [`${stem}.${ending}`, `${stem}.${ending.toUpperCase()}`]) {
      try {
        return bytesOf(name);
      } catch {
        // It has the other case, or is not there.
      }
    }
    return null;
  };
  return { shp, dbf: part('dbf'), prj: part('prj'), cpg: part('cpg') };
}

const SAVE_AS_XLSX = {
  zh: '请用 Excel 或 WPS 打开，另存为 .xlsx',
  en: 'Open it in Excel or WPS and save it as .xlsx.',
};

const OLD_XLS = () =>
  refusal(
    {
      zh: '是旧版 Excel 文件（.xls、.xlsb）或 Office 文档',
      en: 'is an old Excel file (.xls, .xlsb) or document of Office',
    },
    SAVE_AS_XLSX,
  );
const WEB_XLS = () =>
  refusal({ zh: '是网页表格，只是名为 .xls', en: 'is a table of a web page that is called .xls' }, SAVE_AS_XLSX);
const OTHER_XML = () =>
  refusal(
    { zh: '是 XML，但不是 KML', en: 'is XML, but no KML' },
    { zh: '请导出为 KML、GeoJSON、CSV 或 .xlsx', en: 'Export it as KML, GeoJSON, CSV or .xlsx.' },
  );
const NO_FILE = () =>
  refusal({ zh: '不是文件', en: 'is no file' }, { zh: '请给出一个普通文件', en: 'Name a plain file.' });
const EMPTY = () =>
  refusal(
    { zh: '没有一行数据', en: 'holds no row' },
    { zh: '请确认导出的内容，并核对工作表名称', en: 'Make sure of what was exported, and of the name of the sheet.' },
  );
const TOO_LARGE = () =>
  refusal(
    { zh: '文件超过 256 MiB', en: 'the file has more than 256 MiB' },
    { zh: '请把文件拆成几个，分别导入', en: 'Split it into several files and import each.' },
  );
