/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What of a file is asked for by a request's `Range` (RFC 9110, 14.2): one range of bytes, the whole file (null), or what the file has
 * not. Several ranges, other units and what is no range are answered with the whole file, as one may.
 *
 * @param ifRange the request's `If-Range`: of a file that has become another one the whole is sent
 * @param etag of the file now
 */
export function byteRangeOf(
  { range, ifRange }: { range: string | undefined; ifRange: string | undefined },
  etag: string,
  size: number,
): ByteRange | 'outside' | null {
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return null;
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(range) ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    // The last so many bytes.
    const count = Math.min(Number(last), size);
    return count === 0 ? 'outside' : { start: size - count, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'outside' : { start, end };
}

/** An ETag for a file that is too large to read through: another one when it was written or put there anew. */
export function etagOf({ size, mtimeMs }: { size: number; mtimeMs: number }): string {
  return `"${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;
}
