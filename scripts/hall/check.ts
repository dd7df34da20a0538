import { existsSync } from 'node:fs';
import { readHallArguments } from '../../main/options.ts';
import { inProject, Refusal, say } from '../project.ts';
import { checkFolder } from './folder.ts';

/** Says what is wrong with the files of a hall's folder, as its start would. Answers 1 where one of them would be left out. */
export function check(options: readonly string[]): number {
  const { data: dataDir, profile, lang } = readHallArguments(options);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const { counts, notices } = checkFolder({ dataDir, resources: inProject('resources'), profile });
  for (const { severity, text, remedy } of notices) {
    const said = [text, ...(remedy ? [remedy] : [])].map((each) => (lang === 'en' ? each.en : each.zh));
    say(`${severity}: ${said.join(lang === 'en' ? '. ' : '。')}`);
  }
  say(
    `${dataDir}: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  );
  return notices.some(({ severity }) => severity === 'error') ? 1 : 0;
}
