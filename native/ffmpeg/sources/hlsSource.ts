import { createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createAnswerer, credentialsOf } from './credentials.ts';
import { HLS_LIMITS, type HlsMedia, type HlsPiece, readPlaylist } from './hlsPlaylist.ts';
import { getHttp } from './httpSource.ts';
import { isPlaylist } from './playlists.ts';
import type { SourceCaller } from './sourceCaller.ts';
import { asSourceError, SourceError } from './sourceError.ts';

/** Where a playlist is, and which hosts beside its own it may lead to: `host`, or `host:port`. */
export interface HlsAddress {
  readonly url: URL;
  readonly hosts: readonly string[];
}

/** Of what is not played yet; more is not asked for. */
const AHEAD_BYTES = 8 * 1024 * 1024;
const MOST_PIECE = 64 * 1024 * 1024;
const PIECE_MS = 60_000;
/** Pieces from the end at which it begins (RFC 8216 6.3.3). */
const FROM_END = 3;
const MOST_MISSED = 3;
const QUIET_SECONDS = 15;
const KEY_BYTES = 16;

/** Whether an address names a playlist: only what a person wrote so is read as one. */
export const namesPlaylist = ({ protocol, pathname }: URL): boolean =>
  /^https?:$/.test(protocol) && /\.m3u8$/i.test(pathname);

/**
 * The pictures of a live playlist (HLS), as one stream of what its pieces hold. The hall itself asks for playlists, pieces and keys: at the
 * playlist's own host and port, at the hosts that are named, and nowhere else.
 *
 * @throws SourceError: `playlist` where it leads elsewhere
 */
export async function openHls({ url: address, hosts }: HlsAddress, caller: SourceCaller): Promise<Readable> {
  const { url: own, credentials } = credentialsOf(address);
  const answerer = credentials && createAnswerer(credentials, () => randomBytes(8).toString('hex'));
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, caller.signal]);
  const body = new PassThrough({ highWaterMark: AHEAD_BYTES });
  body.on('close', () => stopping.abort());
  let key: { readonly uri: string; readonly bytes: Buffer } | undefined;

  /** @param base what the address is relative to */
  function allowed(uri: string, base: URL): URL {
    const to = URL.canParse(uri, base) ? new URL(uri, base) : undefined;
    const isOwn = to?.origin === own.origin;
    const isNamed = to && /^https?:$/.test(to.protocol) && (hosts.includes(to.host) || hosts.includes(to.hostname));
    if (!to || !(isOwn || isNamed)) {
      const where = to ? (to.host === '' ? to.protocol : to.host) : 'no address';
      throw new SourceError('playlist', `its playlist leads to ${where.slice(0, 100)}, which its file does not name`);
    }
    to.username = '';
    to.password = '';
    return to;
  }

  async function fetched(url: URL, most: number, arrived = () => {}): Promise<Buffer> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(PIECE_MS)]);
    const response = await getHttp(url, url.origin === own.origin ? answerer : undefined, within);
    const parts: Buffer[] = [];
    let length = 0;
    try {
      for await (const part of response as AsyncIterable<Buffer>) {
        arrived();
        length += part.length;
        if (length > most) throw new SourceError('too-large', `it sends more than ${most} bytes at once`);
        parts.push(part);
      }
    } catch (error) {
      if (within.aborted && !signal.aborted)
        throw new SourceError('timeout', `a piece took more than ${PIECE_MS / 1000} s`);
      throw error;
    } finally {
      response.destroy();
    }
    return Buffer.concat(parts);
  }

  const textAt = async (url: URL): Promise<string> => (await fetched(url, HLS_LIMITS.playlistBytes)).toString('utf8');

  /** Where the pieces are told, and what is told of them now: of several forms the richest. */
  async function begin(): Promise<{ at: URL; list: HlsMedia }> {
    const list = readPlaylist(await textAt(own));
    if (list.kind === 'media') return { at: own, list };
    const [first, ...rest] = list.variants;
    const best = rest.reduce((most, each) => (each.bandwidth > (most?.bandwidth ?? 0) ? each : most), first);
    const at = allowed(best?.uri ?? '', own);
    return { at, list: await mediaAt(at) };
  }

  async function mediaAt(at: URL): Promise<HlsMedia> {
    const list = readPlaylist(await textAt(at));
    if (list.kind === 'media') return list;
    throw new SourceError('not-video', 'its playlist leads to one that tells of playlists again');
  }

  async function bytesOf({ uri, key: cipher }: Pick<HlsPiece, 'uri' | 'key'>, at: URL): Promise<Buffer> {
    const bytes = await fetched(allowed(uri, at), MOST_PIECE, caller.arrived);
    if (!cipher) return bytes;
    if (key?.uri !== cipher.uri) key = { uri: cipher.uri, bytes: await fetched(allowed(cipher.uri, at), KEY_BYTES) };
    if (key.bytes.length !== KEY_BYTES) throw new SourceError('not-video', `its key has not ${KEY_BYTES} bytes`);
    const decipher = createDecipheriv('aes-128-cbc', key.bytes, cipher.iv);
    try {
      return Buffer.concat([decipher.update(bytes), decipher.final()]);
    } catch (error) {
      throw new SourceError('not-video', 'a piece does not open by its key', { cause: error });
    }
  }

  async function pass(bytes: Buffer): Promise<void> {
    if (isPlaylist(bytes)) throw new SourceError('playlist', 'a piece is a list of addresses');
    if (!body.write(bytes)) await once(body, 'drain', { signal });
  }

  async function play(at: URL, first: HlsMedia): Promise<void> {
    let list = first;
    let next = startOf(first);
    let map: string | undefined;
    let missed = 0;
    let heardAt = performance.now();
    for (;;) {
      for (const piece of list.pieces) {
        if (piece.number < next) continue;
        next = piece.number + 1;
        if (piece.map !== undefined && piece.map !== map) {
          if (map !== undefined) throw new SourceError('ended', 'its pictures go on in another form');
          map = piece.map;
          await pass(await bytesOf({ uri: map, key: undefined }, at));
        }
        try {
          await pass(await bytesOf(piece, at));
          missed = 0;
        } catch (error) {
          // It was taken away before it was asked for.
          if (asSourceError(error).code !== 'not-found' || ++missed > MOST_MISSED) throw error;
        }
        heardAt = performance.now();
      }
      if (list.ended) return;
      const quiet = (performance.now() - heardAt) / 1000;
      if (quiet > Math.max(QUIET_SECONDS, 3 * list.target))
        throw new SourceError('ended', `its playlist has told nothing new for ${Math.round(quiet)} s`);
      await wait(Math.min(10_000, list.target * 500), undefined, { signal });
      list = await mediaAt(at);
      const [oldest, newest] = [list.pieces[0]?.number ?? next, list.pieces.at(-1)?.number ?? next];
      // It began anew, or is further than was asked for.
      if (newest + 1 < next || oldest > next) next = startOf(list);
    }
  }

  const { at, list } = await begin();
  play(at, list).then(
    () => body.end(),
    (error: unknown) => body.destroy(asSourceError(error)),
  );
  return body;
}

/** The number of the piece to begin with. */
function startOf({ pieces, ended }: HlsMedia): number {
  return (ended ? pieces[0] : (pieces.at(-FROM_END) ?? pieces[0]))?.number ?? 0;
}
