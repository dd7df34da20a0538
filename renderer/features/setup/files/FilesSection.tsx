import { IconArrowBackUp, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditedKind, FilesView, FileView, FormView, KeptFile } from '../../../../contract/features/setupFiles.ts';
import { useTopic } from '../../../bridge/index.ts';
import { useAct } from '../../../desk/act.ts';
import { useDraftList } from '../../../desk/DraftsProvider.tsx';
import { draftKey, isWritten } from '../../../desk/drafts.ts';
import { feedState } from '../../../desk/feedState.ts';
import { useLang } from '../../../i18n/index.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { dateTime } from '../../../ui/format.ts';
import { useSure } from '../LoadFiles.tsx';
import setup from '../Setup.module.css';
import { subjectOf, TEXT } from '../setupDesk.ts';
import styles from './Files.module.css';

interface Given {
  readonly kind: EditedKind;
  readonly view: FilesView;
  readonly forms: readonly FormView[];
  readonly onAdd: () => void;
  readonly onEdit: (file: string) => void;
  readonly onChanged: () => void;
}

/** The hall's files of a kind, feeds or rules: added, changed, switched off and taken away on screen. */
export function FilesSection({ kind, view, forms, onAdd, onEdit, onChanged }: Given) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const { asked, press } = useSure();
  const [said, setSaid] = useState('');
  const heading = useId();
  const done = (words: string) => (answer: object | undefined) => {
    if (!answer) return;
    setSaid(words);
    onChanged();
  };
  const acts: Acts = {
    asked,
    busy: busy.size > 0,
    edit: onEdit,
    turn: (file, on) =>
      void act('setup.switchFile', { kind, file, on }).then(
        done(t(on ? 'setup:files.is-on' : 'setup:files.is-off', { file })),
      ),
    remove: (file) =>
      press(
        `remove ${file}`,
        () => void act('setup.removeFile', { kind, file }).then(done(t('setup:files.removed', { file }))),
      ),
    putBack: (file) =>
      press(
        `back ${file}`,
        () =>
          void act('setup.putBack', { kind, file }).then((answer) =>
            done(t(answer?.removed ? 'setup:files.back-none' : 'setup:files.back-was', { file }))(answer),
          ),
      ),
  };
  return (
    <section className={setup.section} aria-labelledby={heading}>
      <div className={styles.head}>
        <h3 id={heading}>{t(`setup:files.kind.${kind}.title`)}</h3>
        <ActionButton icon={<IconPlus />} {...(kind === 'feeds' ? { keys: 'shift+f' } : {})} onClick={onAdd}>
          {t(`setup:files.kind.${kind}.add`)}
        </ActionButton>
      </div>
      {failure !== null && <ErrorNote error={failure} reveal />}
      {said !== '' && <p role="status">{said}</p>}
      {view.files.length === 0 ? (
        <p className={setup.quiet}>{t(`setup:files.kind.${kind}.none`)}</p>
      ) : (
        <Table kind={kind} files={view.files} forms={forms} acts={acts} />
      )}
      <Kept kept={view.kept} acts={acts} />
    </section>
  );
}

interface Acts {
  readonly asked: string | null;
  readonly busy: boolean;
  edit(file: string): void;
  turn(file: string, on: boolean): void;
  remove(file: string): void;
  putBack(file: string): void;
}

function Table(props: { kind: EditedKind; files: readonly FileView[]; forms: readonly FormView[]; acts: Acts }) {
  const { kind, files, forms, acts } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const begun = new Set(useDraftList().flatMap((draft) => (isWritten(draft) ? draft.key : [])));
  return (
    <table className={setup.parts}>
      <thead>
        <tr>
          {([kind, kind === 'feeds' ? 'protocol' : 'ids', 'file', 'state'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`setup:files.column.${column}`)}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {files.map((each) => {
          const { file, state, name, protocol, ids } = each;
          const form = forms.find(({ id }) => id === protocol);
          const sure = acts.asked === `remove ${file}`;
          return (
            <tr key={file} data-file={file} data-state={state}>
              <th scope="row">{name ? text(name) : (ids[0] ?? file)}</th>
              <td>{kind === 'feeds' ? (form ? text(form.name) : '—') : idsOf(each, t('common:list-comma'))}</td>
              <td>
                <code className={setup.path}>{file}</code>
                {begun.has(draftKey(subjectOf({ kind, file, form: '' }), TEXT)) && (
                  <em className={styles.unsaved}>{t('setup:files.unsaved')}</em>
                )}
              </td>
              <td>
                <State kind={kind} file={each} />
              </td>
              <td>
                <div className={styles.acts}>
                  <ActionButton
                    icon={<IconPencil />}
                    label={t('setup:files.edit-name', { file })}
                    onClick={() => acts.edit(file)}
                  >
                    {t('setup:files.edit')}
                  </ActionButton>
                  <ActionButton
                    icon={state === 'off' ? <IconPlayerPlay /> : <IconPlayerPause />}
                    busy={acts.busy}
                    label={t(state === 'off' ? 'setup:files.on-name' : 'setup:files.off-name', { file })}
                    onClick={() => acts.turn(file, state === 'off')}
                  >
                    {t(state === 'off' ? 'setup:files.on' : 'setup:files.off')}
                  </ActionButton>
                  <ActionButton
                    icon={<IconTrash />}
                    busy={acts.busy}
                    label={t(sure ? 'setup:files.remove-sure-name' : 'setup:files.remove-name', { file })}
                    onClick={() => acts.remove(file)}
                  >
                    {t(sure ? 'setup:files.remove-sure' : 'setup:files.remove')}
                  </ActionButton>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const idsOf = ({ ids, count }: FileView, comma: string): string =>
  `${ids.join(comma)}${count > ids.length ? ' …' : ''}` || '—';

/** What became of the file, and how the feed that it tells of stands. */
function State({ kind, file: { state, ids } }: { kind: EditedKind; file: FileView }) {
  const { t } = useTranslation();
  const feeds = useTopic('feeds');
  const feed = feeds.get(ids[0] ?? '');
  if (state !== 'on' || kind === 'rules')
    return <span className={styles.state}>{t(`setup:files.state.${state}`)}</span>;
  return (
    <span className={styles.state}>
      {feed ? t(`strip:feed.${feedState(feed)}`) : t('setup:files.state.not-loaded')}
    </span>
  );
}

/** What was changed or taken away on screen, and taking that back, by two presses. */
function Kept({ kept, acts }: { kept: readonly KeptFile[]; acts: Acts }) {
  const { t } = useTranslation();
  if (kept.length === 0) return null;
  return (
    <details className={styles.kept}>
      <summary>{t('setup:files.kept-title', { count: kept.length })}</summary>
      <table className={setup.parts}>
        <tbody>
          {kept.map(({ file, at, there }) => {
            const sure = acts.asked === `back ${file}`;
            return (
              <tr key={file} data-kept={file}>
                <th scope="row">
                  <code className={setup.path}>{file}</code>
                </th>
                <td>{t(there ? 'setup:files.changed-at' : 'setup:files.removed-at', { at: dateTime(at) })}</td>
                <td>
                  <div className={styles.acts}>
                    <ActionButton
                      icon={<IconArrowBackUp />}
                      busy={acts.busy}
                      label={t(sure ? 'setup:files.put-back-sure-name' : 'setup:files.put-back-name', { file })}
                      onClick={() => acts.putBack(file)}
                    >
                      {t(sure ? 'setup:files.put-back-sure' : 'setup:files.put-back')}
                    </ActionButton>
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
