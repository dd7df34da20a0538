import { useMemo } from 'react';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { SaidAtOnce, type ToSay } from '../../desk/sound/SaidAtOnce.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useWords } from '../../i18n/index.ts';

/** Says a new alarm of level I to a screen reader. */
export function WorstSaid({ alarms }: { alarms: ReadonlyMap<string, AlarmView> }) {
  const { t } = useWords();
  const whatAndWhere = useWhatAndWhere();
  /** An alarm that is the same says the same. */
  const said = useMemo(() => {
    const known = new WeakMap<AlarmView, ToSay>();
    return (alarm: AlarmView): ToSay => {
      const thing = known.get(alarm) ?? {
        key: `${alarm.id}#${alarm.occurrence}`,
        words: t('alarms:worst-said', { what: whatAndWhere(alarm) }),
      };
      known.set(alarm, thing);
      return thing;
    };
  }, [t, whatAndWhere]);
  const things = useMemo(
    () => [...alarms.values()].filter((alarm) => alarm.level === 1 && wantsAcknowledgement(alarm)).map(said),
    [alarms, said],
  );
  return <SaidAtOnce things={things} />;
}
