import { IconRefresh } from '@tabler/icons-react';
import { Fragment, type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../contract/features/setup.ts';
import type { EditedKind } from '../../../contract/features/setupFiles.ts';
import { useConnection } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Complaints } from './Complaints.tsx';
import { AddFile } from './files/AddFile.tsx';
import { FileEditor } from './files/FileEditor.tsx';
import { FilesSection } from './files/FilesSection.tsx';
import { useFiles } from './files/useFiles.ts';
import { ImportSection } from './import/ImportSection.tsx';
import { LoadFiles, type Reload, useReload } from './LoadFiles.tsx';
import { Parts } from './Parts.tsx';
import styles from './Setup.module.css';
import { ADDING, setupDesk, subjectOf, type Written } from './setupDesk.ts';
import { TryRules } from './TryRules.tsx';

/** The hall's folder: what it has, what of its files is another than what the hall works with, what is wrong with them; or a file that is written. */
export function SetupRegion() {
  const desk = useDeskStore();
  const looked = useLook();
  const reload = useReload();
  const kinds = [useEdited('feeds'), useEdited('rules')];
  const writes = useSlice(setupDesk, (state) => state.writes);
  const changed = () => {
    looked.look();
    for (const each of kinds) each.look();
  };
  const write = (next: Written) => {
    for (const { adding } of kinds) adding.leave();
    desk.getState().setIn(setupDesk, { writes: next, saved: null });
  };
  const { view } = looked;
  const forms = kinds.find(({ kind }) => kind === writes?.kind)?.forms;
  if (writes && forms)
    return (
      <div className={styles.region}>
        <FileEditor
          key={subjectOf(writes)}
          of={writes}
          forms={forms}
          reloads={view?.reloads ?? false}
          reload={reload}
          onChanged={changed}
        />
      </div>
    );
  const added = kinds.find(({ adding }) => adding.open);
  if (added?.forms)
    return (
      <div className={styles.region}>
        <AddFile
          kind={added.kind}
          forms={added.forms}
          formKey={added.adding.key}
          onChoose={(form) => write({ kind: added.kind, file: null, form })}
          onLeave={added.adding.leave}
        />
      </div>
    );
  return (
    <Overview {...looked} look={changed} reload={reload}>
      {kinds.map(({ kind, failure, look, view: files, forms: begun, adding }) => (
        <Fragment key={kind}>
          {failure !== null && <ErrorNote error={failure} onRetry={look} />}
          {files && begun && (
            <FilesSection
              kind={kind}
              view={files}
              forms={begun}
              onAdd={adding.show}
              onEdit={(file) => write({ kind, file, form: '' })}
              onChanged={changed}
            />
          )}
        </Fragment>
      ))}
    </Overview>
  );
}

/** The files of a kind, and whether somebody wants to add one. */
function useEdited(kind: EditedKind) {
  const { t } = useTranslation();
  const adding = useForm(ADDING.subject, ADDING.field[kind], t(`setup:files.kind.${kind}.add`));
  return { kind, adding, ...useFiles(kind) };
}

/** @param props.children what stands between what there is and how more of it comes in */
function Overview(props: ReturnType<typeof useLook> & { reload: Reload; children: ReactNode }) {
  const { view, look, looking, fault, reload, children } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  return (
    <div className={styles.region}>
      <header className={styles.head}>
        <h2>{view?.name ? text(view.name) : t('setup:no-name')}</h2>
        <ActionButton icon={<IconRefresh />} busy={looking} onClick={look}>
          {t('setup:look')}
        </ActionButton>
        {view?.reloads && <LoadFiles reload={reload} primary={view.differs} />}
      </header>
      {fault !== null && <ErrorNote error={fault} onRetry={look} />}
      {reload.failure !== null && <ErrorNote error={reload.failure} reveal />}
      {view === null ? (
        fault === null && <p className={styles.quiet}>{t('common:loading')}</p>
      ) : (
        <>
          <p className={styles.quiet}>
            {t('setup:folder')} <code className={styles.path}>{view.folder}</code>
          </p>
          {!view.own && <p className={styles.quiet}>{t('setup:not-own', { folder: view.folder })}</p>}
          <p role="status" className={view.differs ? styles.differs : styles.quiet}>
            {t(view.differs ? 'setup:differs' : 'setup:same')}
          </p>
          <Parts view={view} />
          {children}
          <ImportSection view={view} reload={reload} onChanged={look} />
          <Complaints notices={view.notices} />
          <TryRules />
        </>
      )}
    </div>
  );
}

/** What the folder is like, looked at when the region is opened, when the hall is there again, and when somebody asks. */
function useLook(): { view: SetupView | null; look: () => void; looking: boolean; fault: unknown } {
  const online = useConnection().state === 'open';
  const { act, busy, failure } = useAct({ beside: true });
  const [view, setView] = useState<SetupView | null>(null);
  const look = useCallback(() => {
    void act('setup.look', {}).then((seen) => {
      if (seen) setView(seen);
    });
  }, [act]);
  useEffect(() => {
    if (online) look();
  }, [online, look]);
  return { view, look, looking: busy.has('setup.look'), fault: failure };
}
