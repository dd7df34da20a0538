import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { type Displays, startDisplays } from './displays.ts';

let displays: Displays | undefined;

afterEach(() => displays?.stop());

const monitors = (name: string): string[] =>
  execFileSync('xrandr', ['--display', name, '--current'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => / connected .*\d+x\d+\+/.test(line))
    .map((line) => /\d+x\d+\+\d+\+\d+/.exec(line)?.[0] ?? '');

test('monitors are plugged in side by side and pulled out again', async () => {
  displays = await startDisplays();
  expect(monitors(displays.name)).toEqual(['1920x1080+0+0']);
  await displays.plug(1);
  await displays.plug(2);
  expect(monitors(displays.name)).toEqual(['1920x1080+0+0', '1920x1080+1920+0', '1920x1080+3840+0']);
  await displays.unplug(2);
  expect(monitors(displays.name)).toEqual(['1920x1080+0+0', '1920x1080+1920+0']);
});

test('two servers run side by side', async () => {
  displays = await startDisplays();
  const other = await startDisplays();
  expect(other.name).not.toBe(displays.name);
  await other.stop();
});
