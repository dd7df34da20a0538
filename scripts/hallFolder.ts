import { join } from 'node:path';
import type { Notice } from '../contract/features/notices.ts';
import { loadHallCity } from '../main/city/hallCity.ts';
import { withOwnThings } from '../main/city/ownThings.ts';
import { systemClock } from '../main/clock.ts';
import { readHallFiles } from '../main/config/hallFiles.ts';
import { readOwnFeeds } from '../main/features/feeds/ownFeeds.ts';
import { createRejects } from '../main/rejects/rejects.ts';

/** How many of each thing a hall's folder has, the product's among them, and what is to be said of its files, as a start says it. */
export interface HallFolder {
  readonly counts: Readonly<Record<'rules' | 'plans' | 'sensors' | 'units' | 'feeds', number>>;
  readonly notices: readonly Notice[];
}

export function readHallFolder(options: {
  dataDir: string;
  resources: string;
  profile: 'drill' | 'empty';
}): HallFolder {
  const { dataDir, resources, profile } = options;
  const clock = systemClock();
  const [rejects, now] = [createRejects({ clock }), clock.now()];
  const made = loadHallCity(join(resources, 'city'), profile, now);
  const { city, notices: things } = withOwnThings(made.city, { dataDir, rejects, now });
  const files = readHallFiles({ resources, dataDir, known: city, rejects, since: now });
  const sensors = new Set(city.sensors.map(({ id }) => id));
  const units = new Set(city.units.map(({ id }) => id));
  const directory = { hasSensor: (id: string) => sensors.has(id), hasUnit: (id: string) => units.has(id) };
  const own = readOwnFeeds(join(dataDir, 'feeds'), { directory, rejects, now });
  return {
    counts: {
      ...{ rules: files.rules.length, plans: files.plans.length },
      ...{ sensors: city.sensors.length, units: city.units.length, feeds: own.feeds.length },
    },
    notices: [...made.notices, ...things, ...files.notices, ...own.notices],
  };
}
