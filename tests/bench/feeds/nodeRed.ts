import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchResult } from '../../../scripts/bench-report.ts';
import { say } from '../../../scripts/project.ts';
import { startChild } from '../../support/child.ts';
import { createScratch } from '../../support/scratch.ts';
import { CACHE } from '../scale/generate.ts';
import { hallJson, SENSORS } from './ingestJson.ts';
import { openJsonSender } from './jsonSender.ts';

const VERSION = '5.0.7';
const MESSAGES = 60_000;

/**
 * `node-red`: the readings of `ingest-json`, by a flow of Node-RED as somebody would wire it: WebSocket, JSON, a function, an insert each into SQLite. Of its own
 * are no rules, no window and no check. It is fetched for the measuring, beside the product; the flow inserts by better-sqlite3, which
 * is quicker than the nodes that there are for SQLite.
 */
export async function nodeRed(): Promise<BenchResult[]> {
  const what = 'readings of ws-json to rows, beside a flow of Node-RED';
  const folder = await installed();
  if (folder === null) return [{ id: 'node-red', what, broke: `node-red ${VERSION} cannot be had from the registry` }];
  await flow(folder, MESSAGES / 4);
  const against = await flow(folder, MESSAGES);
  await hallJson(MESSAGES / 4);
  const value = await hallJson(MESSAGES);
  return [
    {
      ...{ id: 'node-red', what, value: Math.round(value), against: Math.round(against), unit: 'readings/s' },
      ...{ ratio: value / against, limit: { least: 10, of: 'ratio' } },
    },
  ];
}

/** Where it is; null where it cannot be fetched. */
async function installed(): Promise<string | null> {
  const folder = join(CACHE, `node-red-${VERSION}`);
  if (existsSync(join(folder, 'node_modules', 'node-red', 'red.js'))) return folder;
  say(`  fetching node-red ${VERSION} …`);
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', `node-red@${VERSION}`];
  try {
    await promisify(execFile)('npm', args, { cwd: folder });
    return folder;
  } catch (error) {
    say(`  ${String(error)}`);
    return null;
  }
}

/** Readings a second, from the first message until the last row is in. */
async function flow(folder: string, messages: number): Promise<number> {
  const scratch = createScratch();
  try {
    const dir = scratch.folder('node-red');
    const sender = scratch.keep(await openJsonSender(messages, SENSORS), (it) => it.close());
    writeFileSync(join(dir, 'flows.json'), JSON.stringify(flowFrom(sender.url)));
    writeFileSync(join(dir, 'settings.cjs'), settings(join(dir, 'rows.db'), messages));
    const red = join(folder, 'node_modules', 'node-red', 'red.js');
    const args = [red, '--userDir', dir, '--settings', join(dir, 'settings.cjs')];
    const child = scratch.keep(startChild('node-red', process.execPath, args), (it) => it.kill());
    const [, seconds] = await child.line(/^bench took ([\d.]+)$/, 120_000);
    return messages / Number(seconds);
  } finally {
    await scratch.clear();
  }
}

function flowFrom(url: string) {
  const insert =
    "const insert = global.get('insert');\nfor (const { sensor, t, value } of msg.payload.obs) insert(sensor, t, value);\nreturn null;";
  // What has no place on the sheet is taken for a configuration, and not for a part of the flow.
  const at = { z: 'tab', x: 100, y: 100 };
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    { id: 'source', type: 'websocket-client', path: url, wholemsg: 'false' },
    { ...at, id: 'in', type: 'websocket in', client: 'source', wires: [['json']] },
    { ...at, id: 'json', type: 'json', property: 'payload', action: 'obj', wires: [['store']] },
    { ...at, id: 'store', type: 'function', func: insert, outputs: 0, wires: [] },
  ];
}

/** Its program of settings: what the function of the flow is given, and nothing that listens to others. */
function settings(file: string, messages: number): string {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
  return `
const db = new (require(${JSON.stringify(sqlite)}))(${JSON.stringify(file)});
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec('CREATE TABLE readings (sensor TEXT, t INTEGER, value REAL)');
const statement = db.prepare('INSERT INTO readings VALUES (?, ?, ?)');
let [rows, began] = [0, 0];
module.exports = {
  flowFile: 'flows.json', uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, httpNodeRoot: false,
  telemetry: { enabled: false }, externalModules: { palette: { allowInstall: false } },
  functionGlobalContext: {
    insert(sensor, t, value) {
      if (rows === 0) began = performance.now();
      statement.run(sensor, t, value);
      if (++rows === ${messages}) console.log('bench took ' + (performance.now() - began) / 1000);
    },
  },
};
`;
}
