import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { commandLine, type FfmpegCommand } from './commandLine.ts';
import { describeEnd, type End, lastLines } from './ends.ts';
import { ffmpegEnvironment } from './environment.ts';
import type { FoundFfmpeg } from './find.ts';
import { type ProcessLimits, residentBytes, withinLimits } from './limits.ts';

/** One run of ffmpeg. */
export interface FfmpegRun {
  readonly command: FfmpegCommand;
  /** What it reads from its standard input; nothing otherwise. */
  readonly input?: Readable | undefined;
  readonly limits?: ProcessLimits | undefined;
  /** Hides what must not be shown in everything that is said of the end. */
  readonly mask?: (text: string) => string;
}

/** Called as the run goes. After `ended` nothing more is called; after `stop()` nothing at all. */
export interface RunHandlers {
  /** ffmpeg's name of the first video stream's codec, and its size; 0 × 0 when not said. */
  codec?(codec: { readonly name: string; readonly width: number; readonly height: number }): void;
  bytes(chunk: Uint8Array): void;
  /** Something came from the camera, whether or not it makes a picture yet. */
  arrived?(): void;
  ended(end: End): void;
}

/** A running ffmpeg. */
export interface Running {
  readonly pid: number | undefined;
  /** Ends the process; kills it when it will not go. May be called more than once. */
  stop(): void;
  /** Resolves once the process is gone. */
  readonly exited: Promise<void>;
}

const KILL_AFTER_MS = 1_000;
const LOOK_MS = 1_000;

/** Starts ffmpeg with an environment of its own. Never throws: what goes wrong comes through `ended`. */
export function runFfmpeg(ffmpeg: FoundFfmpeg, run: FfmpegRun, handlers: RunHandlers): Running {
  const { input, limits } = run;
  const limited = withinLimits(ffmpeg.path, commandLine(run.command), limits);
  const child = spawn(limited.file, limited.args, {
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    env: ffmpegEnvironment(),
    windowsHide: true,
  });
  let stopped = false;
  let gone = false;
  let stderr = '';
  let codecKnown = false;
  let failure: Error | undefined;
  let verdict: End | undefined;
  let killTimer: NodeJS.Timeout | undefined;

  const watchdog = limits ? setInterval(() => void look(limits.residentBytes), LOOK_MS) : undefined;
  watchdog?.unref();

  async function look(most: number): Promise<void> {
    const used = child.pid === undefined ? undefined : await residentBytes(child.pid);
    if (used === undefined || used <= most || gone) return;
    verdict = { code: 'too-large', detail: `took ${Math.round(used / 1_048_576)} MiB of memory to read` };
    child.kill('SIGKILL');
  }

  function sayCodec(text: string): void {
    const name = /^\s*([a-z0-9_]+)/i.exec(text)?.[1];
    if (!name || codecKnown || stopped) return;
    codecKnown = true;
    const size = /\b(\d{2,5})x(\d{2,5})\b/.exec(text);
    handlers.codec?.({ name, width: Number(size?.[1] ?? 0), height: Number(size?.[2] ?? 0) });
  }

  child.stdout?.on('data', (chunk: Uint8Array) => {
    if (!stopped) handlers.bytes(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = lastLines(stderr + text);
    if (codecKnown) return;
    const line = /Stream #\d[^\n]*?: Video: ([^\n]*)\n/.exec(stderr)?.[1];
    if (line) sayCodec(line);
  });
  child.on('error', (error) => {
    failure = error;
    if (child.pid === undefined) over(null, null);
  });
  if (input && child.stdin) {
    // An ffmpeg that ends closes its end; that is what `close` tells, and no error of its own.
    child.stdin.on('error', () => input.destroy());
    input.on('error', () => child.stdin?.destroy());
    input.pipe(child.stdin);
  }

  const exited = new Promise<void>((resolve) => {
    child.on('close', (code, signal) => {
      over(code, signal);
      resolve();
    });
    child.on('error', () => {
      if (child.pid === undefined) resolve();
    });
  });

  function over(code: number | null, signal: NodeJS.Signals | null): void {
    if (gone) return;
    gone = true;
    clearTimeout(killTimer);
    clearInterval(watchdog);
    input?.destroy();
    if (stopped) return;
    stopped = true;
    const error =
      failure ??
      (signal ? new Error(`ffmpeg was killed with signal ${signal}`) : undefined) ??
      (code === 127 ? new Error('ENOENT: ffmpeg could not be started') : undefined) ??
      (code ? new Error(`ffmpeg exited with code ${code}`) : undefined);
    handlers.ended(verdict ?? describeEnd(error, stderr, run.mask));
  }

  return {
    get pid() {
      return gone ? undefined : child.pid;
    },
    exited,
    stop() {
      stopped = true;
      if (gone || killTimer) return;
      input?.destroy();
      child.kill('SIGTERM');
      killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    },
  };
}
