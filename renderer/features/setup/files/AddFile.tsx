import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditedKind, FormView } from '../../../../contract/features/setupFiles.ts';
import { useDraftList, useDrafts } from '../../../desk/DraftsProvider.tsx';
import { draftKey, isWritten } from '../../../desk/drafts.ts';
import { useLang } from '../../../i18n/index.ts';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { useArrival } from '../import/useArrival.ts';
import { subjectOf, TEXT } from '../setupDesk.ts';
import styles from './Files.module.css';

/** How a file may be begun: feeds by what the department's system speaks, each with what it is for; rules anew, or as the product has them. */
export function AddFile(props: {
  kind: EditedKind;
  forms: readonly FormView[];
  formKey: string;
  onChoose: (form: string) => void;
  onLeave: () => void;
}) {
  const { kind, forms, formKey, onChoose, onLeave } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const drafts = useDrafts();
  const begun = new Set(useDraftList().flatMap((draft) => (isWritten(draft) ? draft.key : [])));
  const heading = useId();
  const title = useArrival<HTMLHeadingElement>();
  useEffect(() => drafts.show(formKey), [drafts, formKey]);
  useShortcuts([
    {
      ...{ id: 'setup.back', keys: ['escape'], label: 'setup:files.key-back', scope: 'setup' },
      ...{ whileTyping: true, overControl: true },
      run: onLeave,
    },
  ]);
  return (
    <section className={styles.editor} aria-labelledby={heading}>
      <header className={styles.head}>
        <ActionButton icon={<IconArrowLeft />} keys="escape" onClick={onLeave}>
          {t('setup:files.back')}
        </ActionButton>
        <h3 id={heading} ref={title} tabIndex={-1}>
          {t(`setup:files.kind.${kind}.which`)}
        </h3>
      </header>
      <ul className={styles.protocols}>
        {forms.map(({ id, name, what }) => (
          <li key={id}>
            <button type="button" onClick={() => onChoose(id)}>
              <strong>{text(name)}</strong>
              <span>{text(what)}</span>
              {begun.has(draftKey(subjectOf({ kind, file: null, form: id }), TEXT)) && (
                <em>{t('setup:files.begun')}</em>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
