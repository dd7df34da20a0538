import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { SaidAtOnce } from '../../desk/sound/SaidAtOnce.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';

/** Says a new alarm of level I to a screen reader. */
export function WorstSaid({ alarms }: { alarms: ReadonlyMap<string, AlarmView> }) {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const things = useMemo(
    () =>
      [...alarms.values()]
        .filter((alarm) => alarm.level === 1 && wantsAcknowledgement(alarm))
        .map((alarm) => ({
          key: `${alarm.id}#${alarm.occurrence}`,
          words: t('alarms:worst-said', { what: whatAndWhere(alarm) }),
        })),
    [alarms, t, whatAndWhere],
  );
  return <SaidAtOnce things={things} />;
}
