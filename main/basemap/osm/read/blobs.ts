import type { FileHandle } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { OsmFileError } from '../osmFileError.ts';
import { MOST_BLOB, MOST_BLOB_HEADER } from './limits.ts';

/** A blob of the file: what it holds, and where its compressed content lies. */
export interface BlobPlace {
  readonly type: string;
  /** First byte after the BlobHeader. */
  readonly at: number;
  readonly size: number;
  /** First byte of the next blob. */
  readonly end: number;
}

/** Finds the blob that begins at a byte of the file (fileformat.proto: length, BlobHeader, Blob); null at the end. */
export async function blobAt(file: FileHandle, at: number, fileSize: number): Promise<BlobPlace | null> {
  if (at >= fileSize) return null;
  const length = (await bytesAt(file, at, 4)).readUInt32BE(0);
  if (length > MOST_BLOB_HEADER || length === 0) throw notBlob(at);
  const header = { type: '', size: -1 };
  try {
    new PbfReader(await bytesAt(file, at + 4, length)).readFields((tag, to, pbf) => {
      if (tag === 1) to.type = pbf.readString();
      else if (tag === 3) to.size = pbf.readVarint();
    }, header);
  } catch (cause) {
    throw cause instanceof OsmFileError ? cause : notBlob(at, cause);
  }
  if (header.size < 0 || header.type === '') throw notBlob(at);
  if (header.size > MOST_BLOB) throw tooBig(at);
  const from = at + 4 + length;
  if (from + header.size > fileSize) throw cutOff(fileSize);
  return { type: header.type, at: from, size: header.size, end: from + header.size };
}

/** The content of a blob, unpacked. */
export async function contentOf(file: FileHandle, { at, size }: BlobPlace): Promise<Uint8Array> {
  const blob = await bytesAt(file, at, size);
  const found: { raw?: Uint8Array; zlib?: Uint8Array; rawSize?: number; other?: string } = {};
  try {
    const pbf = new PbfReader(blob);
    pbf.readFields((tag, to) => {
      if (tag === 1) to.raw = pbf.readBytes();
      else if (tag === 2) to.rawSize = pbf.readVarint();
      else if (tag === 3) to.zlib = pbf.readBytes();
      else if (tag in OTHER_PACKING) to.other = OTHER_PACKING[tag] ?? '';
    }, found);
    if (pbf.pos > blob.length) throw new RangeError('A field ends beyond its blob.');
  } catch (cause) {
    throw brokenBlob(at, cause);
  }
  if ((found.rawSize ?? 0) > MOST_BLOB) throw tooBig(at);
  if (found.raw) return found.raw;
  if (!found.zlib) throw found.other ? packedOtherwise(found.other) : brokenBlob(at);
  try {
    const content = inflateSync(found.zlib, { maxOutputLength: MOST_BLOB });
    if (found.rawSize !== undefined && content.length !== found.rawSize)
      throw new RangeError(`${content.length} bytes were unpacked instead of ${found.rawSize}.`);
    return content;
  } catch (cause) {
    const isTooBig = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooBig ? tooBig(at) : brokenBlob(at, cause);
  }
}

const OTHER_PACKING: Readonly<Record<number, string>> = { 4: 'LZMA', 5: 'bzip2', 6: 'LZ4', 7: 'Zstandard' };

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let have = 0;
  while (have < length) {
    const { bytesRead } = await file.read(bytes, have, length - have, at + have);
    if (bytesRead === 0) throw cutOff(at + have);
    have += bytesRead;
  }
  return bytes;
}

function notBlob(at: number, cause?: unknown): OsmFileError {
  return new OsmFileError(
    {
      zh: `文件在第 ${at} 字节处不是 OSM PBF 的数据块。文件可能已损坏，请重新下载`,
      en: `At byte ${at} the file has no block of an OSM PBF. It may be damaged: download it again.`,
    },
    cause,
  );
}

/** A block that cannot be unpacked or read. */
export function brokenBlob(at: number, cause?: unknown): OsmFileError {
  return new OsmFileError(
    {
      zh: `文件中从第 ${at} 字节开始的数据块已损坏。请重新下载该文件`,
      en: `The block of the file that begins at byte ${at} is damaged. Download the file again.`,
    },
    cause,
  );
}

function tooBig(at: number): OsmFileError {
  return new OsmFileError({
    zh: `文件中从第 ${at} 字节开始的数据块超过格式允许的 32 MiB。请用 osmium 重新写出该文件：osmium cat 旧文件 -o 新文件.osm.pbf`,
    en: `The block of the file that begins at byte ${at} is larger than the 32 MiB that the format allows. Write the file anew: osmium cat OLD -o NEW.osm.pbf`,
  });
}

function cutOff(at: number): OsmFileError {
  return new OsmFileError({
    zh: `文件在第 ${at} 字节处中断，后面的内容缺失。请重新下载该文件`,
    en: `The file is cut off at byte ${at}. Download it again.`,
  });
}

function packedOtherwise(packing: string): OsmFileError {
  return new OsmFileError({
    zh: `文件以 ${packing} 压缩，大厅只读 zlib。请转换：osmium cat 旧文件 -o 新文件.osm.pbf -f pbf,pbf_compression=zlib`,
    en: `The file is packed with ${packing}; the hall reads zlib only. Convert it: osmium cat OLD -o NEW.osm.pbf -f pbf,pbf_compression=zlib`,
  });
}
