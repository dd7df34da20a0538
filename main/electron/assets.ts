import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { contentSecurityPolicy } from '../api/http/securityHeaders.ts';
import { locateServedFile } from '../files/servedFile.ts';

const POLICY = contentSecurityPolicy([]);

/**
 * Answers `app://opshall/…`: the built pages, and the city's data below `/city/`. Nothing above the two folders is
 * reachable, and nothing of the network.
 */
export function createAssets(folders: {
  pages: string;
  city: string;
  /** Address of the development server that makes the pages anew at every change; only ever given by `npm run dev`. */
  devServer?: string | undefined;
}): (url: string) => Promise<Response> {
  const notHere = () => new Response('not here', { status: 404 });
  return async (url) => {
    const asked = new URL(url);
    if (asked.host !== 'opshall') return notHere();
    const inCity = asked.pathname.startsWith('/city/');
    // The server's own pages need inline scripts and its socket, so no policy is set on them.
    if (folders.devServer && !inCity) {
      const from = new URL(folders.devServer);
      from.pathname = asked.pathname; // Set, not joined: `//elsewhere/x` would be another server's address.
      from.search = asked.search;
      return fetch(from);
    }
    const [folder, path] = inCity
      ? [folders.city, asked.pathname.slice('/city/'.length)]
      : [folders.pages, asked.pathname === '/' ? 'index.html' : asked.pathname];
    try {
      const file = await locateServedFile(folder, path);
      if (!file) return notHere();
      return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, {
        headers: {
          'content-type': file.type,
          'content-length': String(file.size),
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return notHere();
    }
  };
}
