import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../../contract/features/setup.ts';
import type { Result } from '../../../../contract/index.ts';
import { useAct } from '../../../desk/act.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { dateTime } from '../../../ui/format.ts';
import { useSure } from '../LoadFiles.tsx';
import styles from './Import.module.css';

/** What was imported, and taking the last of each back, by two presses. */
export function PastImports({ imports, onChanged }: Pick<SetupView, 'imports'> & { onChanged: () => void }) {
  const { t } = useTranslation();
  const { act, busy, failure } = useAct({ beside: true });
  const { asked, press } = useSure();
  const [undone, setUndone] = useState<Result<'setup.undo'> | null>(null);
  const undo = async (name: string) => {
    setUndone(null);
    const done = await act('setup.undo', { name });
    if (!done) return;
    setUndone(done);
    onChanged();
  };
  return (
    <>
      {failure !== null && <ErrorNote error={failure} reveal />}
      {undone && (
        <p role="status" className={styles.written}>
          {t(undone.removed ? 'setup:import.undone-first' : 'setup:import.undone', { file: undone.file })}
        </p>
      )}
      {imports.length > 0 && (
        <table className={styles.past}>
          <caption>{t('setup:import.past')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('setup:import.column.name')}</th>
              <th scope="col">{t('setup:import.kind')}</th>
              <th scope="col">{t('setup:import.column.things')}</th>
              <th scope="col">{t('setup:import.column.at')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {imports.map(({ name, kind, things, at }) => (
              <tr key={name} data-import={name}>
                <th scope="row">{name}</th>
                <td>{t(`setup:part.${kind}`)}</td>
                <td className={styles.number}>{things ?? t('setup:import.things-unknown')}</td>
                <td className={styles.number}>{dateTime(at)}</td>
                <td className={styles.number}>
                  <ActionButton
                    icon={<IconArrowBackUp />}
                    busy={busy.has('setup.undo')}
                    label={t(asked === name ? 'setup:import.undo-sure-name' : 'setup:import.undo-name', { name })}
                    onClick={() => press(name, () => void undo(name))}
                  >
                    {t(asked === name ? 'setup:import.undo-sure' : 'setup:import.undo')}
                  </ActionButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
