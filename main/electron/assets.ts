import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { contentSecurityPolicy } from '../api/http/securityHeaders.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

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
    const path = decoded(asked.pathname);
    if (asked.host !== 'opshall' || path === null || /[\\\0]/.test(path)) return notHere();
    const [base, rest] = path.startsWith('/city/')
      ? [folders.city, path.slice('/city/'.length)]
      : [folders.pages, path];
    // The server's own pages need inline scripts and its socket, so no policy is set on them.
    if (folders.devServer && base === folders.pages) {
      const from = new URL(folders.devServer);
      from.pathname = asked.pathname; // Set, not joined: `//elsewhere/x` would be another server's address.
      from.search = asked.search;
      return fetch(from);
    }
    const wanted = normalize(join(base, rest === '/' ? 'index.html' : rest));
    if (!wanted.startsWith(base + sep)) return notHere();
    try {
      const found = await stat(wanted);
      if (!found.isFile()) return notHere();
      return new Response(Readable.toWeb(createReadStream(wanted)) as ReadableStream, {
        headers: {
          'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream',
          'content-length': String(found.size),
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

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
