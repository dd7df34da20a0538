import { SourceError } from './sourceError.ts';

/** A playlist of HLS (RFC 8216): of the forms in which the pictures are to be had, or of the pieces of one. */
export type HlsPlaylist = HlsMaster | HlsMedia;

export interface HlsMaster {
  readonly kind: 'master';
  readonly variants: readonly { readonly uri: string; readonly bandwidth: number }[];
}

export interface HlsMedia {
  readonly kind: 'media';
  /** Seconds that no piece is longer than. */
  readonly target: number;
  /** Nothing will be added to it. */
  readonly ended: boolean;
  readonly pieces: readonly HlsPiece[];
}

export interface HlsPiece {
  /** Its number, which it keeps from one playlist to the next. */
  readonly number: number;
  readonly uri: string;
  /** Address of what has to be read before it, where its container wants that. */
  readonly map: string | undefined;
  readonly key: { readonly uri: string; readonly iv: Buffer } | undefined;
}

export const HLS_LIMITS = { playlistBytes: 512 * 1024, lines: 20_000, uri: 4_096, variants: 100 } as const;

/**
 * Reads a playlist.
 * @throws SourceError `not-video` with the line: what is no playlist, and what of it is not read (byte ranges, other ciphers than AES-128)
 */
export function readPlaylist(text: string): HlsPlaylist {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/, HLS_LIMITS.lines + 1);
  if (lines[0]?.trim() !== '#EXTM3U') refuse(1, 'is not #EXTM3U');
  if (lines.length > HLS_LIMITS.lines) refuse(HLS_LIMITS.lines, 'is not the last: it has more');
  const variants: { uri: string; bandwidth: number }[] = [];
  const pieces: HlsPiece[] = [];
  let [target, number, ended] = [0, 0, false];
  let [map, key]: [string | undefined, { uri: string; iv: Buffer | undefined } | undefined] = [undefined, undefined];
  let bandwidth: number | undefined;
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    const [, tag, value = ''] = /^#(EXT[A-Z0-9-]*)(?::(.*))?$/.exec(line) ?? [];
    const whole = (most: number): number =>
      /^\d{1,15}$/.test(value) && Number(value) <= most ? Number(value) : refuse(i + 1, 'has no number that could be');
    if (line.startsWith('#') || line === '') {
      switch (tag) {
        case 'EXT-X-TARGETDURATION':
          target = whole(3_600);
          break;
        case 'EXT-X-MEDIA-SEQUENCE':
          number = whole(Number.MAX_SAFE_INTEGER) - pieces.length;
          break;
        case 'EXT-X-ENDLIST':
          ended = true;
          break;
        case 'EXT-X-BYTERANGE':
          refuse(i + 1, 'names a range of bytes, which is not read');
          break;
        case 'EXT-X-STREAM-INF':
          bandwidth = Number(attribute(value, 'BANDWIDTH') ?? 0) || 0;
          break;
        case 'EXT-X-MAP':
          if (attribute(value, 'BYTERANGE') !== undefined) refuse(i + 1, 'names a range of bytes, which is not read');
          map = addressIn(value) ?? refuse(i + 1, 'names no address');
          break;
        case 'EXT-X-KEY':
          key = keyIn(value, i + 1);
      }
      continue;
    }
    if (line.length > HLS_LIMITS.uri) refuse(i + 1, `is longer than ${HLS_LIMITS.uri} characters`);
    if (bandwidth !== undefined) {
      if (variants.length >= HLS_LIMITS.variants) refuse(i + 1, `is one more than ${HLS_LIMITS.variants} forms`);
      variants.push({ uri: line, bandwidth });
      bandwidth = undefined;
      continue;
    }
    const at = number + pieces.length;
    pieces.push({ number: at, uri: line, map, key: key && { uri: key.uri, iv: key.iv ?? numbered(at) } });
  }
  if (variants.length > 0) return { kind: 'master', variants };
  if (target === 0) refuse(lines.length, 'is the last, and none has EXT-X-TARGETDURATION');
  return { kind: 'media', target, ended, pieces };
}

function refuse(line: number, what: string): never {
  throw new SourceError('not-video', `line ${line} of its playlist ${what}`);
}

/** One of `NAME=value,NAME="value"`. */
function attribute(list: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|,)\\s*${name}=(?:"([^"]*)"|([^,]*))`).exec(list);
  return found?.[1] ?? found?.[2];
}

function addressIn(list: string): string | undefined {
  const uri = attribute(list, 'URI');
  return uri === undefined || uri === '' || uri.length > HLS_LIMITS.uri ? undefined : uri;
}

function keyIn(value: string, line: number): { uri: string; iv: Buffer | undefined } | undefined {
  const method = attribute(value, 'METHOD');
  if (method === 'NONE') return undefined;
  if (method !== 'AES-128') return refuse(line, 'names a cipher other than AES-128');
  if ((attribute(value, 'KEYFORMAT') ?? 'identity') !== 'identity') refuse(line, 'wants a key from a keeper of rights');
  const iv = attribute(value, 'IV');
  if (iv !== undefined && !/^0x[\da-f]{1,32}$/i.test(iv)) refuse(line, 'has an IV that is none');
  const uri = addressIn(value) ?? refuse(line, 'names no address of its key');
  return { uri, iv: iv === undefined ? undefined : Buffer.from(iv.slice(2).padStart(32, '0'), 'hex') };
}

/** The IV of a piece for which none is named (RFC 8216 5.2). */
function numbered(number: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeBigUInt64BE(BigInt(number), 8);
  return iv;
}
