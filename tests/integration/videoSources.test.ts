import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { End } from '../../native/ffmpeg/ends.ts';
import { createFfmpeg, type NativeFfmpeg } from '../../native/ffmpeg/index.ts';
import { residentBytes } from '../../native/ffmpeg/limits.ts';
import type { PullOutput } from '../../native/ffmpeg/pull.ts';
import {
  type CameraServer,
  h264Clip,
  makeClip,
  sendAtLifeSpeed,
  startHttpCamera,
  startTcpCamera,
} from '../support/cameraServers.ts';
import { startRtspServer } from '../support/rtspServer.ts';
import { until } from '../support/until.ts';

const DECODED: PullOutput = { kind: 'i420', width: 320, height: 180, fps: 15 };
const MIB = 1024 * 1024;

let ffmpeg: NativeFfmpeg;
let binary: string;
let clip: Buffer;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  ffmpeg = await createFfmpeg();
  binary = ffmpeg.binary?.path ?? '';
  clip = await h264Clip(binary, 20, 'keyint=25:scenecut=0');
});
afterAll(async () => {
  for (const close of closers) await close();
});

function kept<T extends CameraServer>(server: T): T {
  closers.push(() => server.stop());
  return server;
}

/** Pulls until it ends or is stopped, watching what it takes. */
function pull(url: string, output: PullOutput = { kind: 'h264' }) {
  let bytes = 0;
  let end: End | undefined;
  let codec: string | undefined;
  let mostBytes = 0;
  const running = ffmpeg.pull({ url }, output, {
    codec: ({ name }) => {
      codec = name;
    },
    bytes: (chunk) => {
      bytes += chunk.length;
    },
    ended: (said) => {
      end = said;
    },
  });
  const timer = setInterval(async () => {
    const used = running.pid === undefined ? undefined : await residentBytes(running.pid);
    mostBytes = Math.max(mostBytes, used ?? 0);
  }, 50);
  void running.exited.then(() => clearInterval(timer));
  closers.push(() => running.stop());
  return {
    running,
    bytes: () => bytes,
    codec: () => codec,
    mostBytes: () => mostBytes,
    ended: () => until(() => end, { within: 40_000, what: 'the end' }),
  };
}

const live = (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'video/mp2t' });
  response.on('close', sendAtLifeSpeed(response, clip, 20));
};

describe('what another user of the PC and ffmpeg itself can see', () => {
  it('is no address, password, token or secret of the hall', async () => {
    process.env.OPSHALL_HUB_TOKEN = 'hub-secret-of-the-hall';
    closers.push(() => {
      delete process.env.OPSHALL_HUB_TOKEN;
    });
    const http = kept(await startHttpCamera(live));
    const rtsp = await startRtspServer({ bridge: 'h264' }, { user: 'admin', password: 'S3cret Word' });
    closers.push(() => rtsp.stop());
    const urls = [
      `http://admin:S3cret'Word@127.0.0.1:${http.port}/secret/path.ts?k=S3cretToken`,
      rtsp.url('bridge').replace('//', '//admin:S3cret%20Word@'),
    ];
    for (const url of urls) {
      const camera = pull(url);
      await until(() => camera.bytes() > 20_000, { within: 40_000, what: `pictures of ${url}` });
      const pid = camera.running.pid ?? 0;
      const seen = `${readFileSync(`/proc/${pid}/cmdline`)}${readFileSync(`/proc/${pid}/environ`)}`.toString();
      expect(seen).toContain('ffmpeg');
      expect(seen).not.toMatch(/S3cret|admin|secret|OPSHALL|bridge/);
      camera.running.stop();
      await camera.running.exited;
      expect(() => process.kill(pid, 0)).toThrow();
    }
  });
});

describe('where a camera can send the hall', () => {
  it('is nowhere, by a redirect over HTTP', async () => {
    const elsewhere = kept(await startHttpCamera((_request, response) => response.end()));
    const camera = kept(
      await startHttpCamera((_request, response) => {
        response.writeHead(302, { location: `http://127.0.0.1:${elsewhere.port}/inner?token=abc` }).end();
      }),
    );
    expect(await pull(`http://127.0.0.1:${camera.port}/`).ended()).toMatchObject({
      code: 'redirected',
      detail: expect.not.stringContaining('abc'),
    });
    expect(elsewhere.connections()).toBe(0);
  });

  it('is nowhere, by a redirect over RTSP', async () => {
    const elsewhere = kept(await startTcpCamera(() => {}));
    const camera = kept(
      await startTcpCamera((text, socket) => {
        const sequence = /CSeq: (\d+)/i.exec(text)?.[1];
        socket.write(
          text.startsWith('OPTIONS')
            ? `RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n`
            : `RTSP/1.0 302 Found\r\nCSeq: ${sequence}\r\nLocation: rtsp://127.0.0.1:${elsewhere.port}/\r\n\r\n`,
        );
      }),
    );
    expect((await pull(`rtsp://127.0.0.1:${camera.port}/x`).ended()).code).toBe('redirected');
    expect(elsewhere.connections()).toBe(0);
  });

  it.each(['application/vnd.apple.mpegurl', 'video/mp2t', 'application/octet-stream'])(
    'is nowhere, by a playlist called %s',
    async (type) => {
      const elsewhere = kept(await startHttpCamera((_request, response) => response.end()));
      const at = `http://127.0.0.1:${elsewhere.port}`;
      const camera = kept(
        await startHttpCamera((_request, response) => {
          response.writeHead(200, { 'content-type': type });
          response.end(
            `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-KEY:METHOD=AES-128,URI="${at}/key"\n#EXTINF:2,\n${at}/a.ts\n#EXT-X-ENDLIST\n`,
          );
        }),
      );
      expect((await pull(`http://127.0.0.1:${camera.port}/live.m3u8`).ended()).code).toBe('playlist');
      expect(elsewhere.connections()).toBe(0);
    },
  );

  it.each([
    [
      'application/sdp',
      'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n',
    ],
    ['text/plain', 'ffconcat version 1.0\nfile /etc/passwd\n'],
  ])('is no port and no file, by %s', async (type, body) => {
    const camera = kept(
      await startHttpCamera((_request, response) => {
        response.writeHead(200, { 'content-type': type }).end(body);
      }),
    );
    expect((await pull(`http://127.0.0.1:${camera.port}/x.sdp`).ended()).code).toBe('playlist');
  });
});

/** A black PNG of one bit a pixel: huge when decoded, small on the wire. */
function hugePng(side: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (Math.ceil(side / 8) + 1)), { level: 1 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what a camera can make ffmpeg take of the machine', () => {
  const parts = (part: Buffer, type: string) => (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=b' });
    response.write(`--b\r\nContent-Type: ${type}\r\nContent-Length: ${part.length}\r\n\r\n`);
    response.write(part);
    response.write('\r\n--b\r\n');
  };

  it('is no answer over RTSP of 2 GB', async () => {
    const camera = kept(
      await startTcpCamera((text, socket) => {
        const sequence = /CSeq: (\d+)/i.exec(text)?.[1];
        socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\nContent-Length: 2147483647\r\n\r\nv=0`);
      }),
    );
    const pulled = pull(`rtsp://127.0.0.1:${camera.port}/x`);
    expect((await pulled.ended()).code).toBe('too-large');
    expect(pulled.mostBytes()).toBeLessThan(256 * MIB);
  });

  it('is no picture of 16,000 × 16,000, as a PNG', async () => {
    const png = hugePng(16_000);
    const camera = kept(await startHttpCamera((_request, response) => response.end(png)));
    const inParts = kept(await startHttpCamera(parts(png, 'image/png')));
    for (const { port } of [camera, inParts]) {
      const pulled = pull(`http://127.0.0.1:${port}/`, DECODED);
      expect(['not-video', 'too-large', 'forbidden-address']).toContain((await pulled.ended()).code);
      expect(pulled.mostBytes()).toBeLessThan(256 * MIB);
    }
  });

  it('is no picture of 65,000 × 65,000, as a JPEG', async () => {
    const jpeg = await makeClip(binary, 0.04, ['-frames:v', '1', '-c:v', 'mjpeg', '-f', 'mjpeg']);
    const at = jpeg.indexOf(Buffer.of(0xff, 0xc0));
    jpeg.writeUInt16BE(65_000, at + 5);
    jpeg.writeUInt16BE(65_000, at + 7);
    const camera = kept(
      await startHttpCamera((request, response) => {
        parts(jpeg, 'image/jpeg')(request, response);
        response.end();
      }),
    );
    const pulled = pull(`http://127.0.0.1:${camera.port}/`, DECODED);
    await pulled.ended();
    expect(pulled.bytes()).toBe(0);
    expect(pulled.mostBytes()).toBeLessThan(256 * MIB);
  });

  it.each(['Content-Type: image/jpeg', 'Content-Type: image/jpeg\r\nContent-Length: 2000000000'])(
    'is no part without an end: %s',
    async (header) => {
      const camera = kept(
        await startHttpCamera((_request, response) => {
          response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=b' });
          response.write(`--b\r\n${header}\r\n\r\n`);
          response.write(Buffer.of(0xff, 0xd8, 0xff));
          const chunk = Buffer.alloc(MIB, 0x55);
          const timer = setInterval(() => response.write(chunk), 10);
          response.on('close', () => clearInterval(timer));
        }),
      );
      const pulled = pull(`http://127.0.0.1:${camera.port}/`, DECODED);
      expect((await pulled.ended()).code).toBe('too-large');
      expect(pulled.mostBytes()).toBeLessThan(256 * MIB);
    },
  );
});

describe('passwords', () => {
  it.each([
    "S3cret'Word",
    'S3cret"Word',
    'S3cret Word',
    'S3cret@Word',
    'S3cret%27Word',
    'S3cret%40Word',
    'S3cret密码Word',
    'S3cret:Word',
    'S3cret\\Word',
    'S3cret%zzWord',
    'S3cret/Word',
    'S3cret?#Word',
  ])('are never told, whatever goes wrong: %s', async (password) => {
    const nobody = await startTcpCamera(() => {});
    await nobody.stop();
    for (const scheme of ['rtsp', 'http', 'tcp', 'udp']) {
      const end = await pull(`${scheme}://admin:${password}@127.0.0.1:${nobody.port}/stream1`).ended();
      expect(end.detail).not.toMatch(/S3cret|Word/);
      expect(['refused', 'forbidden-address', 'unreachable']).toContain(end.code);
    }
  });

  it.each(['basic', 'digest'] as const)(
    'are understood over RTSP with %s, and a wrong one is said to be',
    async (how) => {
      const server = await startRtspServer({ bridge: 'h264' }, { user: 'admin', password: 'S3"cret@ 密', how });
      closers.push(() => server.stop());
      const right = pull(server.url('bridge').replace('//', `//admin:${encodeURIComponent('S3"cret@ 密')}@`));
      await until(() => right.bytes() > 20_000, { within: 40_000, what: 'pictures' });
      right.running.stop();
      expect((await pull(server.url('bridge').replace('//', '//admin:wrong@')).ended()).code).toBe('unauthorized');
      expect((await pull(server.url('bridge')).ended()).code).toBe('unauthorized');
    },
  );

  it('are told over HTTP only when asked for', async () => {
    const expected = `Basic ${Buffer.from('admin:S3cret@Word').toString('base64')}`;
    const camera = kept(
      await startHttpCamera((request, response) => {
        if (request.headers.authorization === expected) live(request, response);
        else response.writeHead(401, { 'www-authenticate': 'Basic realm="camera"' }).end();
      }),
    );
    const right = pull(`http://admin:S3cret%40Word@127.0.0.1:${camera.port}/`);
    await until(() => right.bytes() > 20_000, { within: 40_000, what: 'pictures' });
    right.running.stop();
    expect((await pull(`http://admin:no@127.0.0.1:${camera.port}/`).ended()).code).toBe('unauthorized');
  });
});
