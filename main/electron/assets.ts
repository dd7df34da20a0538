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
  return async (url) => {
    const path = decodeURIComponent(new URL(url).pathname);
    const [base, rest] = path.startsWith('/city/')
      ? [folders.city, path.slice('/city/'.length)]
      : [folders.pages, path];
    // The server's own pages need inline scripts and its socket, so no policy is set on them.
    if (folders.devServer && base === folders.pages)
      return fetch(new URL(rest + new URL(url).search, folders.devServer));
    const wanted = normalize(join(base, rest === '/' ? 'index.html' : rest));
    if (!wanted.startsWith(base + sep) || wanted.includes('\0')) return new Response('not here', { status: 404 });
    try {
      const found = await stat(wanted);
      if (!found.isFile()) return new Response('not here', { status: 404 });
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
      return new Response('not here', { status: 404 });
    }
  };
}
