import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { contentSecurityPolicy } from '../api/http/securityHeaders.ts';
import { byteRangeOf, etagOf } from '../files/byteRange.ts';
import { locateServedFile } from '../files/servedFile.ts';

const POLICY = contentSecurityPolicy([]);

const CITY = '/city/';
const MAP = '/city/map/';

/**
 * Answers `app://opshall/…`: the built pages, the drill city's data below `/city/` and the hall's own map below `/city/map/`. Nothing above
 * the folders is reachable, and nothing of the network.
 *
 * @returns answers a request by its address and headers; of a file a range of bytes, when one is asked for
 */
export function createAssets(folders: {
  pages: string;
  city: string;
  /** The hall's own map, once it is known where the hall has its data; null before. */
  map: () => string | null;
  /** Address of the development server that makes the pages anew at every change; only ever given by `npm run dev`. */
  devServer?: string | undefined;
}): (url: string, headers?: Headers) => Promise<Response> {
  const locate = ({ pathname }: URL) => {
    if (pathname.startsWith(MAP)) {
      const map = folders.map();
      return map === null ? null : locateServedFile(map, pathname.slice(MAP.length));
    }
    if (pathname.startsWith(CITY)) return locateServedFile(folders.city, pathname.slice(CITY.length));
    return locateServedFile(folders.pages, pathname === '/' ? 'index.html' : pathname);
  };
  return async (url, headers = new Headers()) => {
    const asked = new URL(url);
    if (asked.host !== 'opshall') return notHere();
    // The server's own pages need inline scripts and its socket, so no policy is set on them.
    if (folders.devServer && !asked.pathname.startsWith(CITY)) {
      const from = new URL(folders.devServer);
      from.pathname = asked.pathname; // Set, not joined: `//elsewhere/x` would be another server's address.
      from.search = asked.search;
      return fetch(from);
    }
    try {
      const file = await locate(asked);
      return file ? await answer(file.path, file.type, headers) : notHere();
    } catch {
      return notHere();
    }
  };
}

async function answer(path: string, type: string, headers: Headers): Promise<Response> {
  const handle = await open(path, 'r');
  try {
    const entry = await handle.stat();
    const etag = etagOf(entry);
    const asked = { range: headers.get('range') ?? undefined, ifRange: headers.get('if-range') ?? undefined };
    const range = byteRangeOf(asked, etag, entry.size);
    const labelled = {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      'accept-ranges': 'bytes',
      etag,
    };
    if (range === 'outside') {
      await handle.close();
      return new Response(null, { status: 416, headers: { ...labelled, 'content-range': `bytes */${entry.size}` } });
    }
    const { start, end } = range ?? { start: 0, end: entry.size - 1 };
    const part = range ? { 'content-range': `bytes ${start}-${end}/${entry.size}` } : {};
    // The stream closes the file, at its end or when nobody wants it any more.
    if (entry.size === 0) await handle.close();
    const body = entry.size === 0 ? null : Readable.toWeb(handle.createReadStream({ start, end }));
    return new Response(body as ReadableStream | null, {
      status: range ? 206 : 200,
      headers: { ...labelled, ...part, 'content-length': String(end - start + 1) },
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function notHere(): Response {
  return new Response('not here', { status: 404 });
}
