import type { OwnKind } from '../../../core/places/kinds.ts';
import {
  DEPARTMENT_NAMES,
  ENGLISH_NAMES,
  ID_NAMES,
  KIND_NAMES,
  LAT_NAMES,
  LON_NAMES,
  LONLAT_NAMES,
  NAME_NAMES,
  plainColumn,
} from './columnNames.ts';
import type { MappedKind } from './things.ts';
import { BEARING_WORDS, FACILITY_WORDS, SENSOR_WORDS, STREAM_WORDS, UNIT_WORDS, type WordTable } from './words.ts';

/** How the value of a field is made of a cell. */
export type Reads = 'pair' | 'text' | 'word' | 'number' | 'bearing' | 'department' | 'list' | 'address';

/** A field of a kind of thing: how it is read, and what columns that hold it are usually called. */
export interface FieldRule {
  readonly reads: Reads;
  readonly required?: true;
  /** Of one that is required: the field that may stand in its place. */
  readonly unless?: string;
  /** Means something only beside that field. */
  readonly beside?: string;
  /** Of `word`: what people write for its values. */
  readonly words?: WordTable;
  /** The likeliest first, in plain small letters. */
  readonly names: readonly string[];
}

const pair = (names: readonly string[], required?: true): FieldRule =>
  required ? { reads: 'pair', required, names } : { reads: 'pair', names };
const number = (...names: string[]): FieldRule => ({ reads: 'number', names });

/** The fields of each kind, but for its id and where it stands. */
export const FIELDS: Readonly<Record<MappedKind, Readonly<Record<string, FieldRule>>>> = {
  sensors: {
    kind: { reads: 'word', required: true, words: SENSOR_WORDS, names: KIND_NAMES },
    unit: { reads: 'text', names: ['计量单位', '测量单位', '数据单位', '量纲', '单位', 'unit', 'uom'] },
    name: pair(NAME_NAMES, true),
    place: pair([
      '安装位置',
      '安装地点',
      '安装地址',
      '站址',
      '地点',
      '位置',
      '详细地址',
      '地址',
      'place',
      'address',
      'location',
    ]),
  },
  units: {
    callSign: {
      reads: 'text',
      required: true,
      names: [
        '呼号',
        '车牌号',
        '车牌号码',
        '车牌',
        '号牌',
        '车辆名称',
        '队伍名称',
        '名称',
        'callsign',
        'plate',
        'name',
      ],
    },
    department: { reads: 'department', required: true, names: DEPARTMENT_NAMES },
    kind: { reads: 'word', required: true, words: UNIT_WORDS, names: KIND_NAMES },
    capability: {
      reads: 'list',
      names: ['能力', '专长', '主要装备', '装备', '功能', 'capability', 'capabilities', 'skills'],
    },
  },
  facilities: {
    kind: { reads: 'word', required: true, words: FACILITY_WORDS, names: KIND_NAMES },
    name: pair([...NAME_NAMES, '单位名称'], true),
    department: { reads: 'department', required: true, names: DEPARTMENT_NAMES },
    capacity: number('容量', '床位', '床位数', '可容纳人数', '容纳人数', '排水能力', '设计流量', 'capacity', 'beds'),
  },
  cameras: {
    name: pair(NAME_NAMES, true),
    bearing: {
      reads: 'bearing',
      words: BEARING_WORDS,
      names: [
        '朝向',
        '方位角',
        '朝向角',
        '拍摄方向',
        '监控方位',
        '监视方位',
        '方向',
        'bearing',
        'azimuth',
        'heading',
        'direction',
      ],
    },
    fov: number('视场角', '水平视场角', '可视角度', '视角', 'fov'),
    range: number('可视距离', '监控距离', '有效距离', '视距', 'range'),
    height: number('安装高度', '架设高度', '杆高', '高度', 'height'),
    onvif: { reads: 'address', names: ['onvif地址', 'onvif', 'onvifurl'] },
    stream: { reads: 'word', beside: 'onvif', words: STREAM_WORDS, names: ['码流', '码流类型', 'stream'] },
    channel: { ...number('通道', '通道号', 'channel'), beside: 'onvif' },
    source: {
      reads: 'address',
      required: true,
      unless: 'onvif',
      names: [
        ...[
          '取流地址',
          '视频地址',
          '视频流地址',
          '流地址',
          '播放地址',
          'rtsp地址',
          'rtsp',
          'rtspurl',
          '主码流',
          '视频流',
          'url',
          'source',
        ],
        ...['stream', '地址'],
      ],
    },
    sub: {
      ...{ reads: 'address', beside: 'source' },
      names: ['子码流地址', '子码流', '辅码流', 'substream', 'sub'],
    },
  },
  departments: {
    name: pair(['部门名称', '单位名称', '机构名称', '部门', '单位', ...NAME_NAMES], true),
    short: pair(['简称', '部门简称', '单位简称', 'short', 'abbreviation']),
    phone: {
      reads: 'text',
      names: [
        '值班电话',
        '联系电话',
        '电话',
        '电话号码',
        '办公电话',
        '手机',
        '手机号',
        'phone',
        'tel',
        'telephone',
        'mobile',
      ],
    },
  },
  places: { name: pair(NAME_NAMES, true) },
  components: {
    kind: {
      ...{ reads: 'text', required: true },
      names: ['小类代码', '部件代码', '部件小类', '小类', '部件类型', '部件类别', '大类', ...KIND_NAMES],
    },
    name: pair(['部件名称', '小类名称', '部件小类名称', ...NAME_NAMES], true),
    owner: {
      reads: 'text',
      names: ['权属单位', '产权单位', '主管单位', '主管部门', '管理单位', '养护单位', 'owner', 'operator'],
    },
  },
};

const ALL = new Set([
  ...[ID_NAMES, ENGLISH_NAMES, LON_NAMES, LAT_NAMES, LONLAT_NAMES, ['序号', '备注', '时间', '日期', '状态']].flat(),
  ...Object.values(FIELDS).flatMap((fields) => Object.values(fields).flatMap(({ names }) => names)),
]);

/** Whether a name is one that columns of any kind usually have. */
export const isUsualColumn = (name: string): boolean => ALL.has(plainColumn(name));

/** What is written for the values of a field: for kinds those of the product, and the hall's own by their names. */
export function wordsOf(kind: MappedKind, { words = {} }: FieldRule, own: readonly OwnKind[]): WordTable {
  const of = { sensors: 'sensor', units: 'unit', facilities: 'facility' }[kind as string];
  const more = own.filter((each) => each.of === of).map((each) => [each.kind, [each.kind, each.name.zh, each.name.en]]);
  return { ...words, ...Object.fromEntries(more) };
}
