import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { testElectronExecutable } from '../../scripts/setup/test-electron.ts';
import type { Displays } from './displays.ts';
import { SOFTWARE_GRAPHICS, STAY_AT_HOME } from './graphics.ts';
import { PATIENCE_MS } from './patience.ts';

const PROJECT = resolve(import.meta.dirname, '..', '..');

/** How the desktop app is launched by a test. */
export interface LaunchOptions {
  readonly displays: Displays;
  /** Options of the hall, as after `npm start --`. */
  readonly options?: readonly string[];
  /** Electron's own user data (window places …); a fresh folder when left out. Give the same one to test a restart. */
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its windows draw their maps (default yes), which takes most of two cores without a graphics card. */
  readonly map?: boolean;
  /** Folder of the app, the project by default. */
  readonly app?: string;
}

/** The built desktop app in a real Electron. */
export interface LaunchedApp {
  readonly application: ElectronApplication;
  readonly userData: string;
  /** Closes it and deletes the user data if it was made here. */
  close(): Promise<void>;
}

/** Launches the built app in the test Electron, on real displays. The hall runs on the Node that runs the tests. */
export async function launchElectron(launch: LaunchOptions): Promise<LaunchedApp> {
  const userData = launch.userData ?? (await mkdtemp(join(tmpdir(), 'opshall-electron-')));
  const env: Record<string, string> = { ...launch.env };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  delete env.ELECTRON_RUN_AS_NODE;
  env.DISPLAY = launch.displays.name;
  env.OPSHALL_NODE = process.execPath;
  const application = await _electron.launch({
    executablePath: testElectronExecutable(),
    args: [
      launch.app ?? PROJECT,
      '--no-sandbox',
      `--user-data-dir=${userData}`,
      ...SOFTWARE_GRAPHICS,
      ...STAY_AT_HOME,
      ...(launch.map === false ? ['--disable-3d-apis'] : []),
      ...(launch.options ?? []),
    ],
    env,
    timeout: PATIENCE_MS,
  });
  application.context().setDefaultTimeout(PATIENCE_MS);
  return {
    application,
    userData,
    close: async () => {
      await application.close();
      if (!launch.userData) await rm(userData, { recursive: true, force: true });
    },
  };
}
