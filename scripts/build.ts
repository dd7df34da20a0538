/** `npm run build`: the drill city and the app, each only when something it is made from has changed. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithStamp } from './fingerprint.ts';
import { runNode, runTool } from './processes.ts';
import { inProject, OUT, Refusal, runTask, say } from './project.ts';

const SOURCES = ['core', 'contract', 'native', 'main', 'simulator', 'preload', 'renderer'];
const CONFIGURATION = ['electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** Remembers what out/ was built from. */
export const BUILD_STAMP = join(OUT, '.build.json');

/** Tests and notes beside the code are not part of the app. */
const notInTheApp = (path: string): boolean => /\.test\.tsx?$|\.md$|(^|\/)\.[^/]+$/.test(path);

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** Generates the drill city into resources/city when it is missing or its generator has changed. */
export async function buildCity(): Promise<void> {
  const generator = inProject('scripts', 'city', 'build.ts');
  if (!existsSync(generator)) return;
  const sources = compareWithStamp(
    join(OUT, '.city.json'),
    [inProject('scripts', 'city'), inProject('core', 'places')],
    notInTheApp,
  );
  if (sources.fresh && !isEmpty(inProject('resources', 'city'))) return;
  const began = performance.now();
  say('generating the drill city …');
  const ended = await runNode([generator], { quiet: true });
  if (ended.code !== 0) {
    throw new Refusal(
      `${ended.output}\nThe drill city was not generated: scripts/city/build.ts ended with code ${ended.code}; its message is above.`,
    );
  }
  sources.remember();
  say(`the drill city is ready (${seconds(began)})`);
}

/** Bundles main, preload and renderer into out/ unless nothing has changed since the last time. */
export async function buildApp(): Promise<void> {
  const paths = [...SOURCES, ...CONFIGURATION].map((name) => inProject(name));
  const sources = compareWithStamp(BUILD_STAMP, paths, notInTheApp);
  const results = ['main/headless.js', 'main/electron.js', 'preload/index.cjs', 'renderer/index.html'];
  if (sources.fresh && results.every((file) => existsSync(join(OUT, file)))) return;
  const began = performance.now();
  say('building the app …');
  const ended = await runTool('electron-vite', 'electron-vite', ['build', '--logLevel', 'warn'], { quiet: true });
  if (ended.code !== 0) {
    throw new Refusal(
      `${ended.output}\nThe app was not built: electron-vite ended with code ${ended.code}; its message is above.`,
    );
  }
  sources.remember();
  say(`the app is built (${seconds(began)})`);
}

/** Everything that has to be built before the hall can start. Costs milliseconds when nothing has changed. */
export async function build(): Promise<void> {
  await buildCity();
  await buildApp();
}

if (import.meta.main) {
  await runTask(async () => {
    await build();
    say('out/ is up to date');
    return 0;
  });
}
