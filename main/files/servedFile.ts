import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** Of an archive of tiles, of which a window reads a piece at a time. */
export const ARCHIVE_TYPE = 'application/vnd.pmtiles';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json'],
  ['.geojson', 'application/geo+json'],
  ['.map', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.pbf', 'application/x-protobuf'],
  ['.mvt', 'application/vnd.mapbox-vector-tile'],
  ['.pmtiles', ARCHIVE_TYPE],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.wav', 'audio/wav'],
]);

/** A file that may be served to a page. */
export interface ServedFile {
  /** Links followed. */
  readonly path: string;
  /** Media type, by the name's ending. */
  readonly type: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The file behind a request's path, when it is a plain file that really lies below the folder, links followed; null when there is
 * none.
 *
 * @param path percent-encoded, without query
 * @throws {Error} of the file system, when the disk fails
 */
export async function locateServedFile(root: string, path: string): Promise<ServedFile | null> {
  const parts = decoded(path)
    ?.split('/')
    .filter((part) => part !== '');
  if (!parts || parts.some((part) => part.startsWith('.') || /[\\:\0]/.test(part))) return null;
  try {
    const [base, real] = await Promise.all([realpath(root), realpath(join(root, ...parts))]);
    if (!real.startsWith(base + sep)) return null;
    const entry = await stat(real);
    if (!entry.isFile()) return null;
    const type = TYPES.get(extname(real).toLowerCase()) ?? 'application/octet-stream';
    return { path: real, type, size: entry.size, mtimeMs: entry.mtimeMs };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP';
}
