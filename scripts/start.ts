/** `npm start`: builds what has changed, then opens OpsHall in Electron, in the browser, or without a window. */
import { createInterface } from 'node:readline';
import { build } from './build.ts';
import { obtainElectron, openBrowser } from './electron-binary.ts';
import { attend, start } from './processes.ts';
import { inProject, ROOT, runTask, say } from './project.ts';
import { readStartOptions, USAGE } from './start-options.ts';

/** Whether this session has a screen to open windows on. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The hall alone. It prints its own address. */
function startHeadless(options: readonly string[]): Promise<number> {
  return attend(start(process.execPath, [inProject('out', 'main', 'headless.js'), ...options]));
}

/** The hall alone, and its page in the system's browser as soon as it says where that is. */
function startInBrowser(options: readonly string[]): Promise<number> {
  const hall = start(process.execPath, [inProject('out', 'main', 'headless.js'), ...options], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  if (hall.stdout) {
    createInterface({ input: hall.stdout }).on('line', async (line) => {
      say(line);
      const url = /^open (http\S+)$/.exec(line)?.[1];
      if (url && !(await openBrowser(url))) say('No browser could be opened from here: open the address above in one.');
    });
  }
  return attend(hall);
}

/** The desktop app. The hall process finds the pinned Node in OPSHALL_NODE, for an Electron whose own Node is too old. */
function startDesktop(electron: string, options: readonly string[]): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env, OPSHALL_NODE: process.execPath };
  delete env.ELECTRON_RUN_AS_NODE;
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return attend(start(electron, [ROOT, ...sandbox, ...options], { env }));
}

async function main(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args);
  if (options.help) {
    say(USAGE);
    return 0;
  }
  await build();
  if (options.headless) return startHeadless(options.hall);
  if (!hasDisplay()) {
    say('There is no display here, so the hall starts without a window; open its address in a browser.');
    return startHeadless(options.hall);
  }
  const electron = await obtainElectron();
  if ('executable' in electron) return startDesktop(electron.executable, options.hall);
  say(`Electron is not here and ${electron.reason}; opening the same app in the browser.`);
  return startInBrowser(options.hall);
}

await runTask(() => main(process.argv.slice(2)));
