import type { Text } from '../../../core/words.ts';
import type { HallCity } from '../hallCity.ts';
import type { ImportKind } from '../import/things.ts';
import { REMOVED, registeringIn, tablesOf } from './tables.ts';
import { csvText, type ExportCrs, geojsonText } from './tableText.ts';

/** What an export says of itself, as `manifest.json`. */
export interface Manifest {
  /** Of this form, so that a later one can be told. */
  readonly export: 1;
  /** Null where its folder does not say. */
  readonly hall: Text | null;
  /** ISO 8601. */
  readonly made: string;
  readonly program: string;
  readonly coordinates: { readonly csv: ExportCrs; readonly geojson: 'wgs84' };
  /** Each kind of thing, those too of which there is none and no file. */
  readonly tables: readonly { readonly what: ImportKind; readonly count: number; readonly files: readonly string[] }[];
  /** The hall's own kinds of things, which its tables speak of; null where it has none. */
  readonly kinds: string | null;
  /** Cameras whose user, password or token was taken out of the address. */
  readonly withoutPassword: { readonly cameras: number; readonly said: Text };
  /** Cameras that are in no table. */
  readonly leftOut: { readonly cameras: number; readonly said: Text };
}

const PASSWORDS: Text = {
  zh: '取流地址中的用户、口令与令牌已去除，导入后请补上',
  en: 'Users, passwords and tokens were taken out of the cameras’ addresses: fill them in after an import.',
};

const REGISTERING: Text = {
  zh: '按 GB/T 28181 注册的摄像机没有取流地址，未导出，请一并带走 cameras/ 与 gb28181.yaml',
  en: 'Cameras that register by GB/T 28181 have no address and are in no table: take cameras/ and gb28181.yaml along.',
};

/**
 * The tables of a hall's city and what is said of them, by the names of the files.
 *
 * @param options.city without the names of its map
 * @param options.kinds text of its `kinds.yaml`
 * @param options.now wall clock, milliseconds
 */
export function exportCity(options: {
  city: HallCity;
  hall: Text | null;
  kinds: string | null;
  crs: ExportCrs;
  version: string;
  now: number;
}): { files: Readonly<Record<string, string>>; manifest: Manifest } {
  const { city, hall, kinds, crs, version, now } = options;
  const files: Record<string, string> = {};
  const tables = tablesOf(city).map((table) => {
    const { kind: what, rows } = table;
    const own: Record<string, string> = {};
    if (rows.length > 0) own[`${what}.csv`] = csvText(table, crs);
    if (rows.some(({ at }) => at !== null)) own[`${what}.geojson`] = geojsonText(table);
    Object.assign(files, own);
    return { what, count: rows.length, files: Object.keys(own), rows };
  });
  if (kinds !== null) files['kinds.yaml'] = kinds;
  const cameras = tables.find(({ what }) => what === 'cameras')?.rows ?? [];
  const manifest: Manifest = {
    ...{ export: 1, hall, made: new Date(now).toISOString(), program: `OpsHall ${version}` },
    coordinates: { csv: crs, geojson: 'wgs84' },
    tables: tables.map(({ rows: _, ...said }) => said),
    kinds: kinds === null ? null : 'kinds.yaml',
    withoutPassword: { cameras: cameras.filter(({ values }) => values.includes(REMOVED)).length, said: PASSWORDS },
    leftOut: { cameras: registeringIn(city), said: REGISTERING },
  };
  return { files: { ...files, 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` }, manifest };
}
