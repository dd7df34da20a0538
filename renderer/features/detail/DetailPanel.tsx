import { IconPointer } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { useSubject } from '../../desk/useSubject.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Kbd } from '../../ui/Kbd.tsx';

/** What is selected, in full, as the feature it belongs to shows it. */
export function DetailPanel() {
  const { t } = useTranslation();
  const subject = useSubject();
  const { details, overDetails } = useFeatures();
  const { selection } = subject;
  const detail =
    selection === null ? (
      <EmptyState
        icon={<IconPointer size="2rem" stroke={1.4} />}
        title={t('detail:empty')}
        hint={<Trans i18nKey="detail:empty-hint" components={{ k: <Kbd keys="ctrl+k" /> }} />}
      />
    ) : (
      (details.get(selection.kind)?.(subject, selection) ?? (
        <EmptyState title={t('detail:unknown')} hint={`${selection.kind} ${selection.id}`} />
      ))
    );
  return overDetails.reduce<ReactNode>(
    (under, { name, over: Over }) => (
      <Over key={name} subject={subject}>
        {under}
      </Over>
    ),
    detail,
  );
}
