import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild } from './child.ts';
import { until } from './until.ts';

const execute = promisify(execFile);

/** Size of every display, in pixels. */
export const DISPLAY_SIZE = { width: 1920, height: 1080 } as const;

/** The X server's dummy driver offers this many outputs, side by side on one virtual screen. */
const OUTPUTS = 3;

const CONFIGURATION = `
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 512000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1920x1080"
    Virtual ${OUTPUTS * DISPLAY_SIZE.width} ${DISPLAY_SIZE.height}
  EndSubSection
EndSection
Section "ServerFlags"
  Option "DontVTSwitch" "true"
  Option "AllowMouseOpenFail" "true"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
`;

/** An X server of its own whose monitors can be plugged in and pulled out, as programs see it. */
export interface Displays {
  /** Value of DISPLAY, e.g. ":79". */
  readonly name: string;
  /** Plugs in monitor `n` (0 is there from the start), right of monitor n − 1. */
  plug(n: number): Promise<void>;
  /** Pulls monitor `n` out. */
  unplug(n: number): Promise<void>;
  stop(): Promise<void>;
}

/** A display number without a server: no lock file and no socket. */
function freeNumber(from: number): number {
  for (let n = from; n < from + 400; n++) {
    if (!existsSync(`/tmp/.X${n}-lock`) && !existsSync(`/tmp/.X11-unix/X${n}`)) return n;
  }
  throw new Error('No display number is free; stop some X servers.');
}

async function startServer(folder: string): Promise<{ server: Child; name: string }> {
  const configuration = join(folder, 'xorg.conf');
  await writeFile(configuration, CONFIGURATION);
  // Another test may take the same number at the same moment: the loser's server ends at once, and the next number is tried.
  let number = 100 + (process.pid % 300);
  for (let attempt = 0; attempt < 5; attempt++) {
    number = freeNumber(number);
    const name = `:${number}`;
    const log = join(folder, `xorg.${number}.log`);
    const server = startChild('Xorg', 'Xorg', [
      name,
      '-config',
      configuration,
      '-noreset',
      '-nolisten',
      'tcp',
      '-logfile',
      log,
    ]);
    await until(() => server.exited || existsSync(`/tmp/.X11-unix/X${number}`), { what: 'Xorg' });
    const answers = async () =>
      server.exited || (await execute('xrandr', ['--display', name])).stdout.includes('DUMMY0');
    await until(answers, { what: `Xorg on ${name}` });
    if (!server.exited) return { server, name };
    number += 1;
  }
  throw new Error(`Xorg does not start; its logs are in ${folder}.`);
}

/** Starts an X server with one monitor of {@link DISPLAY_SIZE}. */
export async function startDisplays(): Promise<Displays> {
  const folder = await mkdtemp(join(tmpdir(), 'opshall-displays-'));
  const { server, name } = await startServer(folder);
  const mode = `${DISPLAY_SIZE.width}x${DISPLAY_SIZE.height}`;
  const xrandr = (...args: string[]) => execute('xrandr', ['--display', name, ...args]);
  // The driver tells that an output is connected only when it is asked anew, which a bare xrandr does; programs that are
  // running hear of the change then.
  const probe = () => xrandr();
  const plug = async (n: number) => {
    const output = `DUMMY${n}`;
    await xrandr('--addmode', output, mode).catch(() => undefined);
    await xrandr('--output', output, '--mode', mode, ...(n === 0 ? ['--primary'] : ['--right-of', `DUMMY${n - 1}`]));
    await probe();
  };
  await plug(0);
  return {
    name,
    plug,
    unplug: async (n) => {
      await xrandr('--output', `DUMMY${n}`, '--off');
      await probe();
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
