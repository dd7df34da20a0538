import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from './clock.ts';
import { settleFolder } from './config/runAs.ts';
import { naming } from './files/fileFault.ts';
import { prepareDataFolder } from './files/privateFiles.ts';
import { randomId } from './ids.ts';
import { BadOption, type HallArguments, readHallArguments } from './options.ts';
import { openLog, whyNot } from './processOutput.ts';
import { assertRuntime } from './runtime.ts';
import { type StandingHall, standHall } from './standingHall.ts';
import { keptToken } from './token.ts';

/** A hall started from a command line. */
export interface Served {
  hall: StandingHall;
  args: HallArguments;
  token: string;
}

/** Folder of the installed product, which holds package.json, out/ and resources/: above this file, built or not. */
function productRoot(): string {
  for (let dir = import.meta.dirname; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'resources'))) return dir;
    if (dir === dirname(dir)) throw new Error('the resources folder is missing: install OpsHall again');
  }
}

/**
 * Starts the hall that a command line asks for. Secrets come by environment, never by argument: OPSHALL_HUB_TOKEN (of the hub
 * to join), OPSHALL_CITY_FEED (another hall's simulator).
 *
 * @param onStarting hears of a start that takes long, at each whole per cent
 * @throws Error with a sentence for a person.
 */
export async function serve(argv: readonly string[], onStarting: (percent: number) => void): Promise<Served> {
  assertRuntime(process.versions);
  const args = readHallArguments(argv);
  const hubToken = process.env.OPSHALL_HUB_TOKEN;
  if (args.hub !== undefined && !(hubToken && /^[\w.~+/=-]{1,200}$/.test(hubToken)))
    throw new BadOption(
      '--hub needs the hub’s token in OPSHALL_HUB_TOKEN; it is the file hub-token in the hub’s data folder.',
      '使用 --hub 时须在环境变量 OPSHALL_HUB_TOKEN 中给出中心站的口令，即中心站数据目录中 hub-token 文件的内容。',
    );
  if (args.drill !== undefined && statSync(args.drill, { throwIfNoEntry: false })?.isFile() !== true)
    throw new BadOption(
      `--drill is a file, and ${args.drill} is none. Give the path of a drill script.`,
      `--drill 应为文件，而 ${args.drill} 不存在或不是文件。请给出演练脚本的路径。`,
    );
  const clock = systemClock();
  const log = openLog(process.env.OPSHALL_LOG, clock);
  process.umask(0o077); // What is kept is its owner's alone.
  prepareDataFolder(args.data);
  const root = productRoot();
  const resources = join(root, 'resources');
  naming(args.data, () => settleFolder(args.data, resources));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const token = keptToken(args.data, 'token');
  let told = -1;
  const hall = await standHall(
    {
      onStarting(percent) {
        if (percent === told) return;
        told = percent;
        process.stdout.write(`hall starting: views.db is brought up from the ledger, ${percent} %\n`);
        onStarting(percent);
      },
      dataDir: args.data,
      station: args.station,
      version: manifest.version,
      clock,
      log,
      random: Math.random,
      newId: randomId,
      resources,
      pages: join(root, 'out', 'renderer'),
      listen: { host: args.listen, port: args.port },
      token,
      hubToken: keptToken(args.data, 'hub-token'),
      integrationToken: keptToken(args.data, 'integration-token'),
      dial: args.hub === undefined || !hubToken ? undefined : { url: args.hub, token: hubToken },
      streams: args.streams,
      drill: args.drill ?? join(resources, 'drills', 'flood.yaml'),
      drillByHand: args.drill === undefined,
      drillAfter: args.drillAfter,
      verifyAll: args.verify === 'all',
      cityFeed: process.env.OPSHALL_CITY_FEED,
      ffmpegPath: process.env.FFMPEG_PATH,
    },
    (error) => {
      process.stderr.write(`${whyNot(error, argv)}\n`);
      process.exit(1);
    },
  );
  return { hall, args, token };
}

/** The address that opens the hall with its token; the part after # never leaves the browser. */
export function openAddress({ hall, args, token }: Served): string {
  return `${hall.url}/?lang=${args.lang}#token=${token}`;
}
