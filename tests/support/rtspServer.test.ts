import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import { type Child, startChild } from './child.ts';
import { type RtspServer, startRtspServer } from './rtspServer.ts';

const ffmpeg: string = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg').path;

let server: RtspServer | undefined;

afterEach(() => server?.stop());

/** ffmpeg taking in a stream: it prints the codec first and `frame=` as it goes. */
function watch(url: string, ...more: string[]): Child {
  return startChild('ffmpeg', ffmpeg, ['-rtsp_transport', 'tcp', '-i', url, ...more, '-f', 'null', '-']);
}

test('streams arrive in the codec they were asked for', async () => {
  server = await startRtspServer({ bridge: 'h264', gate: 'mjpeg', tunnel: 'h265' });
  for (const [name, codec] of [
    ['bridge', 'h264'],
    ['gate', 'mjpeg'],
    ['tunnel', 'hevc'],
  ] as const) {
    const child = watch(server.url(name), '-frames:v', '5');
    await child.line(new RegExp(`Video: ${codec}`));
    await child.line(/frame= +5/);
    await child.stop();
  }
});

test('a camera that is dropped ends its viewers, refuses new ones, and comes back', async () => {
  server = await startRtspServer({ bridge: 'h264' });
  const viewer = watch(server.url('bridge'), '-t', '60');
  await viewer.line(/Press \[q\]/);
  server.drop('bridge');
  await viewer.line(/video:\d+kB|Connection|error|Error/i, 15_000);
  await viewer.stop();

  const refused = watch(server.url('bridge'));
  await refused.line(/404 Not Found/);
  await refused.stop();

  server.restore('bridge');
  const back = watch(server.url('bridge'), '-frames:v', '5');
  await back.line(/frame= +5/);
  await back.stop();
  expect(back.exited).toBe(true);
});
