import { OsmFileError } from '../osmFileError.ts';

/** What zlib's errors say of a gzip file; null for other errors. */
export function brokenGzip(cause: unknown): OsmFileError | null {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'Z_BUF_ERROR')
    return new OsmFileError(
      {
        zh: 'gzip 文件不完整，在末尾之前中断。请重新下载该文件',
        en: 'The gzip file is cut off before its end. Download it again.',
      },
      cause,
    );
  if (code !== 'Z_DATA_ERROR') return null;
  return new OsmFileError(
    { zh: 'gzip 文件已损坏。请重新下载该文件', en: 'The gzip file is damaged. Download it again.' },
    cause,
  );
}
