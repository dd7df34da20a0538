import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DrillScript } from '../../core/drills/script.ts';
import { readFile } from '../config/catalogue.ts';
import { isPlayed, SIMULATOR_YAML, SimulatorYaml } from '../config/simulatorYaml.ts';
import { urlFault } from '../feeds/ws-json/config.ts';
import type { HallOptions } from '../hallOptions.ts';
import { randomToken } from '../ids.ts';
import { badFileNotices, emptyCityFeedNotice } from '../notices/configuration.ts';
import type { NoticeBoard } from '../notices/noticeBoard.ts';
import {
  SIMULATOR_NOTICE,
  simulatorBackNotice,
  simulatorFailedNotice,
  simulatorLostNotice,
} from '../notices/simulation.ts';
import { BadOption } from '../options.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { SimulatorFailed } from './program.ts';
import { openSimulation, type Simulation } from './simulation.ts';

/** The folder that a simulator writes, within that of the world that it plays for. */
const SIMULATED = 'simulator';

/** What a simulator wrote for the live work of a hall when it was started last; undefined where there is nothing. */
export function simulatedIn(dataDir: string): string | undefined {
  const folder = join(dataDir, SIMULATED);
  return existsSync(folder) ? folder : undefined;
}

/**
 * Starts the simulator of a world. One that cannot be started is a notice: the hall works with what its own folder has.
 *
 * @throws BadOption when the feed of another station was given, and is no address
 */
export async function simulate(options: {
  hall: Pick<HallOptions, 'cityFeed' | 'clock' | 'dataDir' | 'drill' | 'drillByHand' | 'log' | 'resources'>;
  hallDir: string;
  rejects: Rejects;
  notices: Pick<NoticeBoard, 'raise' | 'clear'>;
}): Promise<Simulation | null> {
  const { hall, hallDir, rejects, notices } = options;
  const { clock, log, dataDir, resources } = hall;
  const now = clock.now();
  const feed = hall.cityFeed?.trim() || null;
  if (feed !== null) checkFeed(feed);
  else if (hall.cityFeed !== undefined) notices.raise(emptyCityFeedNotice(now));
  const bad = (file: Parameters<typeof badFileNotices>[0][number]) => {
    for (const notice of badFileNotices([file], now)) notices.raise(notice);
  };
  const home = isPlayed(hallDir) ? hallDir : resources;
  const yaml = readFile(join(home, SIMULATOR_YAML), SimulatorYaml, rejects);
  if ('bad' in yaml) {
    bad(yaml.bad);
    return null;
  }
  const read = readFile(hall.drill, DrillScript, rejects);
  if ('bad' in read) bad(read.bad);
  const script = 'item' in read ? read.item : null;
  try {
    return await openSimulation({
      ...{ program: yaml.item.program, clock, log },
      // Where another station's feed is taken, drills begin there.
      script: feed === null ? script : null,
      order: {
        ...{ folder: join(dataDir, SIMULATED), home: dataDir, keep: hallDir, resources, token: randomToken() },
        ...{ script: script && hall.drill, byHand: hall.drillByHand, feed },
      },
      ears: {
        lost(why, waitMs) {
          log.error({ why: why.en, waitMs }, 'the simulator ended by itself');
          notices.raise(simulatorLostNotice(why, clock.now()));
        },
        back() {
          log.warn('the simulator plays again');
          notices.raise(simulatorBackNotice(clock.now()));
        },
        well: () => notices.clear(SIMULATOR_NOTICE),
      },
    });
  } catch (error) {
    if (!(error instanceof SimulatorFailed)) throw error;
    log.error({ err: error }, 'the simulator could not be started');
    notices.raise(simulatorFailedNotice(error.text, now));
    return null;
  }
}

function checkFeed(url: string): void {
  const fault = urlFault(url);
  if (fault === null) return;
  throw new BadOption(
    `OPSHALL_CITY_FEED ${fault.message.en}. ${fault.remedy.en}`,
    '环境变量 OPSHALL_CITY_FEED 不是可用的地址，应形如 ws://127.0.0.1:18790/telemetry；不需要时请不要设置。',
  );
}
