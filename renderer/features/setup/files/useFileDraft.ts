import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileDraft, FileFault, FormView } from '../../../../contract/features/setupFiles.ts';
import { useCall, useConnection } from '../../../bridge/index.ts';
import { useAct } from '../../../desk/act.ts';
import { type Form, useDrafts, useForm } from '../../../desk/DraftsProvider.tsx';
import { draftKey, isWritten } from '../../../desk/drafts.ts';
import { useLang } from '../../../i18n/index.ts';
import { BASE, subjectOf, TEXT, type Written } from '../setupDesk.ts';

/** Quiet of so long, in ms, and what was typed is looked at. */
const PAUSE_MS = 250;

/** A file that is written on screen. */
export interface FileDraftState {
  readonly form: Form;
  /** False until the file's text is there. */
  readonly ready: boolean;
  /** What the hall takes to check, save and test it. */
  readonly draft: FileDraft;
  /** The text that it began with. */
  readonly given: string;
  /** Whether somebody changed something. */
  readonly written: boolean;
  /** What is wrong with the text; null while it is looked at for the first time. */
  readonly faults: readonly FileFault[] | null;
  /** The text changed since it was looked at. */
  readonly looking: boolean;
  /** Why the file is not there, or could not be looked at. */
  readonly failure: unknown;
  readonly saving: boolean;
  /** Writes it into the hall's folder. @returns the file's name; null where it was not written */
  save(): Promise<string | null>;
  /** Takes what the hall found wrong with the text when it was to do something with it. */
  refused(faults: readonly FileFault[]): void;
  /** Takes the file as it is, and gives up what was typed. */
  openAgain(): void;
}

/** Opens a file, or begins one; what is typed is a draft of the house until it is saved or given up. */
export function useFileDraft(of: Written, beginning: FormView['beginning'] | null): FileDraftState {
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  const call = useCall();
  const drafts = useDrafts();
  const online = useConnection().state === 'open';
  const { act, busy, failure } = useAct({ beside: true });
  const subject = subjectOf(of);
  const { kind, file } = of;
  const form = useForm(subject, TEXT, t('setup:files.draft-of', { file: file ?? of.form }));
  const base = useForm(subject, BASE, form.about);
  const baseKey = draftKey(subject, BASE);
  const [ready, setReady] = useState(false);
  const [faults, setFaults] = useState<readonly FileFault[] | null>(null);
  const [checked, setChecked] = useState<string | null>(null);
  const [why, setWhy] = useState<unknown>(null);
  const begins = beginning === null ? null : inLang(beginning);

  const take = useCallback(
    (text: string, version: string) => {
      drafts.clear(form.key);
      drafts.clear(baseKey);
      drafts.open(form.key, form.about, text);
      if (version !== '') drafts.open(baseKey, form.about, version);
      setReady(true);
    },
    [drafts, form.key, form.about, baseKey],
  );
  const openAgain = useCallback(() => {
    if (file === null) {
      if (begins !== null) take(begins, '');
      return;
    }
    void act('setup.file', { kind, file }).then((opened) => opened && take(opened.text, opened.version));
  }, [act, take, kind, file, begins]);

  useEffect(() => drafts.show(form.key), [drafts, form.key]);
  // Once: a draft that was begun goes on, on the state of the file that it was begun on.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !online || (file === null && begins === null)) return;
    begun.current = true;
    const draft = drafts.get(form.key);
    if (draft && isWritten(draft) && (file === null || drafts.get(baseKey))) {
      drafts.open(form.key, form.about, draft.given);
      setReady(true);
    } else openAgain();
  }, [drafts, form.key, form.about, baseKey, online, file, begins, openAgain]);

  const version = base.text;
  const draft = useMemo(
    (): FileDraft => ({ kind, base: file === null ? null : { file, version }, text: form.text }),
    [kind, file, version, form.text],
  );
  useEffect(() => {
    if (!ready || !online || (file !== null && version === '')) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call('setup.check', draft, { signal: stop.signal }).then(
        (answer) => {
          if (stop.signal.aborted) return;
          setFaults(answer.faults);
          setChecked(draft.text);
          setWhy(null);
        },
        (error) => {
          if (!stop.signal.aborted) setWhy(error);
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [call, draft, ready, online, file, version]);

  const given = drafts.get(form.key);
  return {
    ...{ form, ready, draft, faults, openAgain },
    given: given?.given ?? '',
    written: given !== undefined && isWritten(given),
    looking: checked !== draft.text,
    failure: failure ?? why,
    saving: busy.has('setup.save'),
    refused: setFaults,
    async save() {
      const answer = await act('setup.save', draft);
      if (!answer) return null;
      if (answer.outcome === 'refused') {
        setFaults(answer.faults);
        return null;
      }
      if (file === null) drafts.clear(form.key);
      else take(answer.text, answer.version);
      return answer.file;
    },
  };
}
