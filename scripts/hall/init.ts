import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HALL_YAML } from '../../main/config/hallYaml.ts';
import { writeWhole } from '../../main/files/writeWhole.ts';
import { inProject, Refusal, readJson, say } from '../project.ts';
import { newHallFiles } from './newHall.ts';
import { writeSchemas } from './schemas.ts';

/** As a shell takes it for one word. */
const quoted = (path: string): string => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/**
 * Makes the folder of a new hall, with a page in each of its folders that says what goes there. `hall.yaml` comes last: until it is there the
 * folder is none of a hall's, and may be made again.
 */
export function init(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, lang: { type: 'string' }, name: { type: 'string' } },
  });
  const dir = positionals[0] ?? values.data;
  if (dir === undefined)
    throw new Refusal('Name the folder of the new hall: npm run hall -- init FOLDER [--name NAME]');
  const folder = resolve(dir);
  if (existsSync(join(folder, HALL_YAML))) throw new Refusal(`${folder} is a hall's folder already.`);
  if (existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('.')))
    throw new Refusal(`${folder} is not empty: name another, or move away what is in it.`);
  const files = newHallFiles(values.name ?? '');
  for (const [name, text] of Object.entries(files).filter(([name]) => name !== HALL_YAML)) {
    // Passwords of cameras and systems will stand in it.
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  writeSchemas(folder, (readJson(inProject('package.json')) as { version: string }).version);
  writeWhole(join(folder, HALL_YAML), files[HALL_YAML]);
  const en = values.lang === 'en';
  say(
    en
      ? `${folder} is a hall's folder. README.md in it tells what comes next; it is started with`
      : `已建立大厅文件夹 ${folder}。后续步骤见其中的 README.md；启动：`,
  );
  say(`  npm start -- --data ${quoted(folder)}`);
  return 0;
}
