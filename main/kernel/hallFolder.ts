import type { Notice } from '../../contract/features/notices.ts';
import { type Basemap, basemapFolder, readBasemap } from '../basemap/archive/basemap.ts';
import type { HallCity } from '../city/hallCity.ts';
import type { OwnMap } from '../city/ownMap.ts';
import { withOwnThings } from '../city/ownThings.ts';
import { whereIs } from '../city/whereIs.ts';
import { type HallFiles, readHallFiles } from '../config/hallFiles.ts';
import { type HallIdentity, readHallYaml } from '../config/hallYaml.ts';
import { brokenMapNotice } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';

/** What the files of a hall come to, the product's among them, and what is to be said of them. Feeds are read by their feature. */
export interface HallFolder {
  readonly identity: HallIdentity;
  readonly city: HallCity;
  readonly files: HallFiles;
  /** The roads and names of its own map. */
  readonly ownMap: OwnMap;
  /** Null where the hall has no map of its own, or one that is of no use. */
  readonly basemap: Basemap | null;
  readonly notices: readonly Notice[];
}

/**
 * @param options.hallDir the hall's folder; none of its files need be there
 * @param options.simulated a folder that a simulator wrote: what there is of it comes before the hall's own
 */
export function readHallFolder(options: {
  resources: string;
  hallDir: string;
  simulated?: string | undefined;
  /** Where the hall's own cameras are not to be asked for pictures. */
  pictures?: boolean | undefined;
  rejects: Rejects;
  now: number;
  /** Where it is read already: it is large. */
  ownMap?: OwnMap;
}): HallFolder {
  const { resources, hallDir: dataDir, simulated, pictures, rejects, now } = options;
  const hall = readHallYaml(dataDir, rejects, now);
  const own = withOwnThings({ dataDir, simulated, pictures, rejects, now, map: options.ownMap });
  const map = readBasemap(basemapFolder(dataDir));
  const files = readHallFiles({
    resources,
    dataDir,
    known: { ...own.city, at: whereIs(own.city) },
    without: hall.identity.without,
    rejects,
    since: now,
  });
  return {
    ...{ identity: hall.identity, city: own.city, files },
    ownMap: own.map,
    basemap: map.state === 'whole' ? map.basemap : null,
    notices: [
      ...hall.notices,
      ...(map.state === 'broken' ? [brokenMapNotice(map.text, now)] : []),
      ...own.notices,
      ...files.notices,
    ],
  };
}
