import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { ffmpegEnvironment } from './environment.ts';

/** An ffmpeg that runs, and what it can be told. */
export interface FoundFfmpeg {
  readonly path: string;
  /** As it calls itself. */
  readonly version: string;
  readonly from: 'FFMPEG_PATH' | 'PATH' | 'bundled';
  /** libavcodec's version as one number, comparable between releases and builds from git alike. */
  readonly libavcodec: number;
  /** The RTSP option that bounds socket reads: `-timeout` meant "listen" before ffmpeg 5. */
  readonly rtspTimeoutOption: '-timeout' | '-stimeout';
}

/** A place to look for ffmpeg. */
export interface FfmpegCandidate {
  readonly from: FoundFfmpeg['from'];
  readonly path: string;
}

type Run = (path: string, args: readonly string[]) => Promise<string>;

/** Where ffmpeg may be on this machine, in order of preference among equals. */
export function ffmpegCandidates(env: NodeJS.ProcessEnv): FfmpegCandidate[] {
  const candidates: FfmpegCandidate[] = [];
  if (env.FFMPEG_PATH) candidates.push({ from: 'FFMPEG_PATH', path: env.FFMPEG_PATH });
  candidates.push({ from: 'PATH', path: 'ffmpeg' });
  const bundled = bundledPath();
  if (bundled) candidates.push({ from: 'bundled', path: bundled });
  return candidates;
}

/**
 * Asks every candidate for its version and gives the newest that answers; one named in FFMPEG_PATH wins whatever its
 * age, since somebody chose it. `undefined` when none runs.
 */
export async function findFfmpeg(
  candidates: readonly FfmpegCandidate[] = ffmpegCandidates(process.env),
  run: Run = runBinary,
): Promise<FoundFfmpeg | undefined> {
  const answers = await Promise.all(candidates.map((candidate) => ask(candidate, run)));
  const found = answers.filter((answer) => answer !== undefined);
  const chosen = found.find((answer) => answer.from === 'FFMPEG_PATH');
  return (
    chosen ??
    found.reduce<FoundFfmpeg | undefined>(
      (best, next) => (best && best.libavcodec >= next.libavcodec ? best : next),
      undefined,
    )
  );
}

/** Reads `ffmpeg -version`: its own name for itself, and libavcodec's version. `undefined` when it is no ffmpeg. */
export function readVersion(text: string): { version: string; libavcodec: number } | undefined {
  const version = /^ffmpeg version (\S+)/m.exec(text)?.[1];
  const library = /^libavcodec\s+(\d+)\.\s*(\d+)\.\s*(\d+)/m.exec(text);
  if (!version || !library) return undefined;
  const [major, minor, micro] = library.slice(1).map(Number);
  return { version, libavcodec: (major ?? 0) * 1_000_000 + (minor ?? 0) * 1_000 + (micro ?? 0) };
}

async function ask(candidate: FfmpegCandidate, run: Run): Promise<FoundFfmpeg | undefined> {
  try {
    const [version, rtsp] = await Promise.all([
      run(candidate.path, ['-version']),
      run(candidate.path, ['-hide_banner', '-h', 'demuxer=rtsp']),
    ]);
    const read = readVersion(version);
    if (!read) return undefined;
    return { ...candidate, ...read, rtspTimeoutOption: rtsp.includes('-stimeout') ? '-stimeout' : '-timeout' };
  } catch {
    return undefined; // not there, or not for this machine: the next candidate may be
  }
}

function bundledPath(): string | undefined {
  try {
    const installer: unknown = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg');
    const path =
      typeof installer === 'object' && installer !== null && 'path' in installer ? installer.path : undefined;
    // Inside a packaged app the binary stands beside the archive, where it can be executed.
    return typeof path === 'string' ? path.replace('app.asar', 'app.asar.unpacked') : undefined;
  } catch {
    return undefined; // no build of it for this platform
  }
}

/** Runs a binary to its end within 10 s and gives what it printed. */
export function runBinary(path: string, args: readonly string[]): Promise<string> {
  const options = { timeout: 10_000, maxBuffer: 4 * 1024 * 1024, windowsHide: true, env: ffmpegEnvironment() };
  return new Promise((resolve, reject) => {
    execFile(path, args, options, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });
}
