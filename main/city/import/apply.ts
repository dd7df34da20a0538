import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeWhole } from '../../files/writeWhole.ts';
import { type ImportError, refusal } from './importError.ts';
import { cannotWrite, formerFolder, importedFile, textIfThere } from './importedFile.ts';
import type { ImportPlan } from './plan.ts';

/** Characters of the time in front of a former file's name, with the hyphen. */
const STAMP = 20;
/** Former files of one import that are kept. */
const KEPT = 20;

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
    const kept = freeName(dataDir, name, now);
    // First what was there: a crash between the two leaves one copy too many, and nothing lost.
    writeWhole(kept, former ?? '');
    writeWhole(target, text);
    for (const old of formersOf(dataDir, name).slice(0, -KEPT)) rmSync(old, { force: true });
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
  try {
    const present = textIfThere(file);
    for (const from of formersOf(dataDir, name).reverse()) {
      const former = textIfThere(from) ?? '';
      // A copy of what is there now is what a crash left before its import: it undoes nothing.
      const undoes = former === '' ? present !== null : former !== present;
      if (undoes && former === '') rmSync(file, { force: true });
      else if (undoes) writeWhole(file, former);
      rmSync(from, { force: true });
      if (undoes) return { file, from, removed: former === '' };
    }
  } catch (error) {
    throw cannotWrite(file, error);
  }
  throw nothingToUndo(name, importsIn(dataDir));
}

/** The oldest first: their names begin with the time. */
function formersOf(dataDir: string, name: string): string[] {
  const folder = formerFolder(dataDir);
  return namesIn(folder)
    .filter((each) => /^\d{8}T\d{9}Z-/.test(each) && each.slice(STAMP) === `${name}.json`)
    .map((each) => join(folder, each));
}

const importsIn = (dataDir: string): string[] => [
  ...new Set(
    namesIn(formerFolder(dataDir))
      .filter((each) => each.endsWith('.json'))
      .map((each) => each.slice(STAMP, -5)),
  ),
];

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A name after the newest that there is, even by a clock that was set back. */
function freeName(dataDir: string, name: string, now: number): string {
  const newest = formersOf(dataDir, name).at(-1);
  const at = Math.max(now, newest === undefined ? 0 : timeOf(basename(newest)) + 1);
  return join(formerFolder(dataDir), `${stampOf(at)}-${name}.json`);
}

/** `20240901T060500000Z` */
const stampOf = (at: number): string => new Date(at).toISOString().replace(/[-:.]/g, '');

const timeOf = (name: string): number =>
  Date.parse(name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/s, '$1-$2-$3T$4:$5:$6.$7Z'));

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
