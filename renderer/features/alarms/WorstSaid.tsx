import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import styles from './AlarmQueue.module.css';

const raisingOf = ({ id, occurrence }: AlarmView) => `${id}#${occurrence}`;

/** Says a new alarm of level I to a screen reader, at once and whatever it reads. */
export function WorstSaid({ alarms }: { alarms: ReadonlyMap<string, AlarmView> }) {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const said = useRef(new Set<string>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const worst = [...alarms.values()].filter((alarm) => alarm.level === 1 && wantsAcknowledgement(alarm));
    const fresh = worst.filter((alarm) => !said.current.has(raisingOf(alarm)));
    if (fresh.length === 0) return;
    for (const alarm of fresh) said.current.add(raisingOf(alarm));
    setWords(fresh.map((alarm) => t('alarms:worst-said', { what: whatAndWhere(alarm) })).join(' '));
  }, [alarms, t, whatAndWhere]);
  return (
    <div className={styles.unseen} role="alert">
      {words}
    </div>
  );
}
