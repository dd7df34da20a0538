import { expect, test } from 'vitest';
import { commandLine } from './commandLine.ts';

test('options stand before what they are about, each word as it is', () => {
  const line = commandLine({
    ...{ from: '/a folder/loop one.mp4', reading: ['-re', '-f', 'mp4'] },
    ...{ writing: ['-vf', 'drawtext=text=a b', '-f', 'h264'], to: 'pipe:1' },
  });
  expect(line).toEqual([
    ...['-re', '-f', 'mp4', '-i', '/a folder/loop one.mp4'],
    ...['-vf', 'drawtext=text=a b', '-f', 'h264', 'pipe:1'],
  ]);
});

test('an address and a pipe are read as they are, without options too; a file is written over', () => {
  const line = commandLine({ from: 'rtsp://127.0.0.1:5/x', reading: [], writing: ['-f', 'mp4'], to: '/tmp/a b.mp4' });
  expect(line).toEqual(['-i', 'rtsp://127.0.0.1:5/x', '-y', '-f', 'mp4', '/tmp/a b.mp4']);
});
