/**
 * The first thing every npm script runs, on whatever Node the user has: brings the dependencies up to package-lock.json,
 * then hands over to scripts/<task>.ts on the Node version pinned in package.json.
 *
 * Plain JavaScript without dependencies, because neither of them is there on a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.opshall-install.json');
const windows = process.platform === 'win32';

/** Ends with one sentence, without a stack: the reader is a person who typed a command. */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The pinned Node of node_modules, or undefined while it is not installed. */
function pinnedNode() {
  const bin = readJson(join(modules, 'node', 'package.json'))?.bin?.node;
  const file = bin && join(modules, 'node', bin);
  return file && existsSync(file) ? file : undefined;
}

/** True when every package that the lock file wants on this platform is there in that version, whoever installed it. */
function installedAsLocked(lock) {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional || wanted.peer) return true;
    return installed[path]?.version === wanted.version && existsSync(join(root, path, 'package.json'));
  });
}

function npm(args, what) {
  // npm_execpath is the very npm that runs this script; without it (plain `node scripts/bootstrap.mjs`) the PATH decides.
  const cli = process.env.npm_execpath;
  const own = cli && /npm-cli\.[cm]?js$/.test(cli);
  const ran = own
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: windows });
  if (ran.error)
    refuse(`OpsHall could not run npm to ${what}: ${ran.error.message}. Install npm 10 or newer and run this again.`);
  if (ran.status !== 0) {
    refuse(
      `npm could not ${what}; its own message is above. Check the connection to the npm registry and run this again.`,
    );
  }
}

function install() {
  const lockText = readFileSync(join(root, 'package-lock.json'));
  const digest = createHash('sha256').update(lockText).digest('hex');
  const platform = `${process.platform}-${process.arch}`;
  const stamp = readJson(stampFile);
  const node = pinnedNode();
  if (node && stamp?.lock === digest && stamp.platform === platform) return node;

  const lock = JSON.parse(lockText.toString('utf8'));
  if (!(node && installedAsLocked(lock))) {
    process.stdout.write(existsSync(modules) ? 'packages changed, installing …\n' : 'installing packages, once …\n');
    rmSync(stampFile, { force: true });
    // Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms, which npm writes wherever
    // a registry mirror does not carry them. --no-save keeps to the locked versions and leaves the lock file alone.
    // Scripts are off for the whole install and then run only for the packages that cannot do without: npm 10 knows no
    // allowScripts and would compile better-sqlite3, which ships its binaries.
    npm(
      ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      'install the packages',
    );
    const allowed = readJson(join(root, 'package.json'))?.allowScripts ?? {};
    const scripted = Object.keys(allowed).filter((name) => allowed[name] && existsSync(join(modules, name)));
    npm(['rebuild', ...scripted, '--no-audit', '--no-fund', '--loglevel=error'], 'prepare the pinned Node and ffmpeg');
  }
  const ready = pinnedNode();
  if (!ready) {
    refuse(
      'The pinned Node is missing from node_modules/node after the install. Delete node_modules and run this again.',
    );
  }
  writeFileSync(stampFile, `${JSON.stringify({ lock: digest, platform })}\n`);
  return ready;
}

/** The parent and, where /proc tells, its parent: npm runs scripts through a shell, which outlives a killed npm. */
function parentage() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return `${process.ppid}`;
  }
}

function handOver(node, task, args) {
  const env = {
    ...process.env,
    PATH: `${join(modules, '.bin')}${delimiter}${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  };
  const child = spawn(node, [join(root, 'scripts', `${task}.ts`), ...args], { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm killed outright cannot pass a signal on; its script then ends by itself instead of living on unseen.
  const parents = parentage();
  const watch =
    process.env.npm_lifecycle_event && setInterval(() => parentage() === parents || child.kill('SIGTERM'), 500);
  child.on('error', (error) =>
    refuse(`The pinned Node (${node}) does not start: ${error.message}. Delete node_modules and run this again.`),
  );
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exit(code ?? (signal ? 1 : 0));
  });
}

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  refuse(
    `OpsHall needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}. Install a current Node from https://nodejs.org.`,
  );
}
const [task, ...args] = process.argv.slice(2);
if (!task || !/^[a-z]+$/.test(task) || !existsSync(join(root, 'scripts', `${task}.ts`))) {
  refuse(`There is no task "${task ?? ''}". Run one of the npm scripts: npm start, npm test, npm run build, …`);
}
handOver(install(), task, args);
