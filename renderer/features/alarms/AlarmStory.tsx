import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmMoment, AlarmView } from '../../../contract/features/alarms.ts';
import { useCall } from '../../bridge/index.ts';
import { useSelect } from '../../desk/DeskProvider.tsx';
import detail from '../../desk/detail/Detail.module.css';
import { useIncident } from '../../desk/incidents.ts';
import { Who } from '../../desk/Who.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { dateTime, measured } from '../../ui/format.ts';
import styles from './AlarmStory.module.css';

/** An alarm that came and went all day has hundreds: the newest are shown, the others when they are asked for. */
const SHOWN = 20;

/** What became of an alarm in all its occurrences, the newest first: by whom, when, and at what value. */
export function AlarmStory({ alarm }: { alarm: AlarmView }) {
  const { t } = useTranslation();
  const call = useCall();
  const [moments, setMoments] = useState<readonly AlarmMoment[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [most, setMost] = useState(SHOWN);

  const load = useCallback(() => {
    let gone = false;
    setError(null);
    call('alarms.timeline', { alarm: alarm.id }).then(
      (answer) => !gone && setMoments(answer.moments),
      (cause: unknown) => !gone && setError(cause),
    );
    return () => {
      gone = true;
    };
  }, [call, alarm.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the alarm has written to the ledger
  useEffect(load, [load, alarm]);

  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  if (moments === null || moments.length === 0) return null;
  return (
    <section className={detail.section}>
      <h3>{t('alarms:story.title')}</h3>
      <ol className={styles.story} aria-label={t('alarms:story.title')}>
        {moments.slice(0, most).map((moment) => (
          <li key={moment.id}>
            <time dateTime={new Date(moment.at).toISOString()}>{dateTime(moment.at)}</time>
            <span>
              <What moment={moment} />
              <small>
                <Who {...moment} />
              </small>
            </span>
          </li>
        ))}
      </ol>
      {moments.length > most && (
        <button type="button" className={detail.link} onClick={() => setMost(most + 10 * SHOWN)}>
          {t('alarms:story.more', { count: moments.length - most })}
        </button>
      )}
    </section>
  );
}

function What({ moment }: { moment: AlarmMoment }) {
  const { t } = useTranslation();
  const { what, value, unit, level, occurrence, shelved, incident } = moment;
  return (
    <span>
      {t(`alarms:story.${what}`, {
        ...{ value: `${measured(value)} ${unit}`, level: t(`common:level.name.${level}`), n: occurrence },
        ...{ minutes: shelved?.minutes, reason: shelved?.reason },
      })}
      {incident !== null && <Became incident={incident} />}
    </span>
  );
}

/** The incident, as a way to it. */
function Became({ incident: id }: { incident: string }) {
  const incident = useIncident(id);
  const select = useSelect();
  const whatAndWhere = useWhatAndWhere();
  return (
    <>
      {' '}
      <button type="button" className={detail.link} onClick={() => select({ kind: 'incident', id, at: null })}>
        {incident ? whatAndWhere(incident) : id}
      </button>
    </>
  );
}
