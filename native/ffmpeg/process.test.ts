import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../../tests/support/until.ts';
import type { End } from './ends.ts';
import { ffmpegEnvironment } from './environment.ts';
import type { FoundFfmpeg } from './find.ts';
import { createFfmpeg } from './index.ts';
import { withinLimits } from './limits.ts';
import { type FfmpegRun, runFfmpeg } from './process.ts';

const folder = mkdtempSync(join(tmpdir(), 'opshall-ffmpeg-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that stands in for ffmpeg. */
function program(name: string, script: string): FoundFfmpeg {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, version: name, from: 'PATH', libavcodec: 59_000_000, rtspTimeoutOption: '-timeout' };
}

function run(ffmpeg: FoundFfmpeg, how: Partial<FfmpegRun> = {}) {
  let text = '';
  let end: End | undefined;
  const running = runFfmpeg(
    ffmpeg,
    { command: { from: 'pipe:0', reading: [], writing: ['-f', 'null'], to: 'pipe:1' }, ...how },
    {
      bytes: (chunk) => {
        text += Buffer.from(chunk).toString();
      },
      ended: (said) => {
        end = said;
      },
    },
  );
  return { running, text: () => text, end: () => end };
}

const LIMITS = { addressBytes: 2 ** 31, residentBytes: 2 ** 30 };

describe('a process of ffmpeg', () => {
  it('is told nothing of the hall', async () => {
    expect(Object.keys(ffmpegEnvironment({ PATH: '/bin', OPSHALL_TOKEN: 'x', HOME: '/root', LANG: 'C' }))).toEqual([
      'MALLOC_ARENA_MAX',
      'PATH',
      'LANG',
    ]);
    process.env.OPSHALL_HUB_TOKEN = 'hub-secret';
    const { running, text } = run(program('env', 'env'), { limits: LIMITS });
    await running.exited;
    delete process.env.OPSHALL_HUB_TOKEN;
    expect(text()).toContain('PATH=');
    expect(text()).not.toContain('hub-secret');
  });

  it('that does not stop is killed, and gone is when it is gone', async () => {
    const { running, text, end } = run(program('deaf', "trap '' TERM; echo here; while :; do sleep 0.2; done"));
    await until(() => text().includes('here'), { what: 'its start' });
    const { pid = 0 } = running;
    running.stop();
    running.stop();
    await running.exited;
    expect(() => process.kill(pid, 0)).toThrow();
    expect(end()).toBeUndefined();
    expect(running.pid).toBeUndefined();
  });

  it('is limited in address space, CPU time, files and core dumps', async () => {
    const limits = { ...LIMITS, cpuSeconds: 7 };
    const { running, text } = run(program('limits', 'ulimit -v; ulimit -t; ulimit -f; ulimit -c'), { limits });
    await running.exited;
    expect(text().split('\n').slice(0, 4)).toEqual([String(2 ** 21), '7', '0', '0']);
    expect(withinLimits('ffmpeg', ['-i'], LIMITS, 'win32')).toEqual({ file: 'ffmpeg', args: ['-i'] });
  });

  it('that takes more memory than it may is killed, in words', async () => {
    const { running, end } = run(program('hog', 'exec dd if=/dev/zero of=/dev/null bs=200M count=1000000'), {
      limits: { addressBytes: 2 ** 32, residentBytes: 64 * 2 ** 20 },
    });
    await running.exited;
    expect(end()).toMatchObject({ code: 'too-large', detail: expect.stringMatching(/MiB of memory/) });
  });

  it('that is not there, or no program, ends with no-ffmpeg', async () => {
    const missing = { ...program('x', ''), path: join(folder, 'missing') };
    for (const limits of [undefined, LIMITS]) {
      const { running, end } = run(missing, limits ? { limits } : {});
      await running.exited;
      expect(end()?.code).toBe('no-ffmpeg');
    }
  });

  it('is of the binary it was asked of: two halls in one process may have two', async () => {
    const [one, two] = await Promise.all([
      createFfmpeg(program('one', 'echo one')),
      createFfmpeg(program('two', 'echo two')),
    ]);
    const said: string[] = [];
    const handlers = {
      codec() {},
      bytes: (chunk: Uint8Array) => void said.push(Buffer.from(chunk).toString().trim()),
      ended() {},
    };
    for (const ffmpeg of [one, two, one]) {
      await ffmpeg.pull({ url: join(folder, 'one'), drillFile: true }, { kind: 'h264' }, handlers).exited;
    }
    expect(said).toEqual(['one', 'two', 'one']);
  });
});
