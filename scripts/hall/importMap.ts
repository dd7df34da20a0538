import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Text } from '../../core/words.ts';
import { BasemapFault } from '../../main/basemap/archive/fault.ts';
import { importMap } from '../../main/basemap/importMap.ts';
import { OsmFileError } from '../../main/basemap/osm/osmFileError.ts';
import { systemClock } from '../../main/clock.ts';
import { readHallArguments } from '../../main/options.ts';
import { Refusal, say } from '../project.ts';

/** What the converter leaves out, by its English name. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  ...{ 'cut ways': '被截断的道路与边线', 'broken areas': '不闭合的区域', 'cut areas': '被截断的区域', tiles: '瓦片' },
  ...{ 'broken coastline': '海岸线', 'pieces of coastline': '海岸线片段', 'roads apart': '孤立路段' },
  ...{ addresses: '门牌地址', 'named places': '地名' },
};
const LOAD: Text = { zh: '在“设置”中载入，或启动大厅后生效。', en: 'Load it under Setup, or start the hall.' };

const USAGE = 'npm run hall -- import map FILE --data FOLDER';

/** Makes the map of a hall of an OpenStreetMap extract or of tiles. Ctrl-C gives it up, and leaves the map as it was. */
export async function importMapCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, lang: { type: 'string', default: 'zh-CN' } },
  });
  const [name] = positionals;
  if (name === undefined || values.data === undefined) throw new Refusal(USAGE);
  const file = resolve(name);
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`);
  const { data: dataDir } = readHallArguments(['--data', values.data]);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const text = ({ zh, en }: Text) => (values.lang === 'en' ? en : zh);
  const stop = new AbortController();
  const giveUp = () => stop.abort();
  process.once('SIGINT', giveUp);
  let told = -1;
  try {
    const { basemap, tiles, found, leftOut } = await importMap({
      ...{ file, dataDir, now: systemClock().now(), signal: stop.signal },
      onProgress(share) {
        const percent = Math.floor(share * 20) * 5;
        if (percent > told) say(`  ${percent} %`);
        told = Math.max(told, percent);
      },
    });
    const [west, south, east, north] = basemap.bounds.map((degrees) => degrees.toFixed(4));
    const area = `${west}, ${south} – ${east}, ${north}`;
    say(text({ zh: `${file}：瓦片 ${tiles} 个，范围 ${area}`, en: `${file}: ${tiles} tiles of ${area}` }));
    if (found)
      say(
        text({
          zh: `  路段 ${found.roads}，可搜索的地名 ${found.places}`,
          en: `  ${found.roads} stretches of road, ${found.places} places by name`,
        }),
      );
    for (const { what, why, count } of leftOut)
      say(text({ zh: `  ${LEFT_OUT[what] ?? what}（${count}）：${why.zh}`, en: `  ${count} × ${what}: ${why.en}` }));
    say(text(LOAD));
    return 0;
  } catch (error) {
    if (stop.signal.aborted)
      throw new Refusal(text({ zh: '已放弃，底图未变。', en: 'Given up; the map is as it was.' }));
    if (error instanceof BasemapFault || error instanceof OsmFileError) throw new Refusal(text(error.text));
    throw error;
  } finally {
    process.off('SIGINT', giveUp);
  }
}
