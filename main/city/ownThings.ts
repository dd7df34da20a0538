import { basename, join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import { toWgs84 } from '../../core/places/crs.ts';
import type { NamedPlace } from '../../core/places/gazetteer.ts';
import { type OwnKind, USUAL_KINDS } from '../../core/places/kinds.ts';
import { type Found, readFolder } from '../config/catalogue.ts';
import { badFileNotices, doubledIdsNotice, unknownIdsNotice } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';
import { COMPONENTS } from './components/componentFiles.ts';
import type { HallCamera, HallCity, HallSensor, HallUnit } from './hallCity.ts';
import { readKindsYaml } from './kindsYaml.ts';
import { OwnFile } from './ownFile.ts';
import { OWN_MAP, type OwnMap, readOwnMap } from './ownMap.ts';

/** Folders of a hall's own that hold what there is: cameras may stand apart, as their files have passwords in them. */
const FOLDERS = ['city', 'cameras'] as const;

/**
 * Reads what there is: what the hall's own folders `city` and `cameras` tell of, and before it what those of the folder tell of that a simulator
 * wrote. Of two things with one id the first is taken, and the other is named. A file that is wrong is named with its line, and the others
 * are in use.
 *
 * @param options.dataDir the hall's folder; neither of the two need be in it
 * @param options.simulated the folder that a simulator wrote
 * @param options.pictures whether the hall's own cameras are to be asked for pictures; else they stand where they are, and show none
 * @param options.map of the hall, where it is read already: it is large
 */
export function withOwnThings({
  dataDir,
  simulated,
  pictures = true,
  rejects,
  now,
  map = readOwnMap(join(dataDir, 'city', OWN_MAP), rejects, now),
}: {
  dataDir: string;
  simulated?: string | undefined;
  pictures?: boolean | undefined;
  rejects: Rejects;
  now: number;
  map?: OwnMap | undefined;
}): { city: HallCity; map: OwnMap; notices: Notice[] } {
  const read = [...(simulated === undefined ? [] : [simulated]), dataDir].flatMap((dir) =>
    FOLDERS.map((name) => ({
      own: dir === dataDir,
      ...readFolder(join(dir, name), OwnFile, rejects, { json: true, others: [OWN_MAP, COMPONENTS] }),
    })),
  );
  const files = read.flatMap(({ items }) => items);
  const silent = new Set(pictures ? [] : read.flatMap(({ own, items }) => (own ? items.map(({ item }) => item) : [])));
  const notices = badFileNotices(
    read.flatMap(({ bad }) => bad),
    now,
  );
  const { kinds, notices: ofKinds } = readKindsYaml(dataDir, rejects, now);
  notices.push(...ofKinds, ...strangeKinds(files, kinds, now));
  notices.push(...map.notices);
  const played = simulated === undefined ? null : readOwnMap(join(simulated, 'city', OWN_MAP), rejects, now);
  notices.push(...(played?.notices ?? []));

  const doubled = new Map<string, string[]>();
  const all = <T extends { id: string }>(ofFile: (file: OwnFile) => readonly T[]): T[] => {
    const taken = new Map<string, T>();
    const from = new Map<string, string>();
    for (const { file, item } of files)
      for (const thing of ofFile(item)) {
        const first = from.get(thing.id);
        if (first !== undefined) {
          doubled.set(file, [...(doubled.get(file) ?? []), `${thing.id} (${basename(first)})`]);
          continue;
        }
        taken.set(thing.id, thing);
        from.set(thing.id, file);
      }
    return [...taken.values()];
  };
  const departments = all<HallCity['departments'][number]>((file) =>
    file.departments.map(({ id, name, short = name, phone }) => ({
      ...{ id, ...name, shortZh: short.zh, shortEn: short.en, phone },
    })),
  );
  const sensors = all<HallSensor>((file) =>
    file.sensors.map(({ name, place = name, ...sensor }) => ({ ...sensor, ...at(file, sensor), ...name, place })),
  );
  const facilities = all<HallCity['facilities'][number]>((file) =>
    file.facilities.map(({ name, capacity, ...facility }) => ({
      ...{ ...facility, ...at(file, facility), ...name },
      ...(capacity === undefined ? {} : { capacity }),
    })),
  );
  const cameras = all<HallCamera>((file) =>
    file.cameras.map(({ name, source, ...camera }) => ({
      ...{ ...camera, ...at(file, camera), ...name },
      ...(silent.has(file) ? {} : { source }),
    })),
  );
  const units = all<HallUnit>((file) => file.units);
  const placed = all((file) =>
    file.places.map(({ name, ...place }) => ({ ...place, ...at(file, place), kind: 'place' as const, ...name })),
  );
  const places = new Map<string, NamedPlace>(placed.map((place) => [place.id, place]));
  for (const place of [
    ...(played?.places ?? []),
    ...map.places,
    ...facilities.map(({ id, zh, en, lon, lat }) => ({ id, kind: 'facility' as const, zh, en, lon, lat })),
  ])
    if (!places.has(place.id)) places.set(place.id, place);

  for (const [file, ids] of doubled) notices.push(doubledIdsNotice(file, ids, now));
  notices.push(...strangersIn(files, new Set(departments.map(({ id }) => id)), now));
  // A city made up and a real one are two: roads of both would be one graph of two parts.
  const graph = played && played.graph.nodes.length > 0 ? played.graph : map.graph;
  return {
    city: { graph, kinds, departments, sensors, units, facilities, cameras, places: [...places.values()] },
    ...{ map, notices },
  };
}

/** In WGS 84. */
function at({ crs = 'wgs84' }: OwnFile, { lon, lat }: { lon: number; lat: number }): { lon: number; lat: number } {
  const convert = toWgs84(crs);
  if (!convert) return { lon, lat };
  const [x, y] = convert(lon, lat);
  return { lon: x, lat: y };
}

/** Kinds that neither the product nor the hall has: such things are shown by what stands there. */
function strangeKinds(files: readonly Found<OwnFile>[], own: readonly OwnKind[], now: number): Notice[] {
  const lists = [
    ['sensors', 'sensor'],
    ['units', 'unit'],
    ['facilities', 'facility'],
  ] as const;
  return files.flatMap(({ file, item }) =>
    lists.flatMap(([list, of]) => {
      const there = new Set([...USUAL_KINDS[of], ...own.filter((each) => each.of === of).map(({ kind }) => kind)]);
      const ids = [...new Set(item[list].map(({ kind }) => kind))].filter((kind) => !there.has(kind));
      return ids.length > 0 ? [unknownIdsNotice({ file, of: `${list}: kind`, ids }, now)] : [];
    }),
  );
}

/** Departments that things belong to and that are not there; a hall without departments knows none. */
function strangersIn(files: readonly Found<OwnFile>[], departments: ReadonlySet<string>, now: number): Notice[] {
  if (departments.size === 0) return [];
  return files.flatMap(({ file, item }) =>
    (['units', 'facilities'] as const).flatMap((of) => {
      const ids = [...new Set(item[of].map(({ department }) => department))].filter((id) => !departments.has(id));
      return ids.length > 0 ? [unknownIdsNotice({ file, of, ids }, now)] : [];
    }),
  );
}
