import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Text } from '../../core/words.ts';
import { exportCity, type Manifest } from '../../main/city/export/exportCity.ts';
import { EXPORT_CRS, type ExportCrs } from '../../main/city/export/tableText.ts';
import { isFree, writeFolder } from '../../main/city/export/writeFolder.ts';
import { crsNamed } from '../../main/city/import/crs.ts';
import { withOwnThings } from '../../main/city/ownThings.ts';
import { systemClock } from '../../main/clock.ts';
import { readHallYaml } from '../../main/config/hallYaml.ts';
import { readHallArguments } from '../../main/options.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { inProject, Refusal, readJson, say } from '../project.ts';
import { CALLED } from './check.ts';

const USAGE = `npm run hall -- export FOLDER OUT [--crs ${Object.keys(EXPORT_CRS).join('|')}]`;

/** Its names would be the map's and not the hall's, and it is large. */
const NO_MAP = { graph: { classes: [], names: [], nodes: [], edges: [], bends: [] }, places: [], notices: [] };

/**
 * Writes what a hall's folder tells of as tables that others read and an import takes back. Answers 1 where one of its files is wrong, and
 * therefore not in them.
 */
export function exportThings(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { lang: { type: 'string', default: 'zh-CN' }, crs: { type: 'string', default: 'wgs84' } },
  });
  const [from, to] = positionals;
  if (from === undefined || to === undefined || positionals.length > 2) throw new Refusal(USAGE);
  const { data: hallDir, lang } = readHallArguments(['--data', from, '--lang', values.lang]);
  const text = ({ zh, en }: Text) => (lang === 'en' ? en : zh);
  const crs = crsAsked(values.crs);
  if (crs === null)
    throw new Refusal(text({ zh: `没有坐标系“${values.crs}”。${USAGE}`, en: `There is no "${values.crs}": ${USAGE}` }));
  if (!existsSync(hallDir))
    throw new Refusal(text({ zh: `没有文件夹 ${hallDir}。`, en: `There is no folder ${hallDir}.` }));
  const out = resolve(to);
  const taken = () =>
    new Refusal(
      text({
        zh: `${out} 已有内容：请换一个名称，或移走其中的内容。`,
        en: `${out} is not an empty folder: name another, or move away what is there.`,
      }),
    );
  if (!isFree(out)) throw taken();
  const clock = systemClock();
  const [rejects, now] = [createRejects({ clock }), clock.now()];
  const { identity, notices: ofHall } = readHallYaml(hallDir, rejects, now);
  const { city, notices } = withOwnThings({ dataDir: hallDir, rejects, now, map: NO_MAP });
  const wrong = [...ofHall, ...notices].filter(({ severity }) => severity === 'error');
  for (const { text: said, remedy } of wrong) say([said, ...(remedy ? [remedy] : [])].map(text).join(text(STOP)));
  const kinds = join(hallDir, 'kinds.yaml');
  const { version } = readJson(inProject('package.json')) as { version: string };
  const { files, manifest } = exportCity({
    ...{ city, hall: identity.name, crs, version, now },
    kinds: existsSync(kinds) ? readFileSync(kinds, 'utf8') : null,
  });
  try {
    writeFolder(out, files);
  } catch (error) {
    throw isFree(out) ? error : taken(); // Another export was there first.
  }
  for (const line of saidOf(manifest, out)) say(text(line));
  return wrong.length > 0 ? 1 : 0;
}

const STOP: Text = { zh: '。', en: '. ' };

function crsAsked(name: string): ExportCrs | null {
  const crs = crsNamed(name);
  return crs !== null && Object.hasOwn(EXPORT_CRS, crs) ? (crs as ExportCrs) : null;
}

function saidOf({ tables, withoutPassword, leftOut, coordinates }: Manifest, out: string): Text[] {
  const there = tables.filter(({ count }) => count > 0);
  const zh = there.map(({ what, count }) => `${CALLED[what]} ${count}`).join('、');
  const en = there.map(({ what, count }) => `${count} ${what}`).join(', ');
  const csv = EXPORT_CRS[coordinates.csv];
  return [
    { zh: `已导出到 ${out}：${zh || '没有内容'}`, en: `${out}: ${en || 'nothing'}` },
    ...(there.some(({ files }) => files.length > 1)
      ? [{ zh: `  坐标：CSV 为 ${csv}，GeoJSON 为 WGS 84`, en: `  coordinates: ${csv} in CSV, WGS 84 in GeoJSON` }]
      : []),
    ...(withoutPassword.cameras === 0
      ? []
      : [
          {
            zh: `  ${withoutPassword.cameras} 台摄像机的取流地址已去除用户与口令`,
            en: `  user and password were taken out of the addresses of ${withoutPassword.cameras} cameras`,
          },
        ]),
    ...(leftOut.cameras === 0
      ? []
      : [
          {
            zh: `  未导出 ${leftOut.cameras} 台：${leftOut.said.zh}`,
            en: `  ${leftOut.cameras} left out: ${leftOut.said.en}`,
          },
        ]),
  ];
}
