import { execFile } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ffmpegEnvironment } from '../../native/ffmpeg/environment.ts';
import { type CameraServer, startHttpCamera } from './cameraServers.ts';

/** Generated pictures, 320 × 180 at 25/s, in pieces of a second of H.264: `ts` each by itself, `fmp4` with what goes before them all. */
export interface HlsPieces {
  readonly pieces: readonly Buffer[];
  readonly map: Buffer | undefined;
}

export async function makePieces(ffmpeg: string, seconds: number, form: 'ts' | 'fmp4'): Promise<HlsPieces> {
  const folder = mkdtempSync(join(tmpdir(), 'opshall-hls-'));
  const type = form === 'ts' ? 'mpegts' : 'fmp4';
  try {
    await promisify(execFile)(
      ffmpeg,
      [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25', '-t', String(seconds)],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '0'],
        ...['-f', 'hls', '-hls_time', '1', '-hls_list_size', '0', '-hls_segment_type', type],
        ...['-hls_segment_filename', `p%03d.${form}`, '-hls_fmp4_init_filename', 'map.mp4', 'x.m3u8'],
      ],
      { cwd: folder, env: ffmpegEnvironment() },
    );
    const names = readdirSync(folder).sort();
    const read = (name: string) => readFileSync(join(folder, name));
    return {
      pieces: names.filter((name) => name.startsWith('p')).map(read),
      map: names.includes('map.mp4') ? read('map.mp4') : undefined,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface HlsOptions {
  readonly from: HlsPieces;
  /** What of a piece, a map or a key the playlist says; its name when left out. */
  readonly uri?: (name: string) => string;
  readonly key?: Buffer;
  /** Answers instead of the server; undefined: it does not. */
  readonly instead?: (path: string, response: ServerResponse) => true | undefined;
}

/** A live playlist on loopback, `/live.m3u8`, which goes on by the clock and begins the pieces anew at their end. */
export async function startHlsServer({ from, uri = (name) => name, key, instead }: HlsOptions): Promise<CameraServer> {
  const began = performance.now();
  const { pieces, map } = from;
  const SHOWN = 4;
  return startHttpCamera((request, response) => {
    const path = new URL(request.url ?? '/', 'http://h').pathname;
    if (instead?.(path, response)) return;
    const first = Math.floor((performance.now() - began) / 1000);
    const numbers = Array.from({ length: SHOWN }, (_, i) => first + i);
    if (path === '/live.m3u8') {
      response.writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' });
      const lines = [
        ...['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:1', `#EXT-X-MEDIA-SEQUENCE:${first}`],
        ...(key ? [`#EXT-X-KEY:METHOD=AES-128,URI="${uri('key')}"`] : []),
        ...(map ? [`#EXT-X-MAP:URI="${uri('map.mp4')}"`] : []),
        ...numbers.flatMap((number) => [
          ...(number % pieces.length === 0 ? ['#EXT-X-DISCONTINUITY'] : []),
          ...['#EXTINF:1.000,', uri(`${number}.ts`)],
        ]),
      ];
      response.end(`${lines.join('\n')}\n`);
      return;
    }
    if (path === '/key') return void response.end(key);
    if (path === '/map.mp4') return void response.end(map);
    const number = Number(/^\/(\d+)\.ts$/.exec(path)?.[1] ?? Number.NaN);
    const piece = pieces[number % pieces.length];
    if (!piece || number < first - 1) return void response.writeHead(404).end();
    if (!key) return void response.end(piece);
    const iv = Buffer.alloc(16);
    iv.writeUInt32BE(number, 12);
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    response.end(Buffer.concat([cipher.update(piece), cipher.final()]));
  });
}
