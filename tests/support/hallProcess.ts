import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Child, startChild } from './child.ts';
import { type Profile, settle } from './hallFolder.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');
const SOURCES = ['core', 'contract', 'native', 'main', 'simulator'];

/** The hall's entry: built, as `npm test` leaves it; from source, which Node runs as it is, where that is newer. */
export function hallEntry(): string {
  const built = join(PROJECT, 'out', 'main', 'headless.js');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  const newer = SOURCES.some((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true }).some(
      (entry) => /(?<!\.test)\.ts$/.test(entry.name) && statSync(join(entry.parentPath, entry.name)).mtimeMs > builtAt,
    ),
  );
  return newer ? join(PROJECT, 'main', 'headless.ts') : built;
}

/** A hall running as its own process, as `npm start -- --headless` starts it. */
export interface HallProcess extends Child {
  /** e.g. http://127.0.0.1:40211 */
  readonly url: string;
  readonly port: number;
  /** What a window shows to be let in. */
  readonly token: string;
  /** Address of a page with the token in it, for a browser: `page('/situation')`. */
  page(route?: string): string;
}

/** Options of {@link startHall}; `args` are further options of the hall. */
export interface HallOptions {
  readonly dataDir: string;
  readonly port?: number;
  /** The program; the hall of this tree when left out. */
  readonly entry?: string;
  /** Left out: what its folder says, or the made-up city. */
  readonly profile?: Profile;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Program and arguments that run the hall as theirs: `['sh', '-c', 'exec "$@" 2>log', 'sh']`. */
  readonly under?: readonly string[];
  /** Ms until windows can connect, at most (default 60,000). */
  readonly within?: number;
}

/** Starts the hall on a free port and waits until windows can connect. Stop or kill it after use. */
export async function startHall(options: HallOptions): Promise<HallProcess> {
  if (options.profile) settle(options.dataDir, options.profile);
  const args = ['--port', String(options.port ?? 0), '--data', options.dataDir, ...(options.args ?? [])];
  const [command = '', ...rest] = [...(options.under ?? []), process.execPath, options.entry ?? hallEntry(), ...args];
  const child = startChild('the hall', command, rest, {
    env: { ...process.env, ...options.env },
  });
  const [, url = '', port = ''] = await child.line(/^hall ready (http:\/\/\S+?:(\d+))\/?$/, options.within ?? 60_000);
  const [, token = ''] = await child.line(/^open \S+#token=([\w-]+)/);
  const page = (route = '/') => `${url}/#${route}${route.includes('?') ? '&' : '?'}token=${token}`;
  return Object.defineProperties(
    { url, port: Number(port), token, page },
    Object.getOwnPropertyDescriptors(child),
  ) as HallProcess;
}
