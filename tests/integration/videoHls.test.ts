import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { End } from '../../native/ffmpeg/ends.ts';
import { createFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import type { PullOutput } from '../../native/ffmpeg/pull.ts';
import { type CameraServer, startHttpCamera } from '../support/cameraServers.ts';
import { type HlsPieces, makePieces, startHlsServer } from '../support/hlsServer.ts';
import { until } from '../support/until.ts';

/** Live playlists (HLS) of a tiny server, honest and not, through the real ffmpeg. */
const within = 60_000;
const DECODED: PullOutput = { kind: 'i420', width: 320, height: 180, fps: 15 };
const PICTURE = 320 * 180 * 1.5;
let ffmpeg: NativeFfmpeg;
let ts: HlsPieces;
let fmp4: HlsPieces;
const closers: (() => unknown)[] = [];
const kept = (server: CameraServer): CameraServer => {
  closers.push(() => server.stop());
  return server;
};

beforeAll(async () => {
  ffmpeg = await createFfmpeg();
  const binary = ffmpeg.binary?.path ?? '';
  [ts, fmp4] = [await makePieces(binary, 6, 'ts'), await makePieces(binary, 6, 'fmp4')];
}, within);
afterAll(async () => {
  for (const close of closers.splice(0)) await close();
});

function pull(server: CameraServer, { path = '/live.m3u8', hosts = [] as readonly string[], login = '' } = {}) {
  const at: number[] = [];
  let bytes = 0;
  let end: End | undefined;
  const running = ffmpeg.pull({ url: `http://${login}127.0.0.1:${server.port}${path}`, hosts }, DECODED, {
    bytes(chunk) {
      bytes += chunk.length;
      while (at.length < Math.floor(bytes / PICTURE)) at.push(performance.now());
    },
    ended: (said) => {
      end = said;
    },
  });
  closers.push(() => running.stop());
  return {
    at,
    stop: () => running.stop(),
    ended: async () => {
      await until(() => end !== undefined, { what: 'the end', within });
      return end;
    },
  };
}

it('is shown at the speed of life, past the end of its pieces, and asks for each piece once', async () => {
  const server = kept(await startHlsServer({ from: ts }));
  const { at, stop } = pull(server);
  // Seven seconds of it: six pieces, and one anew.
  await until(() => at.length >= 9 * 15, { what: 'pictures', within });
  stop();
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  // Four pieces are there from the beginning: read as fast as they come, it would be over after four seconds.
  expect(last - first).toBeGreaterThan(5_500);
  const pieces = server.asked.filter((line) => line.endsWith('.ts'));
  expect(new Set(pieces).size).toBe(pieces.length);
});

it.each([
  ['fragmented MP4', () => ({ from: fmp4 })],
  ['pieces under a key', () => ({ from: ts, key: Buffer.from('0123456789abcdef') })],
  ['a list of forms', () => ({ from: ts, instead: forms })],
])('shows %s', async (_what, options) => {
  const server = kept(await startHlsServer(options()));
  const { at, stop } = pull(server, { path: '/live.m3u8' });
  await until(() => at.length >= 20, { what: 'pictures', within });
  stop();
});

let asked = 0;
function forms(path: string, response: ServerResponse): true | undefined {
  if (path === '/poor.m3u8') asked += 1;
  if (path !== '/live.m3u8' || asked++ > 0) return undefined;
  response.end(
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\npoor.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=320x180\nlive.m3u8?rich\n',
  );
  return true;
}

it('leads nowhere but to its own host and port, unless its file names the other', async () => {
  const elsewhere = kept(await startHlsServer({ from: ts }));
  const there = (name: string) => `http://127.0.0.1:${elsewhere.port}/${name}`;
  for (const part of ['.ts', 'key']) {
    const server = kept(
      await startHlsServer({
        ...{ from: ts, key: Buffer.alloc(16) },
        uri: (name) => (name.endsWith(part) ? there(name) : name),
      }),
    );
    expect(await pull(server).ended()).toMatchObject({
      code: 'playlist',
      detail: expect.stringContaining(`leads to 127.0.0.1:${elsewhere.port}`),
    });
  }
  expect(elsewhere.connections()).toBe(0);
  const server = kept(await startHlsServer({ from: ts, uri: there }));
  const { at, stop } = pull(server, { hosts: [`127.0.0.1:${elsewhere.port}`] });
  await until(() => at.length > 5, { what: 'pictures', within });
  stop();
});

it.each([
  ['a file', 'file:///etc/passwd', 'playlist'],
  ['another protocol', 'ftp://127.0.0.1/1.ts', 'playlist'],
  ['the same host by another port', 'http://127.0.0.1:1/1.ts', 'playlist'],
  ['bytes in itself', 'data:video/mp2t;base64,R0c=', 'playlist'],
  ['itself', 'live.m3u8', 'playlist'],
  ['a piece that is not there', 'none.ts', 'not-found'],
])('does not follow a playlist to %s', async (_what, to, code) => {
  const server = kept(await startHlsServer({ from: ts, uri: () => to }));
  expect((await pull(server).ended())?.code).toBe(code);
});

it('is no loop: forms that lead to forms end it, and so does a redirect', async () => {
  const loop = kept(
    await startHttpCamera((_request, response) => {
      response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlive.m3u8\n');
    }),
  );
  expect(await pull(loop).ended()).toMatchObject({ code: 'not-video' });
  expect(loop.asked).toHaveLength(2);
  const away = kept(
    await startHlsServer({
      from: ts,
      instead(path, response) {
        if (!path.endsWith('.ts')) return undefined;
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
        return true;
      },
    }),
  );
  expect((await pull(away).ended())?.code).toBe('redirected');
});

it('shows its user and password to its own host alone, and to nobody in words', async () => {
  const seen: string[] = [];
  const guard = (path: string, response: ServerResponse): true | undefined => {
    const said = response.req.headers.authorization;
    if (said !== undefined) seen.push(path);
    if (said === `Basic ${Buffer.from('admin:geheim').toString('base64')}`) return undefined;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    return true;
  };
  const named: (string | undefined)[] = [];
  const other = kept(
    await startHlsServer({
      from: ts,
      instead(_path, response) {
        named.push(response.req.headers.authorization);
        return undefined;
      },
    }),
  );
  const server = kept(
    await startHlsServer({
      ...{ from: ts, instead: guard },
      uri: (name) => `http://127.0.0.1:${other.port}/${name}`,
    }),
  );
  const { at, stop } = pull(server, { login: 'admin:geheim@', hosts: [`127.0.0.1:${other.port}`] });
  await until(() => at.length > 5, { what: 'pictures', within });
  stop();
  expect(seen).toContain('/live.m3u8');
  expect(new Set(named)).toEqual(new Set([undefined]));
  const refused = await pull(server, { login: 'admin:falsch@' }).ended();
  expect(refused?.code).toBe('unauthorized');
  expect(JSON.stringify(refused)).not.toContain('falsch');
});
