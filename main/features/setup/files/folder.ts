import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EditedKind,
  type FileDraft,
  type FileFault,
  FileName,
  type FilesView,
  type FileView,
  MOST_FAULTS,
  MOST_FILE_CHARS,
  MOST_FILE_IDS,
  MOST_FILES,
} from '../../../../contract/features/setupFiles.ts';
import { checkYaml } from '../../../config/readYaml.ts';
import { fileFault, readTextFile, TextFileError } from '../../../config/textFile.ts';
import { OFF } from '../../../config/yamlFolder.ts';
import { createFormers } from '../../../files/formers.ts';
import { writeWhole } from '../../../files/writeWhole.ts';
import { FileRefusal } from '../saying.ts';
import { type Beside, EDITED } from './kinds.ts';
import { CHANGED, cannotWrite, NOT_THERE, NOTHING_KEPT, THERE_ALREADY, tooLong } from './refusals.ts';
import { hideSecrets, restoreSecrets } from './secrets.ts';

/** What a draft comes to. */
export type Looked<T = unknown> =
  | { readonly ok: true; readonly value: T; readonly text: string; readonly faults: readonly FileFault[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** The files of one kind in a hall's folder, as they are written on screen. All throw FileRefusal. */
export interface EditedFolder {
  list(): FilesView;
  /** A file's text without its secrets, and which state of it that is. */
  open(file: string): { text: string; version: string };
  /** Reads a draft, with the secrets of its file in their places. */
  look(draft: Omit<FileDraft, 'kind'>): Looked;
  /** Writes a draft whole or not at all, after what was there was laid aside. */
  save(draft: Omit<FileDraft, 'kind'>, now: number): { saved: string } | { faults: readonly FileFault[] };
  switchTo(file: string, on: boolean): void;
  remove(file: string, now: number): void;
  /** @returns whether there had been none before */
  putBack(file: string): boolean;
}

/** What a file that is right came to. */
type Came = Pick<FileView, 'ids' | 'count' | 'name' | 'protocol'>;

/** @param known which things the hall has in use */
export function createEditedFolder(hallDir: string, kind: EditedKind, known: Omit<Beside, 'taken'>): EditedFolder {
  const dir = join(hallDir, kind);
  const { schema, ids, view, remarks } = EDITED[kind];
  const formers = createFormers(join(dir, '.former'));
  /** By file: what its present state came to. Large files take long to read. */
  const seen = new Map<string, { version: string; came: Came | null }>();

  const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
  /** Where the file lies, on or off. */
  const whereIs = (file: string): { path: string; off: boolean } => {
    const on = join(dir, file);
    if (isThere(on)) return { path: on, off: false };
    if (isThere(on + OFF)) return { path: on + OFF, off: true };
    throw new FileRefusal(NOT_THERE(`${kind}/${file}`));
  };
  /** Says nothing of what is in it, as a digest of a file with a short password would. */
  const versionOf = (path: string): string => {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino}.${mtimeMs}.${size}`;
  };
  const read = (file: string): { path: string; text: string; version: string } => {
    const { path } = whereIs(file);
    return saying(file, () => ({ path, version: versionOf(path), text: readTextFile(path) }));
  };
  /** One that can be edited: reading a long one is much work for a key that is pressed. */
  const short = (file: string): ReturnType<typeof read> => {
    const there = read(file);
    if (there.text.length > MOST_FILE_CHARS) throw new FileRefusal(tooLong(`${kind}/${file}`));
    return there;
  };
  const saying = <T>(file: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (error instanceof FileRefusal) throw error;
      const name = `${kind}/${file}`;
      if (!(error instanceof TextFileError)) throw new FileRefusal(cannotWrite(name, fileFault(error)), error);
      const { message, remedy } = error.said;
      throw new FileRefusal({ message: { zh: `${name}：${message.zh}`, en: `${name}: ${message.en}` }, remedy }, error);
    }
  };

  const cameTo = (file: string): Came | null => {
    try {
      const { path } = whereIs(file);
      const version = saying(file, () => versionOf(path));
      const known = seen.get(file);
      if (known?.version === version) return known.came;
      const checked = checkYaml(read(file).text, schema);
      const all = checked.ok ? ids(checked.value) : [];
      const came = checked.ok ? { ids: all.slice(0, MOST_FILE_IDS), count: all.length, ...view(checked.value) } : null;
      seen.set(file, { version, came });
      return came;
    } catch (error) {
      if (error instanceof FileRefusal) return null;
      throw error;
    }
  };
  const names = (): { file: string; off: boolean }[] => {
    let all: string[];
    try {
      all = readdirSync(dir).sort();
    } catch {
      return []; // What is wrong with the folder as a whole is told of the hall's files.
    }
    return all.flatMap((name) => {
      const off = name.endsWith(OFF);
      const file = off ? name.slice(0, -OFF.length) : name;
      return FileName.safeParse(file).success ? [{ file, off }] : [];
    });
  };
  const list = (): FileView[] =>
    names()
      .slice(0, MOST_FILES)
      .map(({ file, off }) => {
        const came = cameTo(file);
        const nothing = { ids: [], count: 0, name: null, protocol: null };
        return { file, state: off ? 'off' : came === null ? 'wrong' : 'on', ...(came ?? nothing) };
      });

  const look: EditedFolder['look'] = ({ base, text: shown }) => {
    const former = base === null ? null : short(base.file);
    if (former && former.version !== base?.version) throw new FileRefusal(CHANGED(`${kind}/${base?.file}`));
    const { text, faults } = restoreSecrets(shown, former && hideSecrets(former.text));
    const error = (each: (typeof faults)[number]): FileFault => ({ ...each, severity: 'error' });
    if (faults.length > 0) return { ok: false, faults: faults.map(error).slice(0, MOST_FAULTS) };
    const checked = checkYaml(text, schema);
    if (!checked.ok) return { ok: false, faults: checked.faults.map(error).slice(0, MOST_FAULTS) };
    const others = list().filter(({ file, state }) => file !== base?.file && state === 'on');
    const taken = new Map(others.flatMap(({ file, ids: of }) => of.map((id) => [id, `${kind}/${file}`])));
    const said = [...remarks(checked.value, { ...known, taken })].slice(0, MOST_FAULTS).map(({ word, ...remark }) => {
      const before = shown.slice(0, Math.max(0, shown.indexOf(word))).split('\n');
      return { path: word, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, ...remark };
    });
    if (said.some(({ severity }) => severity === 'error')) return { ok: false, faults: said };
    return { ok: true, value: checked.value, text, faults: said };
  };

  return {
    list: () => ({
      files: list(),
      kept: formers
        .list()
        .filter(({ name }) => FileName.safeParse(name).success)
        .slice(0, MOST_FILES)
        .map(({ name, at }) => ({ file: name, at, there: isThere(join(dir, name)) || isThere(join(dir, name + OFF)) })),
    }),
    open(file) {
      const { text, version } = short(file);
      return { text: hideSecrets(text).shown, version };
    },
    look,
    save(draft, now) {
      const looked = look(draft);
      if (!looked.ok) return { faults: looked.faults };
      const file =
        draft.base?.file ??
        freeName(ids(looked.value)[0] ?? kind, (name) => !isThere(join(dir, name)) && !isThere(join(dir, name + OFF)));
      return saying(file, () => {
        const former = draft.base === null ? null : read(file);
        if (former?.text === looked.text) return { saved: file };
        formers.keep(file, former?.text ?? null, now);
        writeWhole(former?.path ?? join(dir, file), looked.text);
        return { saved: file };
      });
    },
    switchTo(file, on) {
      const { path, off } = whereIs(file);
      if (off !== on) return;
      const to = on ? join(dir, file) : join(dir, file + OFF);
      if (isThere(to)) throw new FileRefusal(THERE_ALREADY(`${kind}/${file}`));
      saying(file, () => renameSync(path, to));
    },
    remove(file, now) {
      saying(file, () => {
        const { path, text } = read(file);
        mkdirSync(dir, { recursive: true });
        formers.keep(file, text, now);
        rmSync(path);
      });
    },
    putBack(file) {
      return saying(file, () => {
        const off = join(dir, file + OFF);
        const back = formers.putBack(file, isThere(off) ? off : join(dir, file));
        if (back === null) throw new FileRefusal(NOTHING_KEPT(`${kind}/${file}`));
        return back.removed;
      });
    },
  };
}

/** `hydro.yaml`, or `hydro-2.yaml`: what every file system takes. */
function freeName(id: string, isFree: (name: string) => boolean): string {
  const stem =
    id
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 80) || 'file';
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.yaml` : `${stem}-${n}.yaml`;
    if (isFree(name)) return name;
  }
}
