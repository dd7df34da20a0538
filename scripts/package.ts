/**
 * `npm run package`: the installable desktop app, by electron-builder, for this system.
 *
 * `npm run package -- --dir` leaves it unpacked in dist/, which takes seconds; `--electron-dist DIR` builds on an Electron
 * distribution that is already here, for machines that cannot fetch one. With `--dir` the test Electron serves when no
 * other is there.
 */

import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { executableIn } from './electron-binary.ts';
import { runTool } from './processes.ts';
import { inProject, Refusal, runTask, say } from './project.ts';
import { testElectronFolder } from './setup/test-electron.ts';

/** The hall runs inside Electron from this version on; an older one has too old a Node-API, see main/runtime.ts. */
const FIRST_FIT_ELECTRON = 35;

const USAGE = `Options of npm run package, after "--":
  --dir                 unpacked app in dist/, without an installer
  --electron-dist DIR   Electron distribution to build on, in place of fetching one`;

function versionOf(distribution: string): string {
  const file = join(distribution, 'version');
  if (!existsSync(executableIn(distribution)) || !existsSync(file)) {
    throw new Refusal(
      `${distribution} is not an Electron distribution: it has no Electron executable or no file named version.`,
    );
  }
  return readFileSync(file, 'utf8').trim().replace(/^v/, '');
}

/** electron-builder's options for a local distribution. It is copied, so that the app it may carry stays out. */
async function onDistribution(distribution: string, staged: string): Promise<readonly string[]> {
  const version = versionOf(distribution);
  const app = join(distribution, 'resources', 'app');
  await cp(distribution, staged, { recursive: true, filter: (path) => !path.startsWith(app) });
  const options = [`-c.electronDist=${staged}`, `-c.electronVersion=${version}`];
  if (Number.parseInt(version, 10) >= FIRST_FIT_ELECTRON) return options;
  say(
    `Electron ${version} is too old to carry the hall: the app is left unarchived, and needs OPSHALL_NODE to name a Node 24. Not for release.`,
  );
  return [
    ...options,
    '-c.asar=false',
    '-c.electronFuses.onlyLoadAppFromAsar=false',
    '-c.electronFuses.enableNodeCliInspectArguments=true',
  ];
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { dir: { type: 'boolean' }, 'electron-dist': { type: 'string' }, help: { type: 'boolean' } },
    strict: true,
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  await build();
  const given = values['electron-dist'];
  const fetched = existsSync(inProject('node_modules', 'electron', 'dist', 'version'));
  const test = values.dir && !fetched && existsSync(testElectronFolder()) ? testElectronFolder() : undefined;
  const distribution = given ? resolve(given) : test;
  const scratch = await mkdtemp(join(tmpdir(), 'opshall-package-'));
  try {
    const onDist = distribution ? await onDistribution(distribution, join(scratch, 'electron')) : [];
    const dir = values.dir ? ['--dir'] : [];
    const builderArgs = ['--config', 'electron-builder.yml', '--publish', 'never', ...dir, ...onDist];
    say('packaging …');
    const ended = await runTool('electron-builder', 'electron-builder', builderArgs);
    if (ended.code !== 0)
      throw new Refusal(`${ended.output}\nelectron-builder ended with code ${ended.code}; its message is above.`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  say('the app is in dist/');
  return 0;
}

await runTask(async () => {
  try {
    return await main(process.argv.slice(2));
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')
      ? new Refusal(`${(error as Error).message}\n${USAGE}`)
      : error;
  }
});
