import type { LonLat } from '../../../core/places/geo.ts';
import { withoutCredentials } from '../../../native/ffmpeg/mask.ts';
import type { HallCity } from '../hallCity.ts';
import { IMPORT_KINDS, type ImportKind } from '../import/things.ts';

/** A column: what a table calls it, and what a program does. Both are names that an import knows. */
export interface Column {
  readonly zh: string;
  readonly member: string;
}

type Value = string | number;

/** One thing in the order of the columns, and where it stands; null where nothing is said. */
export interface Row {
  readonly values: readonly (Value | null)[];
  /** WGS 84, to 1 cm. */
  readonly at: LonLat | null;
}

/** All things of a kind. */
export interface Table {
  readonly kind: ImportKind;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const column = (zh: string, member: string): Column => ({ zh, member });
const ID = column('编号', 'id');
const NAME = [column('名称', 'name'), column('英文名称', 'name_en')];
const KIND = column('类别', 'kind');
const DEPARTMENT = column('部门', 'department');

/** Of a camera whose address had a user, a password or a token in it. */
export const REMOVED = '已去除';

const COLUMNS: Readonly<Record<ImportKind, readonly Column[]>> = {
  departments: [ID, ...NAME, column('简称', 'short'), column('简称英文', 'short_en'), column('电话', 'phone')],
  sensors: [
    ID,
    ...NAME,
    KIND,
    column('计量单位', 'unit'),
    column('安装位置', 'place'),
    column('安装位置英文', 'place_en'),
  ],
  units: [ID, column('呼号', 'callSign'), DEPARTMENT, KIND, column('能力', 'capability')],
  facilities: [ID, ...NAME, KIND, DEPARTMENT, column('容量', 'capacity')],
  cameras: [
    ...[ID, ...NAME, column('朝向', 'bearing'), column('视场角', 'fov'), column('可视距离', 'range')],
    ...[column('安装高度', 'height'), column('取流地址', 'source'), column('子码流地址', 'sub')],
    ...[column('ONVIF地址', 'onvif'), column('码流', 'stream'), column('通道', 'channel'), column('口令', 'password')],
  ],
  places: [ID, ...NAME],
};

/** About 1 cm, as an import has it. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const at = ({ lon, lat }: LonLat): LonLat => ({ lon: round(lon), lat: round(lat) });

/** A list as one cell. What it ends with tells a thing of several words from several things. */
const list = (all: readonly string[]): string | null => (all.length === 0 ? null : `${all.join('；')}；`);

const ROWS: Readonly<Record<ImportKind, (city: HallCity) => Row[]>> = {
  departments: (city) =>
    city.departments.map(({ id, zh, en, shortZh, shortEn, phone }) => ({
      values: [id, zh, en, shortZh, shortEn, phone],
      at: null,
    })),
  sensors: (city) =>
    city.sensors.map((each) => ({
      values: [each.id, each.zh, each.en, each.kind, each.unit, each.place.zh, each.place.en],
      at: at(each),
    })),
  units: (city) =>
    city.units.map(({ id, callSign, department, kind, capability }) => ({
      values: [id, callSign, department, kind, list(capability)],
      at: null,
    })),
  facilities: (city) =>
    city.facilities.map((each) => ({
      values: [each.id, each.zh, each.en, each.kind, each.department, each.capacity ?? null],
      at: at(each),
    })),
  cameras: (city) =>
    city.cameras.flatMap((each) => {
      const { id, zh, en, bearing, fov, range, height, source = '', sub } = each;
      if (typeof source === 'object' && 'gb28181' in source) return []; // See registeringIn.
      const main = withoutCredentials(typeof source === 'string' ? source : source.onvif);
      const small = sub === undefined ? null : withoutCredentials(sub);
      const pictures =
        typeof source === 'string'
          ? [main.address, small?.address ?? null, null, null, null]
          : [null, null, main.address, source.stream === 'both' ? null : source.stream, source.channel];
      const removed = main.removed || small?.removed;
      return {
        values: [id, zh, en, bearing, fov, range, height, ...pictures, removed ? REMOVED : null],
        at: at(each),
      };
    }),
  places: (city) =>
    city.places
      .filter(({ kind }) => kind === 'place')
      .map((each) => ({ values: [each.id, each.zh, each.en], at: at(each) })),
};

/** Cameras that register with the hall: they have no address, and a table has no column for their numbers. */
export const registeringIn = ({ cameras }: HallCity): number =>
  cameras.filter(({ source }) => typeof source === 'object' && 'gb28181' in source).length;

/** What there is in a city as tables, those with nothing in them too. @param city without the names of its map */
export const tablesOf = (city: HallCity): Table[] =>
  IMPORT_KINDS.map((kind) => ({ kind, columns: COLUMNS[kind], rows: ROWS[kind](city) }));
