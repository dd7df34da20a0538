import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openHallBasemap } from './hallBasemap.ts';
import { createRangeSource } from './rangeSource.ts';

const BASE = 'http://127.0.0.1:1';
const FILES = { base: () => BASE, headers: () => ({ authorization: 'Bearer secret' }) };
const MAP = {
  version: 1,
  kind: 'vector',
  bounds: [121.5, 29.8, 122.25, 30.125],
  minZoom: 0,
  maxZoom: 2,
  attribution: '© OpenStreetMap contributors',
};

/** An archive of one tile, 0/0/0, below a leaf directory; nothing in it is packed. */
function archiveOf(tile: string, tileType = 1): Uint8Array {
  const tileBytes = new TextEncoder().encode(tile);
  const leaf = [1, 0, 1, tileBytes.length, 1];
  const root = [1, 0, 0, leaf.length, 1];
  const parts = [127, root.length, 132, 0, 132, leaf.length, 137, tileBytes.length];
  const bytes = new Uint8Array(137 + tileBytes.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('PMTiles'));
  bytes[7] = 3;
  [...parts, 1, 1, 1].forEach((value, i) => void view.setBigUint64(8 + 8 * i, BigInt(value), true));
  bytes.set([1, 1, 1, tileType, 0, 2], 96);
  bytes.set([...root, ...leaf, ...tileBytes], 127);
  return bytes;
}

/** What a hall has, and what it was asked. */
const hall = { map: MAP as unknown, archive: archiveOf('tile'), etag: '"a"', status: 206, asked: [] as Request[] };

beforeEach(() => {
  Object.assign(hall, { map: MAP, archive: archiveOf('tile'), etag: '"a"', status: 206, asked: [] });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    hall.asked.push(request);
    request.signal.throwIfAborted();
    if (url.endsWith('/map.json'))
      return hall.map === null ? new Response('', { status: 404 }) : Response.json(hall.map);
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '') ?? [];
    const body = hall.status === 206 ? hall.archive.slice(Number(start), Number(end) + 1) : new Uint8Array();
    return new Response(body, { status: hall.status, headers: { etag: hall.etag } });
  });
});
afterEach(() => vi.unstubAllGlobals());

const signal = () => new AbortController().signal;
const open = async () => {
  const basemap = await openHallBasemap(FILES, signal());
  if (!basemap) throw new Error('there is none');
  const read = async (address: string, wanted = signal()) =>
    new TextDecoder().decode(await basemap.tile(address, wanted));
  return { ...basemap, read };
};

describe('the basemap of a hall', () => {
  test('is opened by what the hall says of it, and gives its tiles', async () => {
    const { area, read } = await open();
    expect(area).toEqual({
      ...{ kind: 'vector', bounds: MAP.bounds, minZoom: 0, maxZoom: 2, attribution: MAP.attribution },
    });
    expect(await read('basemap://tiles/0/0/0')).toBe('tile');
    expect(await read('basemap://tiles/1/1/0')).toBe('');
    await expect(read('basemap://tiles/0/0')).rejects.toThrow('no address of a tile');
  });

  test('nobody but the hall is asked, each time with what it wants to see', async () => {
    const { read } = await open();
    await read('basemap://tiles/0/0/0');
    expect(hall.asked.length).toBeGreaterThanOrEqual(3);
    for (const { url, headers } of hall.asked) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:1\/city\/map\/(map\.json|basemap\.pmtiles)$/);
      expect(headers.get('authorization')).toBe('Bearer secret');
    }
  });

  test('is none where the hall has none', async () => {
    hall.map = null;
    expect(await openHallBasemap(FILES, signal())).toBeNull();
  });

  test.each([
    ['of a later version', { ...MAP, version: 2 }],
    ['without an area', { ...MAP, bounds: [1, 2, 1, 3] }],
    ['with bounds that are none', { ...MAP, bounds: [1, 2, null, 3] }],
    ['of another kind', { ...MAP, kind: 'globe' }],
    ['of zooms the wrong way round', { ...MAP, minZoom: 3 }],
    ['that is nothing', 0],
  ])('is not opened by a map.json %s', async (_, map) => {
    hall.map = map;
    await expect(openHallBasemap(FILES, signal())).rejects.toThrow('none that this window can read');
  });

  test('is not opened when its archive is no archive, cannot be had or is of another kind', async () => {
    hall.archive = archiveOf('tile', 2);
    await expect(openHallBasemap(FILES, signal())).rejects.toThrow('not of the kind');
    hall.archive = new Uint8Array(200);
    await expect(openHallBasemap(FILES, signal())).rejects.toThrow();
    hall.status = 404;
    await expect(openHallBasemap(FILES, signal())).rejects.toThrow('answered 404');
  });

  test('is read on after the hall did not answer for a while', async () => {
    const { read } = await open();
    hall.status = 503;
    await expect(read('basemap://tiles/0/0/0')).rejects.toThrow('answered 503');
    hall.status = 206;
    expect(await read('basemap://tiles/0/0/0')).toBe('tile');
  });

  test('is read anew when another archive was put there', async () => {
    const { read } = await open();
    Object.assign(hall, { archive: archiveOf('another tile'), etag: '"b"' });
    expect(await read('basemap://tiles/0/0/0')).toBe('another tile');
  });

  test('is not waited for by who does not want the tile any more', async () => {
    const { read } = await open();
    await expect(read('basemap://tiles/0/0/0', AbortSignal.abort(new Error('moved on')))).rejects.toThrow('moved on');
  });
});

describe('a piece of the archive', () => {
  test('is asked for by its bytes, past the browser’s cache', async () => {
    const piece = await createRangeSource(FILES).getBytes(7, 1);
    expect([...new Uint8Array(piece.data)]).toEqual([3]);
    expect(piece.etag).toBe('"a"');
    expect(hall.asked[0]?.headers.get('range')).toBe('bytes=7-7');
    expect(hall.asked[0]?.cache).toBe('no-store');
  });

  test('of a hall that sends the whole file is refused: it may be gigabytes', async () => {
    hall.status = 200;
    await expect(createRangeSource(FILES).getBytes(0, 10)).rejects.toThrow('answered 200');
  });
});
