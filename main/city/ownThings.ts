import { join } from 'node:path';
import { z } from 'zod';
import type { Notice } from '../../contract/features/notices.ts';
import { Id, Point } from '../../contract/schema/basics.ts';
import { complaint } from '../../core/complaint.ts';
import { SENSOR_KINDS, UNIT_KINDS } from '../../core/places/city.ts';
import { Crs, toWgs84 } from '../../core/places/crs.ts';
import { plainName, WrittenText } from '../../core/plainText.ts';
import { readFolder } from '../config/catalogue.ts';
import { badFileNotices, doubledIdsNotice, unknownIdsNotice } from '../notices/configuration.ts';
import type { Rejects } from '../rejects/rejects.ts';
import type { HallCity, MadeCity } from './hallCity.ts';

const OwnSensor = Point.extend({
  id: Id,
  kind: z.enum(SENSOR_KINDS),
  /** Of what it measures. */
  unit: plainName.min(1).max(20),
  name: WrittenText,
  /** Where it stands, as people say it; its own name when left out. */
  place: WrittenText.optional(),
}).strict();

const OwnUnit = z.strictObject({
  id: Id,
  callSign: plainName.trim().min(1).max(40),
  department: Id,
  kind: z.enum(UNIT_KINDS),
  capability: z.array(z.string().min(1).max(60)).max(50).default([]),
});

const NO_CRS = complaint(
  { zh: '没有写坐标系', en: 'is left out' },
  {
    zh: '请写明 wgs84、gcj02 或 bd09：猜错会偏移半公里',
    en: 'Write wgs84, gcj02 or bd09: a wrong guess is half a kilometre off.',
  },
);

/** One file of the hall's folder `city`: sensors and units of its own, beside those of the drill city. */
const OwnThings = z
  .strictObject({
    /** What the coordinates of the file mean. */
    crs: Crs.optional(),
    sensors: z.array(OwnSensor).max(100_000).default([]),
    units: z.array(OwnUnit).max(100_000).default([]),
  })
  .superRefine(({ crs, sensors }, ctx) => {
    if (crs === undefined && sensors.length > 0) ctx.addIssue({ code: 'custom', path: ['crs'], ...NO_CRS });
  });

/**
 * Joins the drill city with what the hall's own folder `city` tells of: of two things with one id the first is taken, and the other is
 * named. A file that is wrong is named with its line, and the others are in use.
 *
 * @param dir the hall's folder `city`, which need not be there
 */
export function withOwnThings(
  made: MadeCity,
  { dir, rejects, now }: { dir: string; rejects: Rejects; now: number },
): { city: HallCity; notices: Notice[] } {
  const { items, bad } = readFolder(dir, OwnThings, rejects);
  const notices = badFileNotices(bad, now);
  const sensors = new Map<string, HallCity['sensors'][number]>(made.sensors.map((each) => [each.id, each]));
  const units = new Map<string, HallCity['units'][number]>(made.units.map((each) => [each.id, each]));
  const departments = new Set(made.departments.map(({ id }) => id));
  for (const { file, item } of items) {
    const doubled: string[] = [];
    const take = <T extends { id: string }>(all: Map<string, T>, thing: T): void => {
      if (all.has(thing.id)) doubled.push(thing.id);
      else all.set(thing.id, thing);
    };
    const convert = toWgs84(item.crs ?? 'wgs84');
    for (const { name, place = name, ...sensor } of item.sensors) {
      const [lon, lat] = convert ? convert(sensor.lon, sensor.lat) : [sensor.lon, sensor.lat];
      take(sensors, { ...sensor, lon, lat, ...name, place });
    }
    for (const unit of item.units) take(units, unit);
    if (doubled.length > 0) notices.push(doubledIdsNotice(file, doubled, now));
    const strangers = new Set(item.units.map(({ department }) => department).filter((id) => !departments.has(id)));
    // A hall without departments knows none.
    if (strangers.size > 0 && departments.size > 0)
      notices.push(unknownIdsNotice({ file, of: 'units', ids: [...strangers] }, now));
  }
  return { city: { ...made, sensors: [...sensors.values()], units: [...units.values()] }, notices };
}

/** Where the hall's own things are told of, in its data folder. */
export const ownThingsIn = (dataDir: string): string => join(dataDir, 'city');
