import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NUMERAL } from '../../../core/words.ts';
import { useTopic } from '../../bridge/index.ts';
import { alarmQueue } from '../../desk/alarmQueue.ts';
import { alsoKnown, type Command } from '../../desk/command.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';

/** Every alarm of the queue by name. */
export function useAlarmCommands(): readonly Command[] {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const select = useSelect();
  const alarms = useTopic('alarms');
  return useMemo(
    () =>
      alarmQueue(alarms.values()).map((alarm) => ({
        id: `alarm-${alarm.id}`,
        kind: t('detail:kind.alarm'),
        name: whatAndWhere(alarm),
        also: `${alsoKnown(alarm.title, alarm.id)} ${alsoKnown(alarm.place.name, '')}`,
        hint: NUMERAL[alarm.level],
        rank: 'first',
        run: () => select({ kind: 'alarm', id: alarm.id, at: { lon: alarm.place.lon, lat: alarm.place.lat } }),
      })),
    [t, whatAndWhere, select, alarms],
  );
}
