import { z } from 'zod';
import { Id, Point, Text } from '../../contract/schema/basics.ts';
import { complaint } from '../../core/complaint.ts';
import { Crs } from '../../core/places/crs.ts';
import { plainName, WrittenText } from '../../core/plainText.ts';
import { told } from '../../core/told.ts';
import { GbId } from '../video/gb28181/gbId.ts';
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

const OwnId = Id.meta(told('编号：字母、数字与 : . _ ~ @ -', 'Its id: letters, digits and : . _ ~ @ -'));
const Kind = KindName.meta(
  told('类别：产品自带的，或写在 kinds.yaml 中的', 'One of the kinds of the product, or of kinds.yaml.'),
);
const Department = Id.meta(told('所属部门的编号', 'The id of its department.'));

/** As it stands in lists, on the map and at the head of a detail. */
const Name = WrittenText.refine(({ zh, en }) => zh.length <= LONGEST_NAME && en.length <= LONGEST_NAME, TOO_LONG);

const OwnSensor = Point.extend({
  id: OwnId,
  kind: Kind,
  unit: plainName
    .max(20)
    .default('')
    .meta(told('计量单位；只报是与否的省略', 'Of what it measures; left out where it says yes or no.')),
  name: Name,
  place: Name.optional().meta(
    told('安装位置；省略时用名称', 'Where it stands, as people say it; its own name when left out.'),
  ),
}).strict();

const OwnUnit = z.strictObject({
  id: OwnId,
  callSign: plainName.trim().min(1).max(40).meta(told('呼号', 'As it is called by radio.')),
  department: Department,
  kind: Kind,
  capability: z.array(z.string().min(1).max(60)).max(50).default([]).meta(told('能做什么', 'What it can do.')),
});

const OwnFacility = Point.extend({
  id: OwnId,
  kind: Kind,
  name: Name,
  department: Department,
  capacity: z
    .number()
    .nonnegative()
    .optional()
    .meta(told('床位、可容纳人数或 m³/s，按类别而定', 'Beds, places or m³/s, by kind.')),
}).strict();

const OwnPlace = Point.extend({ id: OwnId, name: Name }).strict();

const OwnDepartment = z.strictObject({
  id: OwnId,
  name: Name,
  short: Text.optional().meta(
    told('简称，用于泳道与标签；省略时用名称', 'For lanes and tags; its name when left out.'),
  ),
  phone: plainName
    .max(40)
    .default('')
    .meta(told('对外电话或值班电话', "The number that people dial, or the duty room's.")),
});

const MOST_CHANNELS = 512;
const NO_PICTURES = complaint(
  { zh: '没有写', en: 'is left out' },
  {
    zh: '请写 source（画面地址）、onvif（ONVIF 设备地址）或 gb28181（国标编号）',
    en: 'Write source (the address of its pictures), onvif (that of its device) or gb28181 (its numbers).',
  },
);
const TWO_ADDRESSES = complaint(
  { zh: '与另一种来源同时写了', en: 'stands beside another source' },
  { zh: 'source、onvif、gb28181 只写一个', en: 'Write one of source, onvif and gb28181.' },
);
const OF_ONVIF = complaint(
  { zh: '只用于写了 onvif 的摄像机', en: 'is of cameras that have onvif' },
  { zh: '请删去，或把 source 改为 onvif', en: 'Take it away, or write onvif in the place of source.' },
);

const OF_SOURCE = complaint(
  { zh: '只用于写了 source 的摄像机', en: 'is of cameras that have source' },
  {
    zh: '请删去：ONVIF 与国标设备自己会说明有哪些码流',
    en: 'Take it away: devices of ONVIF and GB/T 28181 tell themselves which streams they have.',
  },
);

const OwnCamera = Point.extend({
  id: OwnId,
  name: Name,
  bearing: z
    .number()
    .min(0)
    .lt(360)
    .default(0)
    .meta(told('朝向，自正北顺时针的度数', 'Direction of the optical axis, degrees clockwise from north.')),
  fov: z
    .number()
    .positive()
    .max(360)
    .default(360)
    .meta(
      told(
        '水平视角，度；能转动或不知道的省略',
        'Full horizontal angle of view, degrees; left out of one that turns, or of which nobody knows.',
      ),
    ),
  range: z
    .number()
    .positive()
    .max(20_000)
    .default(150)
    .meta(told('看得清的距离，米', 'How far a scene can be made out, metres.')),
  height: z.number().min(0).max(1000).default(5).meta(told('离地高度，米', 'Above ground, metres.')),
  source: CameraAddress.optional().meta(
    told(
      '画面地址，可含用户与口令；口令中的 @ 写成 %40',
      'The address of its pictures, user and password in it where it wants them; @ in a password is %40.',
    ),
  ),
  onvif: DeviceAddress.optional().meta(
    told('代替 source：ONVIF 设备的地址', 'Instead of source: the address of its ONVIF device.'),
  ),
  gb28181: z
    .strictObject({
      ...{ device: GbId, channel: GbId },
      turns: z
        .boolean()
        .optional()
        .meta(
          told(
            '有无云台；设备目录所报不符时才写',
            'Whether it has a drive that turns it; written where its device says otherwise.',
          ),
        ),
    })
    .optional()
    .meta(
      told(
        '代替 source：按 GB/T 28181 注册到本系统的设备及其通道的编号，加引号',
        'Instead of source: the numbers of a device that registers with the hall by GB/T 28181 and of its channel, in quotes.',
      ),
    ),
  sub: CameraAddress.optional().meta(
    told(
      '与 source 并列：同一摄像机较小的码流，画面较小时改用',
      'Beside source: its smaller stream, which is played while its picture is shown small.',
    ),
  ),
  hosts: z
    .array(z.string().regex(/^(?:[\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(?::\d{1,5})?$/))
    .max(10)
    .optional()
    .meta(
      told(
        '播放列表（HLS）除其自身外允许访问的主机',
        'Of a source that is a playlist (HLS): hosts beside its own that it may lead to.',
      ),
    ),
  /** Of a device that has several. */
  stream: z.enum(['main', 'sub']).optional(),
  channel: z.number().int().min(1).max(MOST_CHANNELS).optional(),
})
  .strict()
  .superRefine(({ source, onvif, gb28181, sub, hosts, stream, channel }, ctx) => {
    const wrong = (path: string, what: ReturnType<typeof complaint>) =>
      ctx.addIssue({ code: 'custom', path: [path], ...what });
    const [first, second] = Object.entries({ source, onvif, gb28181 }).filter(([, value]) => value !== undefined);
    if (!first) wrong('source', NO_PICTURES);
    if (second) wrong(second[0], TWO_ADDRESSES);
    if (source === undefined && sub !== undefined) wrong('sub', OF_SOURCE);
    if (source === undefined && hosts !== undefined) wrong('hosts', OF_SOURCE);
    if (onvif === undefined && stream !== undefined) wrong('stream', OF_ONVIF);
    if (onvif === undefined && channel !== undefined) wrong('channel', OF_ONVIF);
  })
  .transform(({ source = '', onvif, gb28181, stream = 'both' as const, channel = 1, ...camera }) => ({
    ...camera,
    source: gb28181 ? { gb28181 } : onvif === undefined ? source : { onvif, stream, channel },
  }));

const NO_CRS = complaint(
  { zh: '没有写坐标系', en: 'is left out' },
  {
    zh: '请写明 wgs84、gcj02 或 bd09：猜错会偏移半公里',
    en: 'Write wgs84, gcj02 or bd09: a wrong guess is half a kilometre off.',
  },
);

/** One file of the hall's folders `city` and `cameras`: things of its own, or of a simulated city. */
export const OwnFile = z
  .strictObject({
    crs: Crs.optional().meta(
      told(
        '本文件的坐标系；没有默认值，猜错会偏移半公里',
        'What the coordinates of the file mean. No default: a wrong guess is half a kilometre off.',
      ),
    ),
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
