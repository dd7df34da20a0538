import { readFile } from 'node:fs/promises';

/** What one ffmpeg may take of the machine. */
export interface ProcessLimits {
  /** Address space, bytes (Linux). */
  readonly addressBytes: number;
  /** Memory really in use, bytes (Linux); looked at every second. */
  readonly residentBytes: number;
  /** Seconds of CPU time; only for what is over soon. */
  readonly cpuSeconds?: number;
}

const MIB = 1024 * 1024;

/** Of an ffmpeg that reads a camera. A 4K camera decoded by two threads takes some 300 MiB. */
export const CAMERA_LIMITS: ProcessLimits = { addressBytes: 2048 * MIB, residentBytes: 768 * MIB };

/** The same for one picture. */
export const PICTURE_LIMITS: ProcessLimits = { ...CAMERA_LIMITS, cpuSeconds: 30 };

/**
 * ffmpeg's own limits, as options before `-i`: one block of memory, one picture (8K and a little), threads. Threads by slices:
 * those by pictures would hold one back until the next comes.
 */
export const INPUT_LIMITS: readonly string[] = [
  ...['-max_alloc', String(128 * MIB), '-max_pixels', '36000000', '-threads', '2', '-thread_type', 'slice'],
];

/** A limit that is lower already cannot be raised, and is as good. No core dumps, no files written. */
const SHELL = 'ulimit -c 0; ulimit -f 0; ulimit -v "$1"; test "$2" = - || ulimit -t "$2"; shift 2; exec "$@"';

/**
 * The command that runs `path` within limits. On Linux the shell sets them and becomes the program, so that the process is
 * the program's own; elsewhere only ffmpeg's own limits hold.
 */
export function withinLimits(
  path: string,
  args: readonly string[],
  limits: ProcessLimits | undefined,
  platform: NodeJS.Platform = process.platform,
): { readonly file: string; readonly args: readonly string[] } {
  if (!limits || platform !== 'linux') return { file: path, args };
  const kib = String(Math.floor(limits.addressBytes / 1024));
  const cpu = limits.cpuSeconds === undefined ? '-' : String(limits.cpuSeconds);
  return { file: '/bin/sh', args: ['-c', SHELL, 'sh', kib, cpu, path, ...args] };
}

/** Bytes of memory a process really uses; `undefined` where this cannot be known. */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const kib = /^VmRSS:\s*(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined; // gone, or not Linux
  }
}
