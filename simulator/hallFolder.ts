import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeWhole } from '../main/files/writeWhole.ts';
import type { FeedFile } from './devices/system.ts';
import type { PlayedCity } from './load.ts';
import { placesOf } from './places.ts';

/**
 * Writes the city as any hall's folder is written (docs/city.md): things, cameras with the addresses of their pictures, roads and names, the feed.
 *
 * @param folder is written anew
 * @param as.feed address of its telemetry, with its token
 * @param as.devices feeds of departments' systems; a file is called by its `id`
 * @param as.pictures address of a camera's pictures, with its token
 * @throws the system's error
 */
export function writeHallFolder(
  folder: string,
  as: { city: PlayedCity; feed: string; devices: readonly FeedFile[]; pictures(camera: string): string },
): void {
  const { city, feed, devices, pictures } = as;
  rmSync(folder, { recursive: true, force: true });
  const write = (name: string, value: unknown) => writeWhole(join(folder, name), `${JSON.stringify(value)}\n`);
  const name = ({ zh, en }: { zh: string; en: string }) => ({ zh, en });
  const crs = 'wgs84';
  write('city/things.json', {
    crs,
    departments: city.departments.map(({ id, shortZh, shortEn, phone, ...named }) => ({
      ...{ id, phone, name: name(named), short: { zh: shortZh, en: shortEn } },
    })),
    sensors: city.sensors.map(({ id, kind, unit, lon, lat, place, ...named }) => ({
      ...{ id, kind, unit, lon, lat, place, name: name(named) },
    })),
    units: city.units.map(({ home: _, ...unit }) => unit),
    facilities: city.facilities.map(({ zh, en, ...facility }) => ({ ...facility, name: { zh, en } })),
  });
  write('city/map/roads.json', city.graph);
  write('city/map/places.json', placesOf(city));
  write('cameras/cameras.json', {
    crs,
    cameras: city.cameras.map(({ zh, en, scene: _, ...camera }) => ({
      ...camera,
      ...{ name: { zh, en }, source: pictures(camera.id) },
    })),
  });
  const rest = {
    ...{ id: 'drill-city', protocol: 'ws-json', name: { zh: '演练城市', en: 'Drill city' } },
    ...{ url: feed, crs, silentAfter: 5 },
  };
  for (const config of [rest, ...devices]) writeWhole(join(folder, 'feeds', `${config.id}.yaml`), stringify(config));
}
