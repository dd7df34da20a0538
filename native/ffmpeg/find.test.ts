import { describe, expect, it } from 'vitest';
import { type FfmpegCandidate, ffmpegCandidates, findFfmpeg, readVersion } from './find.ts';

const debian =
  'ffmpeg version 5.1.9-0+deb12u1 Copyright (c)\nlibavutil      57. 28.100 / 57. 28.100\nlibavcodec     59. 37.100 / 59. 37.100\n';
const bundled = 'ffmpeg version N-47683-g0e8eb07980-static https://x\nlibavcodec     58. 42.100 / 58. 42.100\n';
const custom = 'ffmpeg version 4.0\nlibavcodec     58. 18.100 / 58. 18.100\n';

function machine(answers: Record<string, string>) {
  return async (path: string, args: readonly string[]) => {
    const answer = answers[path];
    if (answer === undefined) throw new Error('ENOENT');
    if (args.includes('-version')) return answer;
    return answer === debian ? '-timeout' : '-stimeout';
  };
}
const places: FfmpegCandidate[] = [
  { from: 'PATH', path: 'ffmpeg' },
  { from: 'bundled', path: '/app/ffmpeg' },
];

describe('findFfmpeg', () => {
  it('takes the newest, whatever it calls itself', async () => {
    const found = await findFfmpeg(places, machine({ ffmpeg: debian, '/app/ffmpeg': bundled }));
    expect(found).toMatchObject({ from: 'PATH', version: '5.1.9-0+deb12u1', rtspTimeoutOption: '-timeout' });
    const old = await findFfmpeg(places, machine({ ffmpeg: custom, '/app/ffmpeg': bundled }));
    expect(old).toMatchObject({ from: 'bundled', rtspTimeoutOption: '-stimeout' });
  });

  it('takes what runs, and says so when nothing does', async () => {
    expect((await findFfmpeg(places, machine({ '/app/ffmpeg': bundled })))?.from).toBe('bundled');
    expect(await findFfmpeg(places, machine({}))).toBeUndefined();
    expect(await findFfmpeg(places, machine({ ffmpeg: 'busybox' }))).toBeUndefined();
  });

  it('leaves the choice to FFMPEG_PATH where that runs', async () => {
    const candidates = ffmpegCandidates({ FFMPEG_PATH: '/opt/ffmpeg' });
    expect(candidates[0]).toEqual({ from: 'FFMPEG_PATH', path: '/opt/ffmpeg' });
    expect((await findFfmpeg(candidates, machine({ '/opt/ffmpeg': custom, ffmpeg: debian })))?.from).toBe(
      'FFMPEG_PATH',
    );
    expect((await findFfmpeg(candidates, machine({ ffmpeg: debian })))?.from).toBe('PATH');
  });

  it('reads versions', () => {
    expect(readVersion(debian)).toEqual({ version: '5.1.9-0+deb12u1', libavcodec: 59_037_100 });
    expect(readVersion('hello')).toBeUndefined();
  });
});
