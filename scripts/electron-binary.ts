import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run, runNode } from './processes.ts';
import { inProject, OUT, readJson, say } from './project.ts';

const PACKAGE = inProject('node_modules', 'electron');

/** Releases are fetched from here unless a mirror is set, as `@electron/get` does it. */
const RELEASES = 'https://github.com/electron/electron/releases/download/';
const REACH_TIMEOUT_MS = 8_000;
const FETCH_TIMEOUT_MS = 10 * 60_000;
/** After a failed attempt the next start does not wait again; after this long it tries anew. */
const RETRY_AFTER_MS = 24 * 3_600_000;

const DEFAULT_EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's executable inside a distribution folder. */
export function executableIn(distribution: string): string {
  return join(distribution, DEFAULT_EXECUTABLE[process.platform] ?? 'electron');
}

/**
 * The Electron executable that is there: the one of `ELECTRON_OVERRIDE_DIST_PATH`, else the one that the electron
 * package has fetched. Undefined when there is none.
 */
export function findElectron(): string | undefined {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const pathFile = join(PACKAGE, 'path.txt');
  const fetched = existsSync(pathFile) ? join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8').trim()) : undefined;
  return [override && executableIn(override), fetched].find((file) => file && existsSync(file)) || undefined;
}

/** Version of the electron package, which is the version of the binary that would be fetched. */
export function electronVersion(): string {
  const manifest = readJson(join(PACKAGE, 'package.json')) as { version?: string } | undefined;
  return manifest?.version ?? 'unknown';
}

/** Whether the release server answers at all, asked cheaply before a fetch that would hang for minutes. */
async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Electron's executable, fetched once if it is missing and its server can be reached.
 *
 * @returns the executable, or the reason why there is none, as the end of a sentence.
 */
export async function obtainElectron(): Promise<{ readonly executable: string } | { readonly reason: string }> {
  const present = findElectron();
  if (present) return { executable: present };

  const version = electronVersion();
  const stampFile = join(OUT, '.electron-fetch.json');
  const failed = readJson(stampFile) as { version?: string; at?: number } | undefined;
  if (failed?.version === version && Date.now() - (failed.at ?? 0) < RETRY_AFTER_MS) {
    return { reason: 'could not be fetched earlier today; "npx install-electron" tries again' };
  }
  const giveUp = (reason: string) => {
    writeFileSync(stampFile, `${JSON.stringify({ version, at: Date.now() })}\n`);
    return { reason };
  };

  const server = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? RELEASES;
  if (!(await isReachable(server))) return giveUp(`cannot be fetched (${new URL(server).host} is not reachable)`);
  say(`fetching Electron ${version}, once, about 120 MB …`);
  const began = performance.now();
  const progress = setInterval(
    () => say(`  still fetching, ${Math.round((performance.now() - began) / 1000)} s`),
    10_000,
  );
  const ended = await runNode([createRequire(import.meta.url).resolve('electron/install.js')], {
    quiet: true,
    timeoutMs: FETCH_TIMEOUT_MS,
  });
  clearInterval(progress);
  const executable = findElectron();
  if (executable) return { executable };
  const message = ended.output.trim().split('\n')[0] ?? '';
  return giveUp(`could not be fetched (${message.slice(0, 120)})`);
}

/** Opens an address in the system's browser. False when the system has nothing to open it with. */
export async function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url.replaceAll('&', '^&')]
        : ['xdg-open', url];
  return command !== undefined && (await run(command, args, { quiet: true, timeoutMs: 15_000 })).code === 0;
}
