import { join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import type { StationView } from '../../contract/features/station.ts';
import { type HallCity, loadHallCity, type MadeCity } from '../city/hallCity.ts';
import { withOwnThings } from '../city/ownThings.ts';
import { type HallFiles, readHallFiles } from '../config/hallFiles.ts';
import { type HallIdentity, readHallYaml } from '../config/hallYaml.ts';
import type { Rejects } from '../rejects/rejects.ts';

/** What the files of a hall come to, the product's among them, and what is to be said of them. Feeds are read by their feature. */
export interface HallFolder {
  readonly identity: HallIdentity;
  readonly madeCity: MadeCity;
  readonly city: HallCity;
  readonly files: HallFiles;
  readonly notices: readonly Notice[];
}

/** @param options.hallDir the hall's folder; none of its files need be there */
export function readHallFolder(options: {
  resources: string;
  hallDir: string;
  profile: StationView['profile'];
  rejects: Rejects;
  now: number;
}): HallFolder {
  const { resources, hallDir: dataDir, profile, rejects, now } = options;
  const hall = readHallYaml(dataDir, rejects, now);
  const made = loadHallCity(join(resources, 'city'), profile, now);
  const own = withOwnThings(made.city, { dataDir, rejects, now });
  const files = readHallFiles({ resources, dataDir, known: own.city, rejects, since: now });
  return {
    ...{ identity: hall.identity, madeCity: made.city, city: own.city, files },
    notices: [...hall.notices, ...made.notices, ...own.notices, ...files.notices],
  };
}
