/**
 * `npm run dev`: OpsHall that follows the sources. In Electron where it is there; else the pages from Vite's server in
 * the browser, with everything else passed on to a hall beside it. Takes the options of npm start.
 */
import { rmSync } from 'node:fs';
import { createServer as createNetServer } from 'node:net';
import { createInterface } from 'node:readline';
import { createServer, type InlineConfig, type ProxyOptions } from 'vite';
import electronVite from '../electron.vite.config.ts';
import { BUILD_STAMP, buildCity } from './build.ts';
import { findElectron, openBrowser } from './electron-binary.ts';
import { attend, start } from './processes.ts';
import { inProject, runTask, say } from './project.ts';
import { readStartOptions, USAGE } from './start-options.ts';

/** What the hall answers itself; the rest is pages. */
const HALL_PATHS = ['/api', '/city', '/healthz'];

/** A port that is free now. The hall keeps it over its restarts, so that the pages find it again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function devInElectron(electron: string, options: readonly string[]): Promise<number> {
  const root = process.getuid?.() === 0;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ELECTRON_EXEC_PATH: electron,
    OPSHALL_NODE: process.execPath,
    ...(root ? { NO_SANDBOX: '1' } : {}),
  };
  delete env.ELECTRON_RUN_AS_NODE;
  // Bundles made for development take the place of the built ones: the next start builds again.
  rmSync(BUILD_STAMP, { force: true });
  const cli = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return attend(start(process.execPath, [cli, 'dev', '--watch', '--', ...options], { env }));
}

async function devInBrowser(options: readonly string[], wantsBrowser: boolean): Promise<number> {
  const given = options.indexOf('--port');
  const port = given >= 0 ? Number(options[given + 1]) : await freePort();
  const target = `http://127.0.0.1:${port}`;
  // The hall refuses foreign origins, and Vite's server is one.
  const proxy: ProxyOptions = { target, ws: true, changeOrigin: true, headers: { origin: target } };
  const config: InlineConfig = {
    ...(electronVite.renderer as InlineConfig),
    configFile: false,
    server: { host: '127.0.0.1', proxy: Object.fromEntries(HALL_PATHS.map((path) => [path, proxy])) },
  };
  const pages = await createServer(config);
  await pages.listen();
  const address = pages.resolvedUrls?.local[0] ?? '';
  const hallOptions = given >= 0 ? options : [...options, '--port', String(port)];
  const watching = ['--watch', '--watch-preserve-output', inProject('main', 'headless.ts')];
  const hall = start(process.execPath, [...watching, ...hallOptions], { stdio: ['inherit', 'pipe', 'inherit'] });
  let shown = false;
  if (hall.stdout) {
    createInterface({ input: hall.stdout }).on('line', async (line) => {
      const opened = /^open (http\S+)$/.exec(line)?.[1];
      if (!opened) {
        say(line);
      } else if (!shown) {
        shown = true;
        const { search, hash } = new URL(opened);
        const page = `${address}${search}${hash}`;
        say(`open ${page}`);
        if (wantsBrowser) await openBrowser(page);
      }
    });
  }
  const code = await attend(hall);
  await pages.close();
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args);
  if (options.help) {
    say(USAGE.replace('npm start', 'npm run dev'));
    return 0;
  }
  await buildCity();
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const electron = hasDisplay && !options.headless ? findElectron() : undefined;
  return electron ? devInElectron(electron, options.hall) : devInBrowser(options.hall, hasDisplay && !options.headless);
}

await runTask(() => main(process.argv.slice(2)));
