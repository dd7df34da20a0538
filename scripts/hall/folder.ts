import { join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import { systemClock } from '../../main/clock.ts';
import { readOwnFeeds } from '../../main/feeds/ownFeeds.ts';
import { readHallFolder } from '../../main/kernel/hallFolder.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { simulatedIn } from '../../main/simulation/simulate.ts';
import { gb28181Of } from '../../main/video/gb28181/address.ts';
import { readGb28181 } from '../../main/video/gb28181/config.ts';

const COUNTED = ['departments', 'places', 'facilities', 'sensors', 'units', 'cameras'] as const;

/** How many of each thing a hall's folder has, the product's among them, and what is to be said of its files, as a start says it. */
export interface CheckedFolder {
  readonly counts: Readonly<Record<'rules' | 'plans' | 'feeds' | (typeof COUNTED)[number], number>>;
  readonly notices: readonly Notice[];
}

export function checkFolder({ dataDir, resources }: { dataDir: string; resources: string }): CheckedFolder {
  const clock = systemClock();
  const [rejects, now] = [createRejects({ clock }), clock.now()];
  const simulated = simulatedIn(dataDir);
  const { city, files, notices } = readHallFolder({ resources, hallDir: dataDir, simulated, rejects, now });
  const sensors = new Set(city.sensors.map(({ id }) => id));
  const units = new Set(city.units.map(({ id }) => id));
  const directory = { hasSensor: (id: string) => sensors.has(id), hasUnit: (id: string) => units.has(id) };
  const homes = [...(simulated === undefined ? [] : [simulated]), dataDir];
  const own = readOwnFeeds(
    homes.map((home) => join(home, 'feeds')),
    { directory, rejects, now },
  );
  const gb28181 = readGb28181(dataDir, gb28181Of(city.cameras), rejects, now);
  const counted = Object.fromEntries(COUNTED.map((what) => [what, city[what].length]));
  return {
    counts: {
      ...(counted as Record<(typeof COUNTED)[number], number>),
      ...{ rules: files.rules.length, plans: files.plans.length, feeds: own.feeds.length + (gb28181.config ? 1 : 0) },
    },
    notices: [...notices, ...own.notices, ...gb28181.notices],
  };
}
