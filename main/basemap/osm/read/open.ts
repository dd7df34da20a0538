import { open as openFile } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import type { Breath } from '../../tiling/breath.ts';
import { OsmFileError } from '../osmFileError.ts';
import { brokenGzip } from './gzip.ts';
import { MOST_BLOB_HEADER } from './limits.ts';
import { openPbf } from './pbfSource.ts';
import type { OsmSource } from './source.ts';
import { openXml } from './xmlSource.ts';

const HEAD = 512;

/**
 * Opens a file by what it begins with, whatever its name ends with.
 * @throws OsmFileError when it is empty or none of OpenStreetMap's; errors of the system as they are
 */
export async function openOsm(path: string, breath: Breath): Promise<OsmSource> {
  const file = await openFile(path, 'r');
  let isKept = false;
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const head = buffer.subarray(0, bytesRead);
    if (bytesRead === 0) throw empty();
    if (isPbf(head)) {
      isKept = true;
      return openPbf(file, size, breath);
    }
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    if (isXml(isGzip ? unpackedHead(head) : head)) return openXml(path, size, isGzip, breath);
    throw head.toString('latin1', 0, 3) === 'BZh' ? packed() : notOsm();
  } finally {
    if (!isKept) await file.close();
  }
}

/** Four bytes of length, then a BlobHeader whose type, field 1, is OSMHeader. */
function isPbf(head: Buffer): boolean {
  if (head.length < 5 || head.readUInt32BE(0) > MOST_BLOB_HEADER) return false;
  const type = head.toString('latin1', 4, 15);
  return head.includes('OSMHeader', 4, 'latin1') || '\n\tOSMHeader'.startsWith(type);
}

function isXml(head: Buffer): boolean {
  return /^(?:\uFEFF)?\s*<[?!A-Za-z]/.test(head.toString('utf8'));
}

/** The beginning of what a gzip file holds. */
function unpackedHead(head: Buffer): Buffer {
  try {
    // What is there, though the end is not.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw brokenGzip(cause) ?? cause;
  }
}

function empty(): OsmFileError {
  return new OsmFileError({
    zh: '文件是空的。请重新下载 OpenStreetMap 提取文件',
    en: 'The file is empty. Download the extract of OpenStreetMap again.',
  });
}

function packed(): OsmFileError {
  return new OsmFileError({
    zh: '文件以 bzip2 压缩，大厅不能直接读取。请先解压，或转换：osmium cat 旧文件 -o 新文件.osm.pbf',
    en: 'The file is packed with bzip2, which the hall cannot read. Unpack it first, or convert it: osmium cat OLD -o NEW.osm.pbf',
  });
}

function notOsm(): OsmFileError {
  return new OsmFileError({
    zh: '这不是 OpenStreetMap 文件。请选择 .osm.pbf、.osm 或 .osm.gz 提取文件，或 .pmtiles、.mbtiles 瓦片',
    en: 'This is no file of OpenStreetMap. Choose an extract, .osm.pbf, .osm or .osm.gz, or tiles, .pmtiles or .mbtiles.',
  });
}
