import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../contract/features/notices.ts';
import type { Text } from '../../core/words.ts';
import { HALL_YAML } from '../../main/config/hallYaml.ts';
import { fileFault } from '../../main/config/textFile.ts';
import { readHallArguments } from '../../main/options.ts';
import { inProject, Refusal, readJson, say } from '../project.ts';
import { checkFolder } from './folder.ts';
import { renewSchemas, SCHEMAS } from './schemas.ts';

/** What a folder holds, as a sentence has it. */
export const CALLED = {
  ...{ departments: '部门', places: '地名', facilities: '设施', sensors: '传感器', units: '力量', cameras: '摄像机' },
  ...{ rules: '告警规则', plans: '预案', feeds: '数据源' },
};
const SEVERITY = { info: '说明', warning: '注意', error: '未采用' };

/** Says what is to be said of files, a line each. */
export function sayNotices(notices: readonly Pick<Notice, 'severity' | 'text' | 'remedy'>[], lang: string): void {
  for (const { severity, text, remedy } of notices) {
    const said = [text, ...(remedy ? [remedy] : [])].map((each) => (lang === 'en' ? each.en : each.zh));
    say(lang === 'en' ? `${severity}: ${said.join('. ')}` : `${SEVERITY[severity]}：${said.join('。')}`);
  }
}

/** Says what is wrong with the files of a hall's folder, as its start would. Answers 1 where one of them would be left out. */
export function check(options: readonly string[]): number {
  const { data: dataDir, lang } = readHallArguments(options);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const { counts, notices } = checkFolder({ dataDir, resources: inProject('resources') });
  sayNotices(notices, lang);
  if (!existsSync(join(dataDir, HALL_YAML)))
    say(
      lang === 'en'
        ? `${dataDir} has no hall.yaml: it is started as the made-up city, which is counted below once it was. A folder for a city of your own is made with "npm run hall -- init".`
        : `${dataDir} 中没有 hall.yaml：启动时即为演练城市，启动过一次后，以下数量含演练城市。自己的城市请用 npm run hall -- init 新建文件夹。`,
    );
  const named = Object.entries(counts).map(([what, count]) =>
    lang === 'en' ? `${count} ${what}` : `${CALLED[what as keyof typeof counts]} ${count}`,
  );
  say(lang === 'en' ? `${dataDir}: ${named.join(', ')}` : `${dataDir}：${named.join('、')}`);
  const schemas = schemasSaid(dataDir);
  if (schemas) say(lang === 'en' ? schemas.en : schemas.zh);
  return notices.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Brings what editors know of the files up to this program. A folder that cannot be written is checked all the same. */
function schemasSaid(dataDir: string): Text | null {
  const { version } = readJson(inProject('package.json')) as { version: string };
  try {
    if (!renewSchemas(dataDir, version)) return null;
    return {
      zh: `已更新 ${SCHEMAS}，编辑器据此提示`,
      en: `${SCHEMAS} is renewed: editors tell by it what may be written`,
    };
  } catch (error) {
    const { message } = fileFault(error);
    return { zh: `未能更新 ${SCHEMAS}：${message.zh}`, en: `${SCHEMAS} is not renewed: it ${message.en}` };
  }
}
