import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CAMERA_SCENES } from '../core/places/camera.ts';
import { type City, FACILITY_KINDS, SENSOR_KINDS, UNIT_KINDS } from '../core/places/city.ts';
import { GraphShape } from '../core/places/graphShape.ts';
import type { Text } from '../core/words.ts';

/** A file of the city is missing or not what it should be; the message names the file and the remedy. */
export class CityFileError extends Error {
  readonly file: string;
  /** Which file, and what is wrong with it. */
  readonly text: Text;

  constructor(file: string, reason: Text, cause?: unknown) {
    super(`City file ${file} ${reason.en}. Run "npm run build" to make the city again.`, { cause });
    this.name = 'CityFileError';
    this.file = file;
    this.text = { zh: `${file} ${reason.zh}`, en: `${file} ${reason.en}` };
  }
}

/** The city as it is played; its components are for the map alone. */
export type PlayedCity = Omit<City, 'components'>;

/**
 * Reads the made-up city from its folder (`resources/city`). Columns of tens of thousands of numbers are checked for
 * kind and equal length, not value by value. Throws {@link CityFileError}.
 */
export function loadCity(dir: string): PlayedCity {
  const read = <T>(name: string, schema: z.ZodType<T>): T => readFile(join(dir, name), schema);
  const city: PlayedCity = {
    meta: read('city.json', metaSchema),
    cells: read('cells.json', z.array(z.object({ code: gridCode, polygons: z.custom<Polygons>(isList) }))),
    graph: read('graph.json', GraphShape),
    cameras: read('cameras.json', z.array(cameraSchema)),
    facilities: read('facilities.json', z.array(facilitySchema)),
    departments: read('departments.json', z.array(departmentSchema)),
    units: read('units.json', z.array(unitSchema)),
    sensors: read('sensors.json', z.array(sensorSchema)),
  };
  const nodes = city.graph.nodes.length;
  const lost = city.units.find((unit) => unit.home >= nodes);
  if (lost) {
    throw new CityFileError(join(dir, 'units.json'), {
      zh: `把力量 ${lost.id} 设在道路节点 ${lost.home}，而 graph.json 只有 ${nodes} 个节点`,
      en: `stations unit ${lost.id} at road node ${lost.home}, but graph.json has ${nodes} nodes`,
    });
  }
  return city;
}

type Polygons = City['cells'][number]['polygons'];

function readFile<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CityFileError(file, { zh: '无法读取', en: 'cannot be read' }, cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CityFileError(file, { zh: '不是 JSON', en: 'is not JSON' }, cause);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const at = issue?.path.join('.');
  const reason = { zh: `在 ${at || '根'} 处不符合要求`, en: `is wrong at ${at || 'its root'}: ${issue?.message}` };
  throw new CityFileError(file, reason, result.error);
}

const isList = (value: unknown): boolean => Array.isArray(value);

const name = { zh: z.string().min(1), en: z.string().min(1) };
const lonLat = { lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) };
const gridCode = z.string().regex(/^\d{15}$/, 'must be a 15-digit grid code');
const division = z.object({ code: z.string(), ...name, ...lonLat });

const metaSchema = z.object({
  version: z.literal(1),
  seed: z.number().int(),
  ...name,
  county: z.string().regex(/^\d{6}$/),
  center: z.object(lonLat),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  counts: z.record(z.string(), z.number().int()),
  places: z.array(z.object({ id: z.string(), kind: z.string(), ...name, ...lonLat })),
  streets: z.array(division),
  communities: z.array(division),
});

const cameraSchema = z.object({
  id: z.string(),
  ...name,
  ...lonLat,
  height: z.number(),
  bearing: z.number().min(0).lt(360),
  fov: z.number().positive().max(360),
  range: z.number().positive(),
  scene: z.enum(CAMERA_SCENES),
});

const facilitySchema = z
  .object({
    id: z.string(),
    kind: z.enum(FACILITY_KINDS),
    department: z.string(),
    ...name,
    ...lonLat,
    capacity: z.number().optional(),
  })
  .transform(({ capacity, ...rest }) => (capacity === undefined ? rest : { ...rest, capacity }));

const departmentSchema = z.object({
  id: z.string(),
  ...name,
  shortZh: z.string(),
  shortEn: z.string(),
  phone: z.string(),
});

const unitSchema = z.object({
  id: z.string(),
  callSign: z.string(),
  department: z.string(),
  kind: z.enum(UNIT_KINDS),
  capability: z.array(z.string()),
  home: z.number().int().min(0),
});

const sensorSchema = z.object({
  id: z.string(),
  kind: z.enum(SENSOR_KINDS),
  unit: z.string(),
  ...name,
  ...lonLat,
  place: z.object(name),
});
