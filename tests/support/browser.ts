import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { SOFTWARE_GRAPHICS, STAY_AT_HOME } from './graphics.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
  if (!found) throw new Error('No Chromium on the PATH. On Debian: apt-get install chromium.');
  return found;
}

/** Launches the system's Chromium without a window, with WebGL2 in software. Close it after use. */
export function launchBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      '--no-sandbox',
      ...SOFTWARE_GRAPHICS,
      ...STAY_AT_HOME,
      '--autoplay-policy=no-user-gesture-required',
      ...extraArgs,
    ],
  });
}
