import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Text } from '../../core/words.ts';
import { putBack } from '../../main/city/components/componentFiles.ts';
import { planComponents } from '../../main/city/components/planComponents.ts';
import { applyImport, undoImport } from '../../main/city/import/apply.ts';
import { ImportError } from '../../main/city/import/importError.ts';
import { readMapping } from '../../main/city/import/mapping.ts';
import { planImport } from '../../main/city/import/plan.ts';
import { reportedOf, reportText } from '../../main/city/import/report.ts';
import { type ImportKind, MAPPED_KINDS, type MappedKind } from '../../main/city/import/things.ts';
import { systemClock } from '../../main/clock.ts';
import { readHallFolder } from '../../main/kernel/hallFolder.ts';
import { readHallArguments } from '../../main/options.ts';
import { createRejects } from '../../main/rejects/rejects.ts';
import { inProject, Refusal, say } from '../project.ts';

const USAGE = `npm run hall -- import ${MAPPED_KINDS.join('|')} FILE --data FOLDER
    [--dry-run] [--mapping FILE] [--crs NAME] [--sheet NAME] [--encoding NAME] [--name NAME]
npm run hall -- import undo NAME --data FOLDER`;

export const isImportKind = (kind: string | undefined): kind is MappedKind =>
  MAPPED_KINDS.some((known) => known === kind);

/**
 * Brings a table or geo file of a department into a hall's folder: says what it would come to, and does it unless `--dry-run` asks to leave
 * it. Answers 1 where rows were left out.
 */
export async function importThingsCommand(kind: MappedKind, args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ data: { type: 'string' }, lang: { type: 'string' }, mapping: { type: 'string' }, crs: { type: 'string' } },
      ...{ sheet: { type: 'string' }, encoding: { type: 'string' }, name: { type: 'string' } },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [name] = positionals;
  if (name === undefined || values.data === undefined) throw new Refusal(USAGE);
  const { dataDir, lang, text } = folderOf(values);
  const file = resolve(name);
  if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`);
  const { crs, sheet, encoding } = values;
  return await refusing(text, async () => {
    const { city, basemap } = hallAt(dataDir);
    const about = {
      ...{ dataDir, file },
      ...(values.mapping === undefined ? {} : { mapping: readMapping(resolve(values.mapping)) }),
      options: {
        ...{ departments: city.departments, kinds: city.kinds, area: basemap?.bounds },
        ...(crs === undefined ? {} : { crs }),
        ...(sheet === undefined ? {} : { sheet }),
        ...(encoding === undefined ? {} : { encoding }),
        ...(values.name === undefined ? {} : { name: values.name }),
      },
    };
    const { plan, put, drop } = kind === 'components' ? await ofComponents(about) : await ofThings(kind, about, lang);
    try {
      say(reportText(plan, lang));
      if (values['dry-run']) say(text(NOT_WRITTEN));
      else say(text(put() ? WRITTEN(plan.target, plan.name) : SAME));
    } finally {
      drop();
    }
    return plan.wrongCount > 0 ? 1 : 0;
  });
}

type About = Parameters<typeof planComponents>[0];

async function ofComponents(about: About) {
  const plan = await planComponents(about);
  return { plan, put: plan.put, drop: plan.drop };
}

async function ofThings(kind: ImportKind, about: About, lang: 'zh' | 'en') {
  const plan = await planImport({ kind, ...about });
  return {
    plan: { ...reportedOf(plan, lang), name: plan.name },
    put: () => applyImport(plan, systemClock().now()).written,
    drop() {},
  };
}

/** Puts back what stood there before the last import of a name. */
export async function undoImportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' }, lang: { type: 'string' } },
  });
  const [name] = positionals;
  if (name === undefined || values.data === undefined) throw new Refusal(USAGE);
  const { dataDir, text } = folderOf(values);
  return await refusing(text, async () => {
    const { file, removed } = putBack(dataDir, name) ?? undoImport(dataDir, name);
    say(
      text(
        removed
          ? { zh: `已移除 ${file}：此前没有导入过`, en: `${file} is gone: nothing had been imported before` }
          : { zh: `${file} 已恢复为上一次导入的内容`, en: `${file} is as it was before the last import` },
      ),
    );
    return 0;
  });
}

const NOT_WRITTEN: Text = { zh: '试运行：没有写入任何内容。', en: 'A dry run: nothing was written.' };
const SAME: Text = { zh: '与现有内容相同，没有写入。', en: 'It is what is there already: nothing was written.' };
const WRITTEN = (file: string, name: string): Text => ({
  zh: `已写入 ${file}；在“设置”中载入，或启动大厅后生效。撤销：import undo ${name}`,
  en: `${file} is written; load it under Setup, or start the hall. To take it back: import undo ${name}`,
});

function folderOf(values: { data?: string | undefined; lang?: string | undefined }) {
  const { data: dataDir, lang } = readHallArguments([
    ...(values.data === undefined ? [] : ['--data', values.data]),
    ...(values.lang === undefined ? [] : ['--lang', values.lang]),
  ]);
  if (!existsSync(dataDir)) throw new Refusal(`There is no folder ${dataDir}: make one with "npm run hall -- init".`);
  const short = lang === 'en' ? ('en' as const) : ('zh' as const);
  return { dataDir, lang: short, text: (of: Text) => of[short] };
}

/** What the hall has already: a department may be written by its name, a kind by what the hall calls it. */
function hallAt(hallDir: string) {
  const clock = systemClock();
  const rejects = createRejects({ clock });
  return readHallFolder({ resources: inProject('resources'), hallDir, rejects, now: clock.now() });
}

async function refusing(text: (of: Text) => string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const { message, remedy } = error.said;
    const said = `${text(message)}${text({ zh: '。', en: '. ' })}${text(remedy)}`;
    throw new Refusal(error.proposal === null ? said : `${said}\n\n${error.proposal}`, { cause: error });
  }
}
