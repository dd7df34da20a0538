import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { byteRangeOf, etagOf } from '../../files/byteRange.ts';
import { ARCHIVE_TYPE, locateServedFile, type ServedFile } from '../../files/servedFile.ts';

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|geo\+json|wasm|x-protobuf|vnd\.mapbox)|image\/svg)/;
/** Files larger than this are streamed as they are, and archives: what is read of them is a piece. */
const MAX_HELD_BYTES = 32 * 1024 * 1024;
/** All files and their compressed forms held in memory together. */
const MAX_CACHE_BYTES = 128 * 1024 * 1024;

type Encoding = 'br' | 'gzip' | 'identity';

interface Held {
  readonly mtimeMs: number;
  readonly etag: string;
  readonly bodies: Map<Encoding, Buffer>;
}

/** Serves the files below one folder, and nothing else. */
export interface Files {
  /**
   * @param path the request's path below the folder, percent-encoded, without query
   * @returns false when there is no such file
   */
  serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** @param immutable which paths carry a hash of their content in their name */
export function createFiles(root: string, immutable: RegExp | null): Files {
  const cache = new Map<string, Held>();
  const making = new Map<string, Promise<unknown>>();
  let cached = 0;

  function hold(file: string, held: Held, encoding: Encoding, body: Buffer): void {
    held.bodies.set(encoding, body);
    cache.delete(file);
    cache.set(file, held);
    cached += body.byteLength;
    for (const [oldest, entry] of cache) {
      if (cached <= MAX_CACHE_BYTES || oldest === file) break;
      drop(oldest, entry);
    }
  }

  function drop(file: string, held: Held): void {
    cache.delete(file);
    for (const body of held.bodies.values()) cached -= body.byteLength;
  }

  /** One promise for however many ask at the same time: a file is in memory once, and compressed once. */
  function once<T>(what: string, make: () => Promise<T>): Promise<T> {
    const known = making.get(what);
    if (known) return known as Promise<T>;
    const made = make().finally(() => making.delete(what));
    making.set(what, made);
    return made;
  }

  function heldFile(file: string, mtimeMs: number): Promise<Held> {
    const known = cache.get(file);
    if (known?.mtimeMs === mtimeMs) return Promise.resolve(known);
    return once(`${file}\n${mtimeMs}`, async () => {
      const plain = await readFile(file);
      const before = cache.get(file);
      if (before) drop(file, before);
      const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
      const held: Held = { mtimeMs, etag, bodies: new Map() };
      hold(file, held, 'identity', plain);
      return held;
    });
  }

  function bodyOf(file: string, held: Held, encoding: Encoding): Promise<Buffer> {
    const ready = held.bodies.get(encoding);
    if (ready) return Promise.resolve(ready);
    return once(`${file}\n${held.mtimeMs}\n${encoding}`, async () => {
      const plain = held.bodies.get('identity') ?? (await readFile(file));
      const body = encoding === 'identity' ? plain : await compress(encoding, plain);
      if (cache.get(file) === held && !held.bodies.has(encoding)) hold(file, held, encoding, body);
      return body;
    });
  }

  return {
    async serve(request, response, path) {
      const file = await locateServedFile(root, path);
      if (file === null) return false;
      const { type } = file;
      const caching = immutable?.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      const common = { 'content-type': type, 'cache-control': caching };
      if (file.size > MAX_HELD_BYTES || type === ARCHIVE_TYPE) {
        await stream(request, response, file, common);
        return true;
      }
      const held = await heldFile(file.path, file.mtimeMs);
      const encoding = COMPRESSIBLE.test(type) && file.size > 1024 ? accepted(request) : 'identity';
      const etag = encoding === 'identity' ? held.etag : `${held.etag.slice(0, -1)}-${encoding}"`;
      const labelled = { ...common, etag, vary: 'accept-encoding' };
      if (request.headers['if-none-match']?.includes(etag)) {
        response.writeHead(304, labelled).end();
        return true;
      }
      const body = await bodyOf(file.path, held, encoding);
      response.writeHead(200, {
        ...labelled,
        'content-length': body.byteLength,
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
      return true;
    },
  };
}

/** Sends a file, or the range of bytes of it that is asked for, without having it in memory. */
async function stream(
  request: IncomingMessage,
  response: ServerResponse,
  { path }: ServedFile,
  common: Readonly<Record<string, string>>,
): Promise<void> {
  // Size, tag and bytes are of one file, though another may be put at its name meanwhile.
  const handle = await open(path, 'r');
  try {
    const entry = await handle.stat();
    const etag = etagOf(entry);
    const labelled = { ...common, etag, 'accept-ranges': 'bytes' };
    const { headers, method } = request;
    if (headers['if-none-match']?.includes(etag)) {
      response.writeHead(304, labelled).end();
      return;
    }
    const asked = { range: method === 'GET' ? headers.range : undefined, ifRange: one(headers['if-range']) };
    const range = byteRangeOf(asked, etag, entry.size);
    if (range === 'outside') {
      response.writeHead(416, { ...labelled, 'content-range': `bytes */${entry.size}`, 'content-length': 0 }).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: entry.size - 1 };
    const part = range ? { 'content-range': `bytes ${start}-${end}/${entry.size}` } : {};
    response.writeHead(range ? 206 : 200, { ...labelled, ...part, 'content-length': end - start + 1 });
    if (method === 'HEAD' || entry.size === 0) response.end();
    // The file may grow while it is read; no more of it is sent than was said.
    else await pipeline(handle.createReadStream({ start, end, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function accepted(request: IncomingMessage): Encoding {
  const header = request.headers['accept-encoding'];
  const offered = new Set<string>();
  for (const entry of (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')) {
    const [name = '', quality] = entry.split(';').map((piece) => piece.trim().toLowerCase());
    if (quality === undefined || !/^q=0(?:\.0*)?$/.test(quality)) offered.add(name);
  }
  return offered.has('br') ? 'br' : offered.has('gzip') ? 'gzip' : 'identity';
}

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

function compress(encoding: 'br' | 'gzip', plain: Buffer): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(plain, { level: 6 });
  return brotliAsync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength },
  });
}
