import { z } from 'zod';
import { Id, Point, Text } from '../../contract/schema/basics.ts';
import { complaint } from '../../core/complaint.ts';
import { Crs } from '../../core/places/crs.ts';
import { plainName, WrittenText } from '../../core/plainText.ts';
import { CameraAddress, DeviceAddress } from './cameraAddress.ts';
import { KindName } from './kindsYaml.ts';

const LONGEST_NAME = 120;
const TOO_LONG = complaint(
  { zh: `名称超过 ${LONGEST_NAME} 个字符`, en: `has more than ${LONGEST_NAME} characters` },
  { zh: '请写简短的名称', en: 'Give it a short name.' },
);
/** So many of one kind in one file: two hundred thousand are a district's. */
export const MOST = 200_000;
/** A hall of more departments is a list of another thing. */
export const MOST_DEPARTMENTS = 200;

/** As it stands in lists, on the map and at the head of a detail. */
const Name = WrittenText.refine(({ zh, en }) => zh.length <= LONGEST_NAME && en.length <= LONGEST_NAME, TOO_LONG);

const OwnSensor = Point.extend({
  id: Id,
  kind: KindName,
  /** Of what it measures; empty where it says yes or no. */
  unit: plainName.max(20).default(''),
  name: Name,
  /** Where it stands, as people say it; its own name when left out. */
  place: Name.optional(),
}).strict();

const OwnUnit = z.strictObject({
  id: Id,
  callSign: plainName.trim().min(1).max(40),
  department: Id,
  kind: KindName,
  capability: z.array(z.string().min(1).max(60)).max(50).default([]),
});

const OwnFacility = Point.extend({
  id: Id,
  kind: KindName,
  name: Name,
  department: Id,
  /** Beds, places or m³/s, by kind. */
  capacity: z.number().nonnegative().optional(),
}).strict();

const OwnPlace = Point.extend({ id: Id, name: Name }).strict();

const OwnDepartment = z.strictObject({
  id: Id,
  name: Name,
  /** For lanes and tags; its name when left out. */
  short: Text.optional(),
  /** The number that people dial, or the duty room's. */
  phone: plainName.max(40).default(''),
});

const MOST_CHANNELS = 512;
const NO_PICTURES = complaint(
  { zh: '没有写', en: 'is left out' },
  {
    zh: '请写 source（画面地址）或 onvif（ONVIF 设备地址）',
    en: 'Write source (the address of its pictures) or onvif (that of its device).',
  },
);
const TWO_ADDRESSES = complaint(
  { zh: '与 source 同时写了', en: 'stands beside source' },
  { zh: '两者只写一个', en: 'Write one of the two.' },
);
const OF_ONVIF = complaint(
  { zh: '只用于写了 onvif 的摄像机', en: 'is of cameras that have onvif' },
  { zh: '请删去，或把 source 改为 onvif', en: 'Take it away, or write onvif in the place of source.' },
);

const OwnCamera = Point.extend({
  id: Id,
  name: Name,
  /** Direction of the optical axis, degrees clockwise from north. */
  bearing: z.number().min(0).lt(360).default(0),
  /** Full horizontal angle of view, degrees; of one that turns, or of which nobody knows: all around. */
  fov: z.number().positive().max(360).default(360),
  /** How far a scene can be made out, metres. */
  range: z.number().positive().max(20_000).default(150),
  /** Above ground, metres. */
  height: z.number().min(0).max(1000).default(5),
  source: CameraAddress.optional(),
  onvif: DeviceAddress.optional(),
  /** Of a device that has several. */
  stream: z.enum(['main', 'sub']).optional(),
  channel: z.number().int().min(1).max(MOST_CHANNELS).optional(),
})
  .strict()
  .superRefine(({ source, onvif, stream, channel }, ctx) => {
    const wrong = (path: string, what: ReturnType<typeof complaint>) =>
      ctx.addIssue({ code: 'custom', path: [path], ...what });
    if (source === undefined && onvif === undefined) wrong('source', NO_PICTURES);
    if (source !== undefined && onvif !== undefined) wrong('onvif', TWO_ADDRESSES);
    if (onvif === undefined && stream !== undefined) wrong('stream', OF_ONVIF);
    if (onvif === undefined && channel !== undefined) wrong('channel', OF_ONVIF);
  })
  .transform(({ source = '', onvif, stream = 'main', channel = 1, ...camera }) => ({
    ...camera,
    source: onvif === undefined ? source : { onvif, stream, channel },
  }));

const NO_CRS = complaint(
  { zh: '没有写坐标系', en: 'is left out' },
  {
    zh: '请写明 wgs84、gcj02 或 bd09：猜错会偏移半公里',
    en: 'Write wgs84, gcj02 or bd09: a wrong guess is half a kilometre off.',
  },
);

/** One file of the hall's folders `city` and `cameras`: things of its own, beside those of the drill city. */
export const OwnFile = z
  .strictObject({
    /** What the coordinates of the file mean. */
    crs: Crs.optional(),
    departments: z.array(OwnDepartment).max(MOST_DEPARTMENTS).default([]),
    sensors: z.array(OwnSensor).max(MOST).default([]),
    units: z.array(OwnUnit).max(MOST).default([]),
    facilities: z.array(OwnFacility).max(MOST).default([]),
    places: z.array(OwnPlace).max(MOST).default([]),
    cameras: z.array(OwnCamera).max(MOST).default([]),
  })
  .superRefine(({ crs, ...lists }, ctx) => {
    const placed = [lists.sensors, lists.facilities, lists.places, lists.cameras].some((list) => list.length > 0);
    if (crs === undefined && placed) ctx.addIssue({ code: 'custom', path: ['crs'], ...NO_CRS });
  });
export type OwnFile = z.infer<typeof OwnFile>;
