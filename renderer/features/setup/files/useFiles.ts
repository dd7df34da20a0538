import { useCallback, useEffect, useState } from 'react';
import type { EditedKind, FilesView, FormView } from '../../../../contract/features/setupFiles.ts';
import { useConnection } from '../../../bridge/index.ts';
import { useAct } from '../../../desk/act.ts';

/** The files of one folder of the hall, and the forms by which they are written; null until they are there. */
export function useFiles(kind: EditedKind): {
  readonly view: FilesView | null;
  readonly forms: readonly FormView[] | null;
  readonly failure: unknown;
  look(): void;
} {
  const online = useConnection().state === 'open';
  const { act, failure } = useAct({ beside: true });
  const [view, setView] = useState<FilesView | null>(null);
  const [forms, setForms] = useState<readonly FormView[] | null>(null);
  const look = useCallback(() => {
    void act('setup.files', { kind }).then((answer) => answer && setView(answer));
  }, [act, kind]);
  useEffect(() => {
    if (!online) return;
    look();
    void act('setup.forms', { kind }).then((answer) => answer && setForms(answer.forms));
  }, [online, act, kind, look]);
  return { view, forms, failure, look };
}
