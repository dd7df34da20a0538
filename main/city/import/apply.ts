import { textIfThere } from '../../files/formers.ts';
import { writeWhole } from '../../files/writeWhole.ts';
import { type ImportError, refusal } from './importError.ts';
import { cannotWrite, formersOf, importedFile } from './importedFile.ts';
import type { ImportPlan } from './plan.ts';

/** What an import did. */
export interface Applied {
  /** False when everything was there already: then nothing is touched. */
  readonly written: boolean;
  readonly file: string;
  /** Where the former file lies, empty when there was none; null when nothing was written. */
  readonly former: string | null;
}

/**
 * Writes what was planned, whole or not at all, after what was there was laid into the hall's folder `city/.imports`.
 *
 * @param now wall clock, milliseconds
 * @throws ImportError when nothing would come in, when the target changed since it was planned, or when it cannot be written.
 */
export function applyImport(plan: ImportPlan, now: number): Applied {
  const { target, text, former, name, dataDir } = plan;
  if (plan.new.length + plan.changed.length + plan.same === 0) throw NOTHING();
  try {
    if (textIfThere(target) !== former) throw changedMeanwhile(target);
    if (former === text) return { written: false, file: target, former: null };
    // First what was there: a crash between the two leaves one copy too many, and nothing lost.
    const kept = formersOf(dataDir).keep(`${name}.json`, former, now);
    writeWhole(target, text);
    return { written: true, file: target, former: kept };
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

/**
 * Puts back what the last import of that name replaced; one that was the first goes away. Again, and the one before it is undone.
 *
 * @param name of the import, `sensors-水位站`
 * @throws ImportError when there is nothing to put back, or it cannot be written.
 */
export function undoImport(dataDir: string, name: string): { file: string; from: string; removed: boolean } {
  const file = importedFile(dataDir, name);
  const formers = formersOf(dataDir);
  try {
    const back = formers.putBack(`${name}.json`, file);
    if (back !== null) return { file, ...back };
    const there = formers.list().flatMap((each) => (each.name.endsWith('.json') ? each.name.slice(0, -5) : []));
    throw nothingToUndo(name, there);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

const NOTHING = (): ImportError =>
  refusal(
    { zh: '没有一行可以导入', en: 'not one row can come in' },
    { zh: '请按报告改正有误的行，或改正映射', en: 'Correct the rows that the report names, or the mapping.' },
  );

const changedMeanwhile = (target: string): ImportError =>
  refusal(
    { zh: `${target} 在预览之后有改动`, en: `${target} has changed since the import was planned` },
    { zh: '请再导入一次', en: 'Import again.' },
  );

const nothingToUndo = (name: string, names: readonly string[]): ImportError =>
  refusal(
    { zh: `没有可以撤销的导入“${name}”`, en: `there is no import "${name}" to be undone` },
    names.length === 0
      ? { zh: '还没有导入过，或都已撤销', en: 'Nothing was imported yet, or all was undone.' }
      : { zh: `请写其中之一：${names.slice(0, 20).join('、')}`, en: `Write one of: ${names.slice(0, 20).join(', ')}.` },
  );
